"""Questions to the safeguarding desk: which concerns wait for whom, and what their logs hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, select

from participation.accounts.models import Person
from participation.accounts.roles import SAFEGUARDING, SECRETARY
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.safeguarding.models import Concern, IdentityRequest, LogLine, Reading
from participation.safeguarding.policies import may_read_concern
from participation.safeguarding.sealing import contents_of, fields_of, subject_marks

PAGE: Final = 20
MOST_COUNTED: Final = 100
MOST_LINES: Final = 500
"""Lines of one log that a page shows: more than two officers write about one child."""
KINDS_FOR: Final = {
    SAFEGUARDING: ("help", "sign", "moderation", "report", "drill"),
    SECRETARY: ("complaint",),
}
UNSEEN: Final = ("new", "seen")
"""Nobody has taken it yet: its clock calls."""
DONE: Final = 2
"""The rank of what is done."""
_rank = case((Concern.state.in_(("new", "seen")), 0), (Concern.state == "done", 2), else_=1)
_turn = case((Concern.state == "done", -Concern.id), else_=Concern.id)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list begins: behind the concern with this rank, level and id."""

    rank: int
    level: int
    id: int

    def __str__(self) -> str:
        return f"{self.rank}-{self.level}-{self.id}"


def concerns_for(who: Any, *, state: str = "", behind: Place | None = None) -> list[Concern]:
    """One page of the concerns that this reader answers for, and one more row.

    What nobody has taken comes first, what is done last; among those the most urgent, then the
    oldest, whose clock ends first (of what is done the newest).
    `state` narrows to one state; `behind` is the last one of the page before.
    """
    found = select(Concern).where(Concern.kind.in_(KINDS_FOR.get(who.role, ())))
    if state:
        found = found.where(Concern.state == state)
    if behind:
        turn = -behind.id if behind.rank == DONE else behind.id
        same_level = (Concern.level == behind.level) & (_turn > turn)
        same_rank = _rank == behind.rank
        less_urgent = same_rank & ((Concern.level > behind.level) | same_level)
        found = found.where((_rank > behind.rank) | less_urgent)
    ordered = found.order_by(_rank, Concern.level, _turn)
    return list(session().scalars(ordered.limit(PAGE + 1)))


def place_of(concern: Concern) -> Place:
    """The place of a concern in that order."""
    rank = {"new": 0, "seen": 0, "done": DONE}.get(concern.state, 1)
    return Place(rank, concern.level, concern.id)


def concern_for(who: Any, concern_id: int) -> Concern | None:
    """The concern of this id, or None where there is none for this reader."""
    concern = session().get(Concern, concern_id)
    return concern if concern is not None and may_read_concern(who, concern, now()) else None


def new_count(who: Any) -> int:
    """How many real concerns nobody has opened yet, counted no further than 100; no drills."""
    kinds = KINDS_FOR.get(who.role, ())
    some = select(Concern.id).where(
        Concern.kind.in_(kinds), Concern.kind != "drill", Concern.state == "new"
    )
    return len(session().scalars(some.limit(MOST_COUNTED)).all())


def open_about(subject: Subject) -> Concern | None:
    """The open concern about this subject, if there is one."""
    found = select(Concern).where(
        Concern.subject_mark.in_(subject_marks(subject)), Concern.state != "done"
    )
    return session().scalars(found.order_by(Concern.id).limit(1)).first()


def untaken() -> list[Concern]:
    """Every concern whose clock still calls, by id."""
    waiting = select(Concern).where(
        Concern.state.in_(UNSEEN), Concern.kind.in_(KINDS_FOR[SAFEGUARDING])
    )
    return list(session().scalars(waiting.order_by(Concern.id)))


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a log, opened: what, when, the name of the officer, and its fields."""

    id: int
    kind: str
    at: datetime
    by: str
    said: dict[str, Any]


def log_of(concern: Concern) -> list[Told]:
    """The log of a concern, opened, oldest first; the caller has put the opening on record."""
    lines = session().execute(
        select(LogLine, Person.legal_name)
        .outerjoin(Person, LogLine.by == Person.id)
        .where(LogLine.concern_id == concern.id)
        .order_by(LogLine.id)
        .limit(MOST_LINES)
    )
    return [Told(one.id, one.kind, one.at, name or "", fields_of(one)) for one, name in lines]


def line_of(concern: Concern, line_id: int, kind: str) -> Told | None:
    """One line of this kind of this concern's log, opened; None where there is none."""
    return next((one for one in log_of(concern) if (one.id, one.kind) == (line_id, kind)), None)


def latest_words(concern: Concern) -> str:
    """The words as they came last: those of the log, or the first ones."""
    return str(last_line(concern, "words").get("text", "")) or contents_of(concern).text


def last_line(concern: Concern, kind: str) -> dict[str, Any]:
    """What the newest line of this kind says; empty where there is none."""
    lines = select(LogLine).where(LogLine.concern_id == concern.id, LogLine.kind == kind)
    line = session().scalars(lines.order_by(LogLine.id.desc()).limit(1)).first()
    return fields_of(line) if line else {}


def numbers_of(concern: Concern) -> dict[int, str]:
    """The reference numbers that came later, by the line of their report; the newest counts."""
    lines = select(LogLine).where(LogLine.concern_id == concern.id, LogLine.kind == "number")
    told = [fields_of(one) for one in session().scalars(lines.order_by(LogLine.id))]
    return {int(one["report"]): str(one["number"]) for one in told}


def has_line(concern: Concern, kind: str, line_id: int = 0) -> bool:
    """Is there a line of this kind in the log, with this id where one is given?"""
    asked = select(LogLine.id).where(LogLine.concern_id == concern.id, LogLine.kind == kind)
    if line_id:
        asked = asked.where(LogLine.id == line_id)
    return session().scalar(asked.limit(1)) is not None


def requests_about(concern: Concern) -> Sequence[IdentityRequest]:
    """The requests for the identity behind a concern, newest first."""
    found = select(IdentityRequest).where(IdentityRequest.concern_id == concern.id)
    return session().scalars(found.order_by(IdentityRequest.id.desc()).limit(PAGE)).all()


def request_about(concern: Concern, request_id: int) -> IdentityRequest | None:
    """One of them; None where it belongs to another concern."""
    found = session().get(IdentityRequest, request_id)
    return found if found is not None and found.concern_id == concern.id else None


def has_read(concern: Concern, person_id: int, since: datetime | None = None) -> bool:
    """Has this person opened the concern, at or after this moment where one is given?"""
    read = session().get(Reading, (concern.id, person_id))
    return read is not None and (since is None or read.at >= since)
