"""What the tests of this room share: identities, a rota, concerns in any state."""

from datetime import timedelta

from sqlalchemy import select

from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.audit.models import Entry
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.mail import Letter
from participation.safeguarding import actions
from participation.safeguarding.models import Concern, Duty
from tests.support.cast import Cast


def light(person: Person, *, vetted: bool = True, confirmed: bool = True) -> Identity:
    """A person as the policies see her."""
    return Identity(
        person_id=person.id,
        role=person.role,
        sign_in="",
        mark=0,
        until=0,
        school_id=person.school_id or 0,
        vetted=vetted,
        confirmed=confirmed and person.role == "safeguarding",
    )


def entries(what: str) -> list[Entry]:
    return list(session().scalars(select(Entry).where(Entry.what == what)))


def concerns() -> list[Concern]:
    with unit_of_work():
        return list(session().scalars(select(Concern).order_by(Concern.id)))


def letters() -> list[Letter]:
    return list(session().scalars(select(Letter).order_by(Letter.id)))


def on_duty(cast: Cast, *, stand_in: bool = True, hours: int = 48) -> Duty:
    """The first officer is on duty from now on, the second stands in."""
    duty = Duty(
        officer_id=cast.safeguarding.id,
        stand_in_id=cast.second_safeguarding.id if stand_in else None,
        from_at=now() - timedelta(minutes=1),
        until_at=now() + timedelta(hours=hours),
    )
    session().add(duty)
    session().flush()
    return duty


def opened_and_taken(cast: Cast, concern: Concern) -> Identity:
    """The first officer opens and takes it; returns her."""
    who = light(cast.safeguarding)
    actions.read_concern(who, concern)
    actions.take_concern(who, concern)
    return who


def second_agrees(cast: Cast, concern: Concern) -> Identity:
    """The second officer opens it and agrees that it is closed; returns her."""
    who = light(cast.second_safeguarding)
    actions.read_concern(who, concern)
    actions.confirm_closing(who, concern)
    return who
