"""The rota as stretches of time: where it has gaps. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from participation.kernel.clock import start_of


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From one moment to another."""

    begins: datetime
    ends: datetime


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


def week(monday: date) -> Stretch:
    """A week as a stretch, from Monday to Monday."""
    return Stretch(start_of(monday), start_of(monday + timedelta(days=7)))
