"""The children of a class as they stand today, for a deed that their teacher does for them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.accounts.ages import age_on, band_of
from participation.accounts.consent import AGREED
from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.accounts.queries.consents import ChildConsent, standings_of
from participation.accounts.roles import CHILD
from participation.kernel.clock import today
from participation.kernel.database import session

MOST: Final = 200
"""No class has so many pupils."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child with her names for the teacher's eyes, and `who` she is to the rights of the house:
    an identity without any sign-in, which opens no page."""

    name: str
    number: str
    who: Identity


def pupils_in(class_id: int, *, only: Collection[int] | None = None) -> list[Pupil]:
    """The pupils of a class who have not left, by id, 200 at most; `only` those of these ids."""
    found = select(Person).where(
        Person.role == CHILD, Person.class_id == class_id, Person.left_at.is_(None)
    )
    if only is not None:
        found = found.where(Person.id.in_(only))
    chosen = found.options(joinedload(Person.school)).order_by(Person.id).limit(MOST)
    people = session().scalars(chosen).all()
    pairs = zip(people, standings_of(people), strict=True)
    return [_pupil(person, consent) for person, consent in pairs]


def _pupil(person: Person, consent: ChildConsent) -> Pupil:
    school = person.school
    who = Identity(
        person_id=person.id,
        role=CHILD,
        sign_in="",
        mark=0,
        until=0,
        nickname=person.nickname,
        band=band_of(age_on(person.born, today())) if person.born else "",
        gender=person.gender,
        district_id=school.district_id if school else 0,
        school_id=person.school_id or 0,
        school_kind=school.kind if school else "",
        class_id=person.class_id or 0,
        consent=consent.decision == AGREED,
        of_age=consent.of_age,
    )
    return Pupil(person.legal_name, person.pupil_number or "", who)
