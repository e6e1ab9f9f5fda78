"""Plain functions that write one thing each into the present unit of work."""

from datetime import date
from typing import Any

from participation.accounts.models import (
    Confirmation,
    Consent,
    District,
    Person,
    School,
    SchoolClass,
    Unit,
)
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.tables import Words


def keep(thing: Any) -> Any:
    """Write it and give it back with its id."""
    session().add(thing)
    session().flush()
    return thing


def keep_all(*things: Any) -> None:
    """Write many at once, in this order; each has its id then."""
    session().add_all(things)
    session().flush()


def district(code: str, zh: str, en: str) -> District:
    return keep(District(code=code, name=Words(zh=zh, en=en)))


def school(
    place: District, code: str, zh: str, en: str, *, kind: str = "primary", named_adult: str = ""
) -> School:
    return keep(
        School(
            district_id=place.id,
            code=code,
            name=Words(zh=zh, en=en),
            kind=kind,
            named_adult=named_adult,
        )
    )


def school_class(of: School, *, grade: int, number: int, year: int = 2026) -> SchoolClass:
    return keep(SchoolClass(school_id=of.id, year=year, grade=grade, number=number))


def unit(zh: str, en: str) -> Unit:
    return keep(Unit(name=Words(zh=zh, en=en)))


def child(
    of: SchoolClass,
    legal_name: str,
    nickname: str,
    *,
    born: date,
    gender: str = "x",
    consent: bool = True,
) -> Person:
    """A child of a class, with a guardian's consent on record unless told otherwise."""
    person = keep(new_child(of, legal_name, nickname, born=born, gender=gender))
    if consent:
        keep(consent_for(person))
    return person


def new_child(
    of: SchoolClass, legal_name: str, nickname: str, *, born: date, gender: str = "x"
) -> Person:
    """A child that is not written yet."""
    return Person(
        role="child",
        legal_name=legal_name,
        nickname=nickname,
        gender=gender,
        born=born,
        pupil_number=f"{of.id:03}{nickname}",
        school_id=of.school_id,
        class_id=of.id,
        joined_at=now(),
    )


def consent_for(person: Person) -> Consent:
    """A guardian's yes on paper, not written yet."""
    return Consent(
        person_id=person.id, decision="agreed", channel="paper", notice_version=1, at=now()
    )


def staff(
    role: str,
    name: str,
    *,
    school: School | None = None,
    unit: Unit | None = None,
    confirmed: bool = True,
) -> Person:
    """A staff person, vetted and trained today; an officer is confirmed unless told otherwise."""
    person = keep(new_staff(role, name, school=school, unit=unit))
    if role == "safeguarding" and confirmed:
        keep(confirmation_of(person))
    return person


def new_staff(
    role: str, name: str, *, school: School | None = None, unit: Unit | None = None
) -> Person:
    """A staff person that is not written yet."""
    serial = name.encode().hex()[:12]
    return Person(
        role=role,
        legal_name=name,
        email=f"{role}.{serial}@city.example",
        school_id=school.id if school else None,
        unit_id=unit.id if unit else None,
        vetted_on=today(),
        trained_on=today(),
        joined_at=now(),
    )


def confirmation_of(person: Person) -> Confirmation:
    """That an officer is one, not written yet."""
    return Confirmation(person_id=person.id, state="confirmed", at=now())
