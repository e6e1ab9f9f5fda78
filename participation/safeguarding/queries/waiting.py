"""What waits for an officer: untaken concerns, her own that lie, and what the desk says of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from participation.accounts.roles import SAFEGUARDING
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.safeguarding import clocks
from participation.safeguarding.models import Concern, LogLine
from participation.safeguarding.queries.concerns import (
    KINDS_FOR,
    MOST_COUNTED,
    UNSEEN,
    new_count,
)
from participation.safeguarding.queries.duty import duty_officer
from participation.safeguarding.queries.emergencies import unjudged
from participation.safeguarding.queries.officers import candidates, heads
from participation.safeguarding.wording import clock_words

HELD = ("taken", "closing")


@dataclass(frozen=True, slots=True)
class Held:
    """A concern in somebody's hands, and when that officer did something about it last."""

    concern: Concern
    touched: datetime

    def is_overdue(self, moment: datetime) -> bool:
        """Has it lain longer than its level allows?"""
        return clocks.idle_times(self.concern.level, self.touched)["idle"] <= moment


@dataclass(frozen=True, slots=True)
class Board:
    """What the start of the desk says to an officer, without a word of any concern.

    `untaken` real concerns that nobody has taken, counted no further than 100; `mine` of this
    officer that lie too long; `closing` that wait for her yes or no. `oldest` is the id of the
    untaken one whose clock ends first, 0 for none, and `clock` how its clock stands. `unjudged` and
    `asked` count for a head alone.
    """

    untaken: int
    mine: int
    closing: int
    oldest: int
    clock: str
    on_duty: str
    unjudged: int
    asked: int


def held_concerns(*, by: int = 0, drills: bool = True) -> list[Held]:
    """Every concern in somebody's hands, or in those of this officer, by id."""
    touched = (
        select(func.max(LogLine.at))
        .where(LogLine.concern_id == Concern.id, LogLine.by == Concern.taken_by)
        .correlate(Concern)
        .scalar_subquery()
    )
    found = select(Concern, touched).where(
        Concern.state.in_(HELD),
        Concern.kind.in_(KINDS_FOR[SAFEGUARDING]),
        Concern.taken_by.is_not(None),
    )
    if by:
        found = found.where(Concern.taken_by == by)
    if not drills:
        found = found.where(Concern.kind != "drill")
    return [
        Held(one, max(filter(None, (one.held_at, one.taken_at, line)), default=one.clock_at))
        for one, line in session().execute(found.order_by(Concern.id))
    ]


def untaken_count() -> int:
    """How many real concerns nobody has taken, opened or not, counted no further than 100."""
    return len(session().scalars(_untaken(Concern.id).limit(MOST_COUNTED)).all())


def _untaken(what: Any) -> Any:
    return select(what).where(
        Concern.state.in_(UNSEEN),
        Concern.kind.in_(KINDS_FOR[SAFEGUARDING]),
        Concern.kind != "drill",
    )


def overdue_count(who: Any) -> int:
    """How many real concerns in this officer's hands have lain too long."""
    moment = now()
    return sum(one.is_overdue(moment) for one in held_concerns(by=who.person_id, drills=False))


def waiting_count(who: Any) -> int:
    """What stands on the tab: to an officer what nobody has taken and what lies in her own hands;
    to a secretary the complaints that nobody has opened."""
    if who.role != SAFEGUARDING:
        return new_count(who)
    return untaken_count() + overdue_count(who)


def board_of(who: Any) -> Board:
    """The start of the desk for a confirmed officer."""
    first = _untaken(Concern).order_by(Concern.due_at, Concern.id).limit(1)
    oldest, officer = session().scalars(first).first(), duty_officer(now())
    leads = who.person_id in heads()
    closing = select(func.count()).where(
        Concern.state == "closing", Concern.closing_by != who.person_id
    )
    return Board(
        untaken=untaken_count(),
        mine=overdue_count(who),
        closing=session().scalar(closing) or 0,
        oldest=oldest.id if oldest else 0,
        clock=clock_words(oldest) if oldest else "",
        on_duty=officer.legal_name if officer else "",
        unjudged=len(unjudged()) if leads else 0,
        asked=sum(not one.state for one in candidates()) if leads else 0,
    )
