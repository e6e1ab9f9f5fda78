"""Full names in a child's text: a surname with a given name, where the words around call it one."""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View, fold
from participation.screening.hints import Hint, hint

_SINGLE: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏章苏潘葛范彭郎鲁韦"
    "马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐傅皮齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛"
    "狄米贝明臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万柯管卢莫房解应丁宣邓郁单洪包左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段焦侯班秋仲宫宁仇甘武符"
    "刘景詹龙叶幸司黎溥白蒲卓蔺池乔闻党翟谭贡姬申冉桑桂牛边燕温庄晏柴瞿阎连习容向古易廖耿匡文"
    "寇东欧沃利师巩聂敖冷辛简饶曾沙丰关查游覃佟肖涂付冼车岳"
)
_DOUBLE: Final = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|南宫|轩辕"
_SURNAME: Final = rf"(?:{_DOUBLE}|[{_SINGLE}])"
_NEVER: Final = (
    "的了是在和就也都很不我你他她它们吗呢吧啊这那有没说要会能上下来去今从里想年，。！？、：,.!?"
)
_GIVEN: Final = r"[\u4e00-\u9fff\U00020000-\U0002ffff]"
_NAME: Final = rf"{_SURNAME}(?:(?![{_NEVER}]){_GIVEN}){{1,2}}"
_CALLED: Final = (
    r"我叫|我的名字叫做|我的名字叫|我的名字是|我名叫|本人叫?|姓名[是:]?\s?|真名[是叫:]?\s?|全名[是叫:]?\s?|"
    r"(?:同学|同桌|朋友|老师|妈妈|爸爸|哥哥|姐姐|弟弟|妹妹|校长|班长|女生|男生)(?:名字)?(?:叫做|叫)"
)
_KIN: Final = (
    "妈妈|爸爸|老师|同学|大家|爷爷|奶奶|外婆|外公|姥姥|姥爷|哥哥|姐姐|弟弟|妹妹|"
    "阿姨|叔叔|朋友|家长|警察|保安"
)
_END: Final = r"(?=$|\s|[,.。!?、;:])"
_CALLING: Final = (
    re.compile(rf"(?:{_CALLED})\s?(?P<name>{_NAME})"),
    re.compile(
        rf"(?:我叫做?|我的名字(?:叫做|叫|是)|我名叫|全名叫?|小名叫)\s?"
        rf"(?P<name>(?!{_KIN}|外卖|一声|车)(?:(?![{_NEVER}]){_GIVEN}){{2,4}})"
        rf"(?:{_END}|(?=今年|是))"
    ),
    re.compile(
        rf"(?:我|我们班长|同桌|班主任|校长|妈妈|爸爸)是\s?(?P<name>{_NAME})(?:{_END}|(?=老师|同学))"
    ),
)
_BESIDE: Final = (
    re.compile(
        rf"(?:^|(?<=[,.。!?、:;\s和跟给让找把被])|(?<=班的)|(?<=老师)|(?<=班主任)|(?<=同桌)|(?<=班长))"
        rf"(?P<name>{_SURNAME}(?:(?![{_NEVER}小大老]){_GIVEN}){{1,2}})"
        rf"(?=同学|老师|校长|主任|医生|阿姨|叔叔)"
    ),
)
_ENGLISH: Final = re.compile(
    r"(?i:my name is|my full name is|i am called|call me)\s"
    r"(?P<name>[A-Z][\w'-]{1,30}(?:\s[A-Z][\w'-]{1,30}){0,2})"
)
_WORDS: Final = (
    "班主任|小学|中学|班长|男生|女生|体育|数学|语文|英语|音乐|美术|武术|卫生|任课|管理|谢谢|许多|任何|"
    "司机|关心|包括|应该|严格|平时|安静|高兴|方便|万一|单独|常常|车站|路口|路队|水电|门卫"
)
_NOT_A_NAME: Final = re.compile(rf"{_KIN}|{_WORDS}")
_KIND: Final = re.compile(_KIN)
_CALLS: Final = re.compile(r"[叫名是]|本人")
_TITLES: Final = re.compile(r"同学|老师|校长|主任|医生|阿姨|叔叔")


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """The places (start, end) of what looks like the full name of a person."""
    folded = fold(text)
    for found in names_by_context(folded.closed, folded.said):
        yield found["start"], found["end"]


def names_by_context(view: View, said: str) -> Iterator[Hint]:
    """The same as hints, from a plain view; English names are looked for in the text itself,
    where capitals still stand."""
    text = view.text
    if _CALLS.search(text):
        for place, pattern in enumerate(_CALLING):
            no_name = _KIND if place == 1 else _NOT_A_NAME
            for found in pattern.finditer(text):
                if not no_name.search(found["name"]):
                    yield hint("name", *view.place(*found.span("name")), "called")
    if _TITLES.search(text):
        for pattern in _BESIDE:
            for found in pattern.finditer(text):
                if not _NOT_A_NAME.search(found["name"]):
                    yield hint("name", *view.place(*found.span("name")), "beside")
    if "name is" in text or "call" in text:
        for found in _ENGLISH.finditer(said):
            yield hint("name", *found.span("name"), "called")
