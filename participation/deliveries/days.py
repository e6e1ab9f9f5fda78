"""Reading a day as people type it: 2026-08-25, 2026年8月25日, 8月25日, 8/25."""

import re
from datetime import date
from typing import Final

from participation.kernel.words import folded

_YEARLY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_THIS: Final = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_LEAP: Final = 4


def parse_day(text: str, *, since: date) -> date | None:
    """The day that was meant; None where the text is no day.

    Without a year it is the first such day on or after `since`.
    """
    plain = re.sub(r"\s", "", folded(text))
    if found := _YEARLY.fullmatch(plain):
        return _day(*(int(part) for part in found.groups()))
    if found := _THIS.fullmatch(plain):
        month, day = (int(part) for part in found.groups())
        years = range(since.year, since.year + 2 * _LEAP + 1)
        coming = (_day(year, month, day) for year in years)
        return next((each for each in coming if each and each >= since), None)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
