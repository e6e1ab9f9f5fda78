"""Where somebody lives: a house number with a word of home, a block with a flat, a village group.

A street alone, a bus stop or a classroom is nobody's home.
"""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View
from participation.screening.hints import Hint, hint

_NUMBER: Final = r"[\d百十零]{1,5}"
_HOUSE: Final = rf"{_NUMBER}(?:号楼|号(?![线路门公球站台桌早晚下上是我那])|弄|栋|幢|室|组|座|单元)"
_HOME: Final = r"(?:我家|家住|住在|住址|地址|家在|我住|他家|她家|我们家|奶奶家|送到|寄到|到我家)"
_BETWEEN: Final = r"(?P<between>[^\n,.。!?]{0,20}?)"
_PATTERNS: Final = (
    (re.compile(r"\d{1,4}弄\d{1,4}号"), "lane"),
    (re.compile(r"\d{1,3}(?:栋|幢|号楼|单元|座)\D{0,2}\d{1,4}(?:单元|室|号|户)"), "flat"),
    (re.compile(r"\d{1,3}(?:栋|幢|号楼|单元)\d{3,4}(?!\d)"), "flat"),
    (re.compile(rf"{_HOME}(?P<between>[^\n,.。!?]{{0,20}}?){_HOUSE}"), "home"),
    (
        re.compile(
            rf"{_HOME}(?P<between>[^\n,.。!?]{{0,16}}?)\d{{1,3}}(?:-\d{{1,2}})?-\d{{3,4}}(?!\d)"
        ),
        "home",
    ),
    (
        re.compile(
            r"[\u4e00-\u9fff](?:小区|花园|家园|新村|公寓|苑|湾|庄园|佳苑|花苑)\D{0,1}"
            r"\d{1,3}(?:栋|幢|号楼|座)"
        ),
        "estate",
    ),
    (
        re.compile(
            r"(?:live|address|home)\b[^.\n]{0,20}?(?<!\d)\d{1,4} [a-z]{2,20} "
            r"(?:road|street|rd|st|avenue|ave|lane)\b"
        ),
        "home",
    ),
)
_GATE: Final = re.compile(
    r"[号弄栋幢室组座]|单元|-\d{3}|road|street|\brd\b|\bst\b|aven?u?e?\b|lane"
)
_NOT_BETWEEN: Final = re.compile(r"月|离|走|米|分钟|公交|路口|旁边有|附近有|教室|年级")


def addresses_in(view: View, digits: str) -> Iterator[Hint]:
    """Places where somebody lives; `digits` is the view's text with every numeral as a digit."""
    if not _GATE.search(digits):
        return
    for pattern, why in _PATTERNS:
        for found in pattern.finditer(digits):
            if not _NOT_BETWEEN.search(found.groupdict().get("between") or ""):
                yield hint("address", *view.place(*found.span()), why)
