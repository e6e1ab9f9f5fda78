"""The roll of a vote: children who may take part today, by id, with their schools."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from participation.accounts.ages import age_on, band_of
from participation.accounts.consent import holds
from participation.accounts.models import Consent, Person, School
from participation.accounts.roles import CHILD
from participation.kernel.clock import city_day, today
from participation.kernel.database import session

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Entitled:
    """A child who may take part, and her school."""

    person_id: int
    school_id: int


def entitled_children(bands: str, district_ids: Sequence[int] = ()) -> list[Entitled]:
    """Children of `bands` ("ab") who have not left and whose consent counts today, by id.

    No district at all means the whole city. Asked once, when the roll of a vote is frozen.
    """
    earlier = aliased(Consent)
    latest = select(func.max(earlier.id)).where(earlier.person_id == Person.id).scalar_subquery()
    wanted = (
        select(Person.id, Person.school_id, Person.born, Consent.decision, Consent.at)
        .join(School, School.id == Person.school_id)
        .join(Consent, Consent.id == latest)
        .where(Person.role == CHILD, Person.left_at.is_(None))
        .order_by(Person.id)
        .execution_options(yield_per=AT_ONCE)
    )
    if district_ids:
        wanted = wanted.where(School.district_id.in_(district_ids))
    day = today()
    return [
        Entitled(row.id, row.school_id)
        for row in session().execute(wanted)
        if (band := band_of(age_on(row.born, day)))
        and band in bands
        and holds(row.decision, city_day(row.at), row.born, day)
    ]
