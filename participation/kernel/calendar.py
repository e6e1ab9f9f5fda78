"""Working days of the Chinese calendar, with the days made up at weekends (调休): every clock.

Each year's days off are set by a notice of the State Council that comes in the autumn before. For
a year whose notice is not known yet, weekdays count, except the holidays that have a fixed date in
the law, and whatever was reckoned with such a year is called provisional: reckon it again later.
Source: 全国年节及纪念日放假办法, article 2, as revised for 2025 (国务院令第795号).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import chinese_calendar
from chinese_calendar import constants

FIRST_YEAR: Final[int] = min(day.year for day in constants.holidays)
LAST_YEAR: Final[int] = max(day.year for day in constants.holidays)
"""The last year whose notice is known; installing a newer calendar moves it."""

FIXED_HOLIDAYS: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of New Year, Labour Day and National Day; the others follow the moon or the sun."""

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date reckoned in working days; provisional while a year it rests on has no notice."""

    date: date
    provisional: bool


def is_known(day: date) -> bool:
    """Say whether the notice for this day's year is known."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_working_day(day: date) -> bool:
    """Say whether offices work on this day; for an unknown year see the head of this file."""
    if is_known(day):
        return bool(chinese_calendar.is_workday(day))  # type: ignore[no-untyped-call]
    return day.weekday() < _SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS


def add_working_days(start: date, count: int) -> DueDate:
    """Return the working day that is `count` working days after `start` (before, if negative).

    The day of the start does not count (民法典 art. 201). A count of 0 gives `start` itself, or the
    next working day if it is a day off (art. 203). Raises `OverflowError` outside years 1–9999.
    """
    step = -_ONE_DAY if count < 0 else _ONE_DAY
    day, left = start, abs(count)
    if left == 0 and not is_working_day(day):
        left = 1
    while left:
        day += step
        left -= is_working_day(day)
    return DueDate(day, provisional=not (is_known(start) and is_known(day)))


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and with `end`; negative when `end` lies before.

    The inverse of `add_working_days`: a due date reckoned from `start` by n is n away from it.
    """
    if end < start:
        return -_working_days(end, start - _ONE_DAY)
    return _working_days(start + _ONE_DAY, end)


def _working_days(first: date, last: date) -> int:
    span = (last - first).days + 1
    return sum(is_working_day(first + offset * _ONE_DAY) for offset in range(span))
