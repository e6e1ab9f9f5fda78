"""The rota as stretches of time: where it has gaps, and by when somebody reads. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from participation.kernel.clock import CITY_ZONE, city_day, start_of
from participation.safeguarding import clocks

EVENING: Final = time(20)
READING: Final = timedelta(hours=1)
"""Promised is only a moment before which somebody has been on duty for at least an hour."""
LOOKS_AHEAD: Final = 14
"""Days of the rota that a promise looks at."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From one moment to another."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """By when somebody reads; `sure` where the rota holds it, otherwise nobody is on duty."""

    by: datetime
    sure: bool


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def overlaps(one: Stretch, others: Iterable[Stretch]) -> bool:
    """Does a stretch share a moment with any other? To follow on is not to overlap."""
    return any(one.begins < other.ends and other.begins < one.ends for other in others)


def gaps(within: Stretch, duties: Iterable[Stretch]) -> list[Stretch]:
    """The stretches inside `within` in which nobody is on duty, in order."""
    found, reached = [], within.begins
    for duty in sorted(duties):
        if duty.begins > reached:
            found.append(Stretch(reached, min(duty.begins, within.ends)))
        reached = max(reached, duty.ends)
        if reached >= within.ends:
            return found
    return [*found, Stretch(reached, within.ends)]


def promise(moment: datetime, duties: Sequence[Stretch]) -> Promise:
    """By when a message written now has been read, honestly: the next 10:00 or 20:00 before which
    somebody is on duty for an hour; with nobody on the rota the next working morning, not sure."""
    for by in _moments(moment):
        if any(min(by, duty.ends) - max(moment, duty.begins) >= READING for duty in duties):
            return Promise(by, sure=True)
    return Promise(clocks.due(3, moment), sure=False)


def _moments(moment: datetime) -> list[datetime]:
    first = city_day(moment)
    days = [first + timedelta(days=offset) for offset in range(LOOKS_AHEAD)]
    told = [
        datetime.combine(day, hour, CITY_ZONE) for day in days for hour in (clocks.MORNING, EVENING)
    ]
    return [by for by in told if by > moment]


def week(monday: date) -> Stretch:
    """A week as a stretch, from Monday to Monday."""
    return Stretch(start_of(monday), start_of(monday + timedelta(days=7)))
