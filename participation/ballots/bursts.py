"""Bursts: in which half hours the papers of a circle came, held against the timetable. Pure.

Whoever looks after a vote sees after the close whether a class was made to vote in a lesson: by
circle and half hour, never by address (a school stands behind one), never beside a choice, and only
where at least ten papers came together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from participation.ballots.tally import LEAST
from participation.kernel.calendar import is_working_day
from participation.kernel.clock import CITY_ZONE

MINUTES: Final = 30
LESSONS: Final = ((time(8), time(11, 30)), (time(13, 30), time(16, 30)))
"""The usual lessons of a school day, in the city's time; the rest of a day is nobody's lesson."""

Cells = Mapping[tuple[str, datetime], int]
"""How many papers came of a circle in a half hour, by circle and its first moment."""


@dataclass(frozen=True, slots=True)
class Burst:
    """So many papers of a circle in one half hour; `in_lesson`: while the usual lessons run."""

    circle: str
    starts: datetime
    papers: int
    in_lesson: bool


def half_hour(moment: datetime) -> datetime:
    """The first moment of the half hour, in UTC."""
    plain = moment.astimezone(UTC)
    return plain.replace(minute=plain.minute - plain.minute % MINUTES, second=0, microsecond=0)


def large_enough(cells: Cells) -> dict[tuple[str, datetime], int]:
    """The cells that may be told; the others are not kept."""
    return {cell: papers for cell, papers in sorted(cells.items()) if papers >= LEAST}


def in_lesson(starts: datetime) -> bool:
    """Does the half hour begin while the usual lessons of a school day run?"""
    local = starts.astimezone(CITY_ZONE)
    if not is_working_day(local.date()):
        return False
    return any(first <= local.time() < over for first, over in LESSONS)
