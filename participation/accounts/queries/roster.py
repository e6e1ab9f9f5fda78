"""How many children could take part: the roster counted by coarse groups, never by person."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select

from participation.accounts.models import Person, School
from participation.accounts.roles import CHILD
from participation.kernel.clock import today
from participation.kernel.database import session

_YOUNGEST = (("a", 10), ("b", 14), ("c", 18))
"""Each band ends below this age; see `standing.band_of`."""


def _younger_than(age: int, day: date) -> date:
    """Born on this day or later: younger than `age`, with birthdays on the first of the month."""
    year, month = day.year - age, day.month + 1
    return date(year + month // 13, (month - 1) % 12 + 1, 1)


def roster_counts(
    bands: str, district_ids: Sequence[int] = ()
) -> dict[tuple[str, int, str, str], int]:
    """Children of `bands` ("ab") who have not left, counted by band, district, gender, school kind.

    No district at all means the whole city. Ages are those of today in the city.
    """
    day = today()
    band = case(
        *((Person.born >= _younger_than(age, day), name) for name, age in _YOUNGEST), else_=""
    ).label("band")
    found = (
        select(band, School.district_id, Person.gender, School.kind, func.count())
        .join(School, Person.school_id == School.id)
        .where(Person.role == CHILD, Person.left_at.is_(None))
        .group_by(band, School.district_id, Person.gender, School.kind)
    )
    if district_ids:
        found = found.where(School.district_id.in_(district_ids))
    return {
        (name, district, gender, kind): count
        for name, district, gender, kind, count in session().execute(found)
        if name and name in bands
    }
