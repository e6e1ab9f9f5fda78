"""Questions about looks without a second officer: who may take one now, which wait for a head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from participation.accounts.models import Person
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.safeguarding.models import Concern, Emergency
from participation.safeguarding.queries.duty import duty_at, duty_officer
from participation.safeguarding.queries.officers import fit_officers, heads

MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Danger:
    """A concern with the officers who are on duty now and who has it, for the policy."""

    kind: str
    state: str
    level: int
    on_duty: int | None
    taken_by: int | None


@dataclass(frozen=True, slots=True)
class Judging:
    """A look without a second officer with the heads of today, for the policy and the pages."""

    id: int
    concern_id: int
    seen_by: int | None
    seen_at: datetime
    judged_at: datetime | None
    heads: frozenset[int]
    name: str = ""


def danger_of(concern: Concern) -> Danger:
    """A concern as the policy of a look alone sees it."""
    officer = duty_officer(now())
    on_duty = officer.id if officer else None
    return Danger(concern.kind, concern.state, concern.level, on_duty, concern.taken_by)


def told_of_emergency(by: int) -> tuple[int, ...]:
    """Who hears of a look alone at once: the heads and the stand-in; every other officer where
    there is none of them."""
    duty, fit = duty_at(now()), {each.id for each in fit_officers()}
    wanted = {*heads(), duty.stand_in_id if duty and duty.stand_in_id else 0} & fit - {by}
    return tuple(sorted(wanted or fit - {by}))


def judging(emergency: Emergency) -> Judging:
    """One of them, for the policy."""
    return _judging(emergency, heads(), "")


def _judging(one: Emergency, leading: frozenset[int], name: str) -> Judging:
    return Judging(one.id, one.concern_id, one.seen_by, one.seen_at, one.judged_at, leading, name)


def emergencies_of(concern: Concern) -> list[Judging]:
    """The looks alone of a concern, oldest first."""
    return _found(Emergency.concern_id == concern.id)


def unjudged() -> list[Judging]:
    """The looks alone that no head has judged yet, oldest first."""
    return _found(Emergency.judged_at.is_(None))


def unjudged_of(concern: Concern) -> bool:
    """Has one of them not been judged?"""
    return any(one.judged_at is None for one in emergencies_of(concern))


def with_emergency(concerns: Sequence[Concern]) -> frozenset[int]:
    """Which of these concerns have a look alone that waits for a head."""
    asked = select(Emergency.concern_id).where(
        Emergency.concern_id.in_([one.id for one in concerns]), Emergency.judged_at.is_(None)
    )
    return frozenset(session().scalars(asked))


def emergency_about(concern: Concern, emergency_id: int) -> Emergency | None:
    """One of them; None where it belongs to another concern."""
    found = session().get(Emergency, emergency_id)
    return found if found is not None and found.concern_id == concern.id else None


def _found(condition: object) -> list[Judging]:
    asked = (
        select(Emergency, Person.legal_name)
        .outerjoin(Person, Emergency.seen_by == Person.id)
        .where(condition)  # type: ignore[arg-type]
        .order_by(Emergency.id)
        .limit(MOST_SHOWN)
    )
    leading = heads()
    return [_judging(one, leading, name or "") for one, name in session().execute(asked)]
