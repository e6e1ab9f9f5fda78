"""Questions about the figures of past months: for the desk exactly, above for everybody."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select

from participation.kernel.database import session
from participation.moderation.consistency.periods import first_day, fixed_from, is_month, shifted
from participation.moderation.models import Month

STAFF: Final = "staff"
"""The one edition that is kept: exact. The public one is made of it by the room of figures each
time it is read, so that a threshold that the city raises holds for the past as well."""

PAGE: Final = 12
MOST_PUBLIC: Final = 120


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures of a month (`name` is `YYYY-MM`); `stored` is their text, `figures` its JSON.

    `is_final` says that they will not change any more.
    """

    name: str
    stored: str
    is_final: bool
    counted_at: datetime

    @property
    def figures(self) -> Mapping[str, Any]:
        """The exact figures, to be read only."""
        return _read(self.stored)

    @property
    def begins(self) -> date:
        """The first day of the month."""
        return first_day(self.name)

    @property
    def year_from(self) -> date:
        """The first day of the twelve months that end with this one."""
        return first_day(shifted(self.name, -11))


@lru_cache(maxsize=256)
def _read(stored: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(stored)
    return found


def _figures(row: Month) -> MonthFigures:
    final = row.made_at >= fixed_from(row.month)
    return MonthFigures(row.month, row.figures, final, row.made_at)


def month_names(*, before: str = "") -> list[str]:
    """One page of counted months, newest first, and one more where another page follows."""
    names = select(Month.month).where(Month.edition == STAFF)
    if is_month(before):
        names = names.where(Month.month < before)
    return list(session().scalars(names.order_by(Month.month.desc()).limit(PAGE + 1)))


def figures_of(name: str) -> MonthFigures | None:
    """The figures of a month; None where it was not counted."""
    if not is_month(name):
        return None
    row = session().scalar(select(Month).where(Month.month == name, Month.edition == STAFF))
    return _figures(row) if row else None


def final_months(*, most: int = PAGE) -> list[MonthFigures]:
    """The newest months that will not change any more, newest first; 120 at most.

    The running one is left out: who compares it from day to day would see single texts (R73).
    """
    rows = select(Month).where(Month.edition == STAFF).order_by(Month.month.desc())
    found = map(_figures, session().scalars(rows.limit(min(most, MOST_PUBLIC) + 2)))
    return [each for each in found if each.is_final][:most]


def fixed_months() -> Sequence[str]:
    """The names of all months that were counted for good."""
    rows = select(Month.month, Month.made_at).where(Month.edition == STAFF)
    return [name for name, made_at in session().execute(rows) if made_at >= fixed_from(name)]
