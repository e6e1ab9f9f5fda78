"""Which school and class a child goes to, and what else tells who she is in it.

The name of her own school counts wherever it stands, in its usual short forms too (青岚市第一小学:
青岚一小); that of another only where she says that she goes there: a school is also a place that
children have something to say about. A grade with a class is one of few; 班长 alone is one of many.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from participation.screening.folding import View, fold
from participation.screening.hints import Hint, hint

_NUMBER: Final = r"(?:[一二三四五六七八九]|十[一二三四五六七八九]?|\d{1,2})"
_CLASS: Final = re.compile(
    rf"(?:小学|初中?|高中?)?(?:[一二三四五六七八九1-9]年级|(?<=初|高)[一二三1-3]|[一二三四五六七八九1-9])"
    rf" ?(?:\( ?{_NUMBER} ?\)|(?<=年级) ?{_NUMBER}|(?<=[初高].) ?{_NUMBER}) ?班(?![车次])"
    r"|(?<!\d)[1-9]0[1-9] ?班(?![车次])"
    r"|(?<![一二三四五六七八九周每天])[一二三四五六七八九]{2}班(?=的|[,.。!?]|$)"
)
_KIND: Final = (
    r"(?:[一二三四五六七八九十][小中]|小学|中学|高中|初中|学校|附小|附中|实小|实验|幼儿园)"
)
_MINE: Final = re.compile(
    rf"(?:我(?:们)?(?:是|在|读|上|就读于?|来自|念|就在)|我(?:们)?学校(?:叫|是|名字[叫是])|毕业于)(?:在)?"
    rf"(?P<school>(?!我|这|那|一所|哪|我们|上|去|附近|旁边|在)[\u4e00-\u9fff]{{2,9}}?{_KIND})(?!门口|附近|旁边|对面)"
)
_ANY_SCHOOL: Final = re.compile(
    "我们|一个|一所|别的|这|那|哪|上学|公立|私立|重点|普通|农村|民办|外国|特殊教育|老师|同学"
)
_ONLY: Final = (
    re.compile(
        r"我(?:就)?是(?:我们|咱们)?(?:全|整个)?(?:这个)?(?:班|年级|学校|校|小区|村|楼)?[里上]?的?"
        r"(?:唯一|仅有)(?:的)?(?:一个)?(?!举手|想|觉得|喜欢|说|没|不)[^,.。!?]{1,8}"
    ),
    re.compile(
        r"(?:全|整个|我们)(?:班|校|年级|学校|小区|村)(?:里)?(?:就|就只有|只有)我(?:一个人?)?(?!没|不|想|觉得|喜欢|举手)[^,.。!?]{1,8}"
    ),
    re.compile(
        r"我(?:就)?是(?:我们|这个|这所)?(?:学校|班)?的?(?:副?校长|班主任|书记|[市区镇县]长|局长|[语数英]?[文学语]?老师)(?:家)?的"
        r"(?:女儿|儿子|孙[子女]|外孙女?|孩子|侄[子女])"
    ),
    re.compile(
        r"我?(?:爸爸?|妈妈?|爷爷|奶奶|外公|外婆)(?:就)?(?:是|在)(?:我们|这个|这所|本|咱们)(?:学校|校|班)[^,.。!?]{0,5}"
        r"(?:校长|主任|老师|书记|保安|门卫|厨师)"
    ),
    re.compile(
        r"我(?:就)?是(?:我们|全校|学校|本校)?的?(?:大队长|学生会主席|学生会会长|升旗手|团委书记)"
    ),
)
_GATE: Final = re.compile("唯一|仅有|有我|就我|我是|我就是|爸|妈|爷|奶|外")


def short_forms(name: str) -> set[str]:
    """A school's name as children say it; none of fewer than three characters."""
    whole = fold(name).plain.text.strip()
    bare = re.sub(r"^[\u4e00-\u9fff]{2,3}?(?:市|区|县)", "", whole)
    city = re.match(r"[\u4e00-\u9fff]{2,3}?(?=[市区县])", whole)
    forms = {whole, bare, f"{city[0]}{bare}" if city else bare}
    for form in list(forms):
        forms.add(re.sub(r"第([一二三四五六七八九十]+)(小|中)学$", r"\1\2", form))
        forms.add(re.sub(r"路(?=[第一二三四五六七八九十])", "", form))
        forms.add(form.replace("实验小学", "实小").replace("高级中学", "高中"))
    for form in list(forms):
        forms.add(re.sub(r"第([一二三四五六七八九十]+)(小|中)学$", r"\1\2", form))
    return {form for form in forms if len(form) > 2 and not re.fullmatch(r"第.{1,2}[小中]学", form)}


def forms_of(names: Iterable[str]) -> frozenset[str]:
    """The forms of several names, those of other tongues as they stand."""
    return frozenset(form for name in names if name for form in short_forms(name))


def schools_in(view: View, own: frozenset[str]) -> Iterator[Hint]:
    """The places that tell of her school or class; `own` are the forms of her own school's name."""
    text = view.text
    for form in own:
        at = text.find(form)
        while at >= 0:
            yield hint("school", *view.place(at, at + len(form)), "own-school")
            at = text.find(form, at + len(form))
    if "班" in text:
        for found in _CLASS.finditer(text):
            yield hint("school", *view.place(*found.span()), "class")
    for found in _MINE.finditer(text):
        if not _ANY_SCHOOL.search(found["school"]):
            yield hint("school", *view.place(*found.span("school")), "school")


def standing_in(view: View) -> Iterator[Hint]:
    """What tells who she is though no name stands there: the only one, somebody's child."""
    text = view.text
    if not _GATE.search(text):
        return
    for pattern in _ONLY:
        for found in pattern.finditer(text):
            yield hint("who", *view.place(*found.span()), "only")
