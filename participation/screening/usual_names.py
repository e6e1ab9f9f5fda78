"""Full names of which no roster and no word around tells: a surname with characters of given names.

Two such characters after a usual surname make a name where a breath, a joining word or a word for
somebody (同桌, 班长) comes before; after such a word one is enough. A name that only looks like it
(a place, a word, somebody whom everybody knows) is left alone.
"""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View, lines_of
from participation.screening.hints import Hint, hint

_SURNAME: Final = (
    "王李张刘陈杨赵周吴徐孙朱胡郭林郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜程苏魏吕丁沈姚卢姜崔"
    "钟谭陆汪范廖韦贾邹熊孟秦邱侯薛段郝邵史黎龚汤尹武赖乔翟樊莫殷庞颜何黄罗叶任夏江马高方"
)
_GIVEN: Final = "".join("".join(lines_of("given.txt")).split())
_COMMON: Final = frozenset(lines_of("common_names.txt"))
_KNOWN: Final = frozenset(lines_of("known_people.txt"))
_SOMEBODY: Final = (
    r"同桌|前桌|后桌|同学|班长|组长|队长|课代表|委员|老师|校长|班主任|朋友|闺蜜|室友|邻居|"
    r"[我他她的](?:弟弟?|妹妹?|哥哥?|姐姐?)|女儿|儿子|班[上里]的"
)
_AFTER: Final = (
    r"(?![路街巷村镇市区县河山湖桥园站店馆院寺])"
    r"(?!公园|广场|小学|中学|大道|社区|大厦|超市|医院|学校)"
)
_END: Final = (
    r"(?=$|[\s,.。!?、;:]|和|跟|说|总|老|都|也|还|就|才|又|在|是|有|的|被|把|给|让|每|今|昨|上|天天|一起|喜欢|经常|"
    r"他|她|我|家|从|要|想|会|很|最|不|没|打|抢|骂|笑|坐|住)"
)
_GATE: Final = re.compile(f"[{_SURNAME}]")
"""Without a surname there is no name, and most sentences hold none: 0.5 µs instead of 5."""
_TWO: Final = re.compile(
    r"(?:^|(?<=[\s,.。!?、;:和跟与给找被把让叫是的有])|(?<=同桌|前桌|后桌|同学|班长|组长|老师|朋友)|(?<=[我他她][弟妹哥姐]))"
    rf"(?P<name>[{_SURNAME}][{_GIVEN}]{{2}}){_AFTER}"
)
_CALLED: Final = re.compile(
    rf"(?:{_SOMEBODY})(?:叫做?|是|名叫)? ?"
    rf"(?P<name>[{_SURNAME}](?:[{_GIVEN}][\u4e00-\u9fff]|[\u4e00-\u9fff][{_GIVEN}]|[{_GIVEN}])){_AFTER}{_END}"
)


def usual_names_in(view: View) -> Iterator[Hint]:
    """The places of such names in a plain view."""
    if not _GATE.search(view.text):
        return
    for pattern in (_TWO, _CALLED):
        for found in pattern.finditer(view.text):
            if _is_name(found["name"]):
                yield hint("name", *view.place(*found.span("name")), "usual")


def _is_name(name: str) -> bool:
    """Is it neither a word, nor made of one, nor a name that everybody knows?"""
    words = {name, name[:2], name[1:]} if len(name) == 3 else {name}
    return not words & _COMMON and name not in _KNOWN
