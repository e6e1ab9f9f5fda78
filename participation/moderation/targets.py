"""By when a text is to be read: in school hours, which the pages promise and the figures measure.

School hours are 8:00 to 18:00 on working days of the Chinese calendar, make-up days included: what
comes at night or on a day off begins to wait when they begin (R52: the age of the queue is shown).
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from participation.kernel.calendar import is_working_day
from participation.kernel.clock import CITY_ZONE

OPENS: Final = time(8)
CLOSES: Final = time(18)
A_DAY: Final = timedelta(hours=10)

HOURS: Final[Mapping[str, int]] = {
    "care": 1,
    "reports": 1,
    "appeals": 30,
    "again": 4,
    "words": 4,
    "marked": 4,
    "short": 4,
    "texts": 4,
}
"""School hours within which each queue is read; an appeal is answered within three school days."""


def is_open(moment: datetime) -> bool:
    """Is somebody at the desk at this moment?"""
    there = moment.astimezone(CITY_ZONE)
    return is_working_day(there.date()) and OPENS <= there.time() < CLOSES


def reopens(moment: datetime) -> datetime:
    """The moment itself (UTC) in school hours, else the next beginning of them."""
    return _within(moment.astimezone(CITY_ZONE)).astimezone(moment.tzinfo)


def due(opened_at: datetime, queue: str) -> datetime:
    """The moment (UTC) by which a text of this queue is to be read."""
    return add_hours(opened_at, timedelta(hours=HOURS[queue]))


def add_hours(start: datetime, hours: timedelta) -> datetime:
    """The moment (of the zone of `start`) at which so many school hours have gone by."""
    at, left = _within(start.astimezone(CITY_ZONE)), hours
    while left > (room := _at(at.date(), CLOSES) - at):
        left -= room
        at = _within(_at(at.date() + timedelta(days=1), OPENS))
    return (at + left).astimezone(start.tzinfo)


def _within(there: datetime) -> datetime:
    """The moment itself in school hours, else the next beginning of them."""
    day = there.date()
    if there.time() >= CLOSES:
        day += timedelta(days=1)
    elif is_working_day(day):
        return max(there, _at(day, OPENS))
    while not is_working_day(day):
        day += timedelta(days=1)
    return _at(day, OPENS)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CITY_ZONE)
