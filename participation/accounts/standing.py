"""A person's standing: the age band, the consent on record, and the identity minted from both."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import joinedload

from participation.accounts.ages import OF_AGE, age_on, band_of
from participation.accounts.consent import AGREED, holds
from participation.accounts.identity import Identity
from participation.accounts.models import Confirmation, Consent, Person, SignIn, StandingChange
from participation.accounts.roles import CHILD
from participation.kernel.clock import city_day, now, today
from participation.kernel.database import database, session
from participation.settings import Settings

IN_DATE = timedelta(days=366)
"""How long a vetting or a training counts: a year (R56, 未成年人保护法 62)."""
ONE_AT_A_TIME = 7_142_026
"""The key of the lock that makes standing changes visible in the order of their numbers."""


def minutes_for(role: str, settings: Settings) -> int:
    """How long a sign-in lasts without a sign of life: short for a child on a shared tablet."""
    return settings.child_minutes if role == CHILD else settings.staff_minutes


def latest_consent(person_id: int) -> Consent | None:
    """The latest decision on record; None before the first."""
    latest = select(Consent).where(Consent.person_id == person_id)
    return session().scalar(latest.order_by(Consent.id.desc()).limit(1))


def counting_consent(person: Person) -> str:
    """The decision that counts today ("agreed", "refused", "withdrawn"), or "" for none.

    An agreement from before the 14th birthday no longer counts after it.
    """
    latest = latest_consent(person.id)
    if latest is None or person.born is None:
        return ""
    if latest.decision == AGREED and not holds(AGREED, city_day(latest.at), person.born, today()):
        return ""
    return latest.decision


def is_vetted(person: Person) -> bool:
    """Are vetting and training both on record and less than a year old?"""
    dates = (person.vetted_on, person.trained_on)
    return all(on is not None and today() - on < IN_DATE for on in dates)


def is_confirmed(person_id: int) -> bool:
    """Has somebody else confirmed this staff person in her role?"""
    row = session().get(Confirmation, person_id)
    return row is not None and row.state == "confirmed"


def note_change(person_id: int) -> None:
    """Say that a person's standing changed; every cookie of theirs is looked at anew.

    A worker asks only for numbers above the highest it has seen, so on PostgreSQL, where two
    transactions may end in another order than they counted, the later one waits here.
    """
    note_changes([person_id])


def note_changes(person_ids: Sequence[int]) -> None:
    """Say so of many people at once, by one statement."""
    if not person_ids:
        return
    if not database().is_sqlite:
        session().execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    rows = [{"person_id": person_id, "at": now()} for person_id in person_ids]
    session().execute(insert(StandingChange), rows)


def present_mark() -> int:
    """The number of the latest standing change of anyone: what a fresh cookie has seen."""
    return session().scalar(select(func.max(StandingChange.id))) or 0


def identity_of(
    person_id: int, *, sign_in: SignIn, mark: int, settings: Settings
) -> Identity | None:
    """Mint the identity of a person for one sign-in; None for one who has left."""
    person = session().scalar(
        select(Person).where(Person.id == person_id).options(joinedload(Person.school))
    )
    if person is None or person.left_at is not None:
        return None
    school = person.school
    return Identity(
        person_id=person.id,
        role=person.role,
        sign_in=sign_in.id.hex(),
        mark=mark,
        until=_until(person.role, sign_in.ends_at, settings),
        gender=person.gender,
        district_id=school.district_id if school else 0,
        school_id=person.school_id or 0,
        school_kind=school.kind if school else "",
        class_id=person.class_id or 0,
        unit_id=person.unit_id or 0,
        **(_of_child(person) if person.role == CHILD else _of_staff(person)),
    )


def _of_child(person: Person) -> dict[str, Any]:
    age = age_on(person.born, today()) if person.born else 0
    return {
        "nickname": person.nickname,
        "band": band_of(age),
        "consent": counting_consent(person) == AGREED,
        "of_age": age >= OF_AGE,
    }


def _of_staff(person: Person) -> dict[str, Any]:
    return {
        "nickname": person.nickname or person.legal_name,
        "vetted": is_vetted(person),
        "confirmed": is_confirmed(person.id),
    }


def _until(role: str, ends_at: datetime, settings: Settings) -> int:
    soon = int(now().timestamp()) + 60 * minutes_for(role, settings)
    return min(soon, int(ends_at.timestamp()))
