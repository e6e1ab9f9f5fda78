"""Questions to the reading desk: what waits, what one holds, what one decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.tables import Words
from participation.moderation.models import Case, Verdict
from participation.moderation.reasons import BY_CODE

PAGE: Final = 20
BESIDE: Final = 8
MOST_COUNTED: Final = 100
REREAD_FOR: Final = timedelta(days=7)
"""So long a moderator may open what she decided: for a second thought, or when she is asked why.

Nobody else may, and nobody later: then the words are the child's alone.
"""


def waiting_count() -> int:
    """How many texts wait, counted no further than 100: beyond that say "99+"."""
    some = select(Case.id).where(Case.state == "waiting").limit(MOST_COUNTED)
    return len(session().scalars(some).all())


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue: what it is about and whether personal data may be in it.

    Not a word of the text: to read it a moderator takes it, and that goes on record.
    """

    id: int
    about: Words
    band: str
    hinted: bool
    opened_at: datetime
    held: bool
    mine: bool


def waiting_cases(person_id: int, *, after: int = 0, most: int = PAGE) -> list[Waiting]:
    """One page of the queue, oldest first, and one more line where another page follows.

    `after` is the last id of the page before; `held` says that another moderator has it now.
    """
    moment = now()
    rows = session().scalars(
        select(Case)
        .where(Case.state == "waiting", Case.id > after)
        .order_by(Case.id)
        .limit(most + 1)
        .options(defer(Case.text))
    )
    return [_line(row, person_id, moment) for row in rows]


def _line(case: Case, person_id: int, moment: datetime) -> Waiting:
    live = case.held_until is not None and case.held_until >= moment
    return Waiting(
        id=case.id,
        about=case.matter,
        band=case.band,
        hinted=bool(case.hints),
        opened_at=case.opened_at,
        held=live and case.held_by != person_id,
        mine=live and case.held_by == person_id,
    )


def is_held(case: Case) -> bool:
    """Is somebody's lease of this case running?"""
    return case.held_until is not None and case.held_until >= now()


def case_for(person_id: int, case_id: int) -> Case | None:
    """The case that this moderator holds, or decided herself of late; None for any other.

    Numbers are easily counted, so whoever has nothing to do with a case finds none.
    """
    held = select(Case).where(
        Case.id == case_id, Case.state == "waiting", Case.held_by == person_id
    )
    return session().scalar(held) or own_decided_case(person_id, case_id)


def own_decided_case(person_id: int, case_id: int) -> Case | None:
    """A case that this moderator decided in the last `REREAD_FOR`; None where there is none."""
    return session().scalar(
        select(Case)
        .join(Verdict, Verdict.case_id == Case.id)
        .where(Case.id == case_id, Verdict.by == person_id, Verdict.at >= reread_since())
        .limit(1)
    )


def reread_since() -> datetime:
    """What was decided from this moment on may be opened by whoever decided it."""
    return now() - REREAD_FOR


def held_case(person_id: int) -> Case | None:
    """The case that this moderator holds now; None where there is none."""
    return session().scalar(
        select(Case)
        .where(Case.held_by == person_id, Case.state == "waiting", Case.held_until >= now())
        .order_by(Case.id)
        .limit(1)
    )


def decided_by(person_id: int, *, before: int = 0) -> list[Verdict]:
    """One page of a moderator's own verdicts with their cases, newest first, and one more line."""
    case = joinedload(Verdict.case).defer(Case.text)
    own = select(Verdict).where(Verdict.by == person_id).options(case)
    if before:
        own = own.where(Verdict.id < before)
    return list(session().scalars(own.order_by(Verdict.id.desc()).limit(PAGE + 1)))


def reason_label(code: str) -> Words:
    """What the desk calls a reason, in both languages; the code itself where it is unknown."""
    reason = BY_CODE.get(code)
    return reason.label if reason else Words(zh=code)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `hint` is what it may be (phone, name …), or empty."""

    text: str
    hint: str = ""


def pieces(case: Case) -> list[Piece]:
    """The text cut at its hints, so that a page can mark them without touching the words."""
    cut, found = 0, []
    for hint in case.hints:
        start, end = int(str(hint["start"])), int(str(hint["end"]))
        found += [Piece(case.text[cut:start]), Piece(case.text[start:end], str(hint["what"]))]
        cut = end
    return [piece for piece in (*found, Piece(case.text[cut:])) if piece.text]
