"""Questions about consent: where each child of a class stands, and whose a one-time code is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from participation.accounts.ages import OF_AGE, age_on
from participation.accounts.consent import AGREED, holds
from participation.accounts.models import Consent, ConsentCode, Person
from participation.accounts.roles import CHILD
from participation.accounts.standing import counting_consent
from participation.kernel.clock import city_day, now, today
from participation.kernel.codes import is_sound, tidy
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.pseudonyms import fingerprint

PAGE = 40
"""How many children a page of the list shows."""


@dataclass(frozen=True, slots=True)
class ChildConsent:
    """Where a child stands: the decision that counts ("" for none), how and when it was made."""

    person_id: int
    name: str
    pupil_number: str
    of_age: bool
    decision: str
    channel: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """What a guardian's page may know of the child behind a code: the nickname, never the name."""

    person_id: int
    nickname: str
    decision: str
    ends_at: datetime
    of_age: bool


def code_key(code: str) -> bytes:
    """The keyed fingerprint under which a guardian's one-time code is kept."""
    return fingerprint("consent", tidy(code))


def consent_page(class_id: int, *, after: int = 0) -> Sequence[ChildConsent]:
    """One page of a class's children in order of id, and one more where another page follows."""
    found = select(Person).where(
        Person.role == CHILD,
        Person.class_id == class_id,
        Person.left_at.is_(None),
        Person.id > after,
    )
    pupils = session().scalars(found.order_by(Person.id).limit(PAGE + 1)).all()
    return standings_of(pupils)


def standings_of(pupils: Sequence[Person]) -> list[ChildConsent]:
    """Where each of these children stands, by one statement for all of them."""
    latest = (
        select(func.max(Consent.id))
        .where(Consent.person_id.in_([pupil.id for pupil in pupils]))
        .group_by(Consent.person_id)
    )
    rows = session().scalars(select(Consent).where(Consent.id.in_(latest))).all()
    found = {row.person_id: row for row in rows}
    return [_standing(pupil, found.get(pupil.id)) for pupil in pupils]


def _standing(pupil: Person, latest: Consent | None) -> ChildConsent:
    born, day = pupil.born or today(), today()
    counts = latest is not None and (
        latest.decision != AGREED or holds(AGREED, city_day(latest.at), born, day)
    )
    return ChildConsent(
        person_id=pupil.id,
        name=pupil.legal_name,
        pupil_number=pupil.pupil_number or "",
        of_age=age_on(born, day) >= OF_AGE,
        decision=latest.decision if latest and counts else "",
        channel=latest.channel if latest and counts else "",
        at=latest.at if latest and counts else None,
    )


def consent_of(person_id: int) -> str:
    """The decision that counts for a child today, or "" for none."""
    person = session().get(Person, person_id)
    return counting_consent(person) if person else ""


def latest_code(person_id: int) -> int:
    """The number of the latest code that was made for a child; 0 for none."""
    latest = select(func.max(ConsentCode.id)).where(ConsentCode.person_id == person_id)
    return session().scalar(latest) or 0


def code_holder(code: str) -> CodeHolder:
    """Whose decision this unused code carries; raises `Missing` for a used, old or unknown one."""
    if not is_sound(code):
        raise Missing
    found = session().execute(
        select(ConsentCode, Person)
        .join(Person, Person.id == ConsentCode.person_id)
        .where(
            ConsentCode.code == code_key(code),
            ConsentCode.used_at.is_(None),
            ConsentCode.ends_at > now(),
            Person.left_at.is_(None),
        )
    )
    row = found.one_or_none()
    if row is None:
        raise Missing
    ticket, child = row
    return CodeHolder(
        person_id=child.id,
        nickname=child.nickname,
        decision=counting_consent(child),
        ends_at=ticket.ends_at,
        of_age=age_on(child.born or today(), today()) >= OF_AGE,
    )
