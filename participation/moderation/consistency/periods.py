"""Months of the city's calendar by their names, `YYYY-MM`, and when their figures are fixed."""

import re
from datetime import date, datetime
from typing import Final

from participation.kernel.clock import start_of

NAME: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
FIXED_ON: Final = 2
"""On this day of the month after, figures are counted for the last time: what was decided in the
last minutes of a month may be taken back on the first."""


def month_of(day: date) -> str:
    """The name of the month of a day."""
    return f"{day:%Y-%m}"


def is_month(text: str) -> bool:
    """Is this the name of a month (of this century)?"""
    return NAME.fullmatch(text) is not None


def shifted(month: str, by: int) -> str:
    """The month so many months later, earlier where `by` is negative."""
    place = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{place // 12:04}-{place % 12 + 1:02}"


def first_day(month: str) -> date:
    """The first day of a month."""
    return date(int(month[:4]), int(month[5:]), 1)


def begins(month: str) -> datetime:
    """The first moment of a month, in UTC."""
    return start_of(first_day(month))


def fixed_from(month: str) -> datetime:
    """From this moment (UTC) on a count of the month is its last one."""
    return start_of(first_day(shifted(month, 1)).replace(day=FIXED_ON))


def months_between(first: str, last: str) -> list[str]:
    """The months from the first to the last, both included; none where the first is later."""
    found = []
    while first <= last:
        found.append(first)
        first = shifted(first, 1)
    return found
