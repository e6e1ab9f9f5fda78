"""Days of birth: a date beside a word of birth. A date alone is anybody's."""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View
from participation.screening.hints import Hint, hint

_COUNT: Final = r"[\d一二三四五六七八九十廿两〇零]"
_YEAR: Final = rf"(?:{_COUNT}{{2,4}} ?年 ?)?"
_DAY: Final = (
    rf"(?:{_YEAR}(?:农历|阴历)?{_COUNT}{{1,3}} ?月 ?(?:初)?{_COUNT}{{1,3}} ?[日号]?|"
    rf"(?:19|20)\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}|(?:农历|阴历){_COUNT}{{1,2}}月(?:初|十|廿)?{_COUNT}{{1,2}})"
)
_BEFORE: Final = r"(?:出生(?:日期|年月日)?|生日|生于|birthday)"
_PATTERNS: Final = (
    re.compile(rf"{_BEFORE}[是在于:为 就]{{0,3}}{_DAY}"),
    re.compile(rf"{_DAY}(?:那天)?(?:我)?(?:出生|过生日|生日|生(?=的|$|[,.。!?])|是我的?生日)"),
    re.compile(r"born (?:on|in) [a-z]{3,9} \d{1,2}|birthday is (?:on )?[a-z]{3,9} \d{1,2}"),
)
_GATE: Final = re.compile("生|born|birth")
_NOBODY: Final = re.compile("祖国|国家|学校|公园|建党|建军|学校的|城市|党的|熊猫")


def birthdays_in(view: View) -> Iterator[Hint]:
    """The places of days of birth in a plain view."""
    text = view.text
    if not _GATE.search(text):
        return
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if not _NOBODY.search(text, max(0, found.start() - 6), found.end()):
                yield hint("birthday", *view.place(*found.span()), "birthday")
