"""Questions about what waits: the lines of the list, how many there are and how late they get."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import case as case_when
from sqlalchemy import func, not_, select, tuple_
from sqlalchemy.orm import defer

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words
from participation.moderation.models import Case
from participation.moderation.queries.profiles import Profile, in_reach, takeable
from participation.moderation.reasons import BY_CODE
from participation.moderation.routing import BY_CODE as QUEUES_BY_CODE
from participation.moderation.routing import QUEUES, Queue
from participation.moderation.targets import due

PAGE: Final = 20
BESIDE: Final = 8
MOST_COUNTED: Final = 100
MOST_WEIGHED: Final = 2000
"""So many of the waiting texts are looked at for depth and age; a longer queue is "2000+"."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts wait that a moderator may take now, and how many are read by others; each
    counted no further than 100: beyond that say "99+"."""

    mine: int
    others: int


def waiting_counts(profile: Profile) -> Counts:
    """What waits for this moderator, and what doesn't: her own school's, another language or
    queue, what she judged before, what somebody else has in hand."""
    hers = in_reach(profile)
    mine = select(Case.id).where(hers).limit(MOST_COUNTED).subquery()
    rest = select(Case.id).where(Case.state == "waiting", Case.kind != "gold", not_(hers))
    others = rest.limit(MOST_COUNTED).subquery()
    counted = [select(func.count()).select_from(each).scalar_subquery() for each in (mine, others)]
    return Counts(*session().execute(select(*counted)).one())


def read_by(subjects: Iterable[Subject]) -> datetime | None:
    """By when the last of these texts that wait has been read; None where none waits."""
    waits = select(Case.opened_at, Case.queue).where(
        Case.state == "waiting",
        tuple_(Case.subject_kind, Case.subject_id).in_([(one.kind, one.id) for one in subjects]),
    )
    return max(
        (due(opened_at, queue) for opened_at, queue in session().execute(waits)), default=None
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list: what it is about, its queue, and by when it is to be read.

    Not a word of the text: to read it a moderator takes it, and that goes on record. `cleared_on`
    is the day on which safeguarding officers had read it and found no concern.
    """

    id: int
    about: Words
    band: str
    queue: Queue
    turn: int
    opened_at: datetime
    due: datetime
    held: bool
    mine: bool
    cleared_on: date | None = None


def waiting_cases(
    profile: Profile, *, after: int = 0, queue: str = "", most: int = PAGE
) -> list[Waiting]:
    """One page of what this moderator may take, by rank and age, and one more line where another
    page follows.

    `after` is the last id of the page before; `held` says that another moderator has it now.
    """
    rows = select(Case).where(Case.state == "waiting", takeable(profile))
    if queue:
        rows = rows.where(Case.queue == queue)
    if after:
        place = select(Case.rank, Case.id).where(Case.id == after)
        rows = rows.where(tuple_(Case.rank, Case.id) > place.scalar_subquery())
    rows = rows.order_by(Case.rank, Case.id).limit(most + 1).options(defer(Case.text))
    moment = now()
    return [_line(row, profile.person_id, moment) for row in session().scalars(rows)]


def _line(case: Case, person_id: int, moment: datetime) -> Waiting:
    live = case.held_until is not None and case.held_until >= moment
    return Waiting(
        id=case.id,
        about=case.matter,
        band=case.band,
        queue=QUEUES_BY_CODE[case.queue],
        turn=case.turn,
        opened_at=case.opened_at,
        due=due(case.opened_at, case.queue),
        held=live and case.held_by != person_id,
        mine=live and case.held_by == person_id,
        cleared_on=case.cleared_on,
    )


@dataclass(frozen=True, slots=True)
class Depth:
    """One queue: how many texts this moderator may take and since when they wait, and how many are
    read by others; `mine` says that she takes this queue. Where none is hers, `oldest` is theirs.
    """

    queue: Queue
    count: int
    others: int
    oldest: datetime
    due: datetime
    mine: bool


def depths(profile: Profile) -> Sequence[Depth]:
    """The queues that hold something, in their order."""
    waiting = (
        select(Case.queue, Case.opened_at, in_reach(profile).label("hers"))
        .where(Case.state == "waiting", Case.kind != "gold")
        .order_by(Case.rank, Case.id)
        .limit(MOST_WEIGHED)
        .subquery()
    )
    columns = waiting.c
    found = select(
        columns.queue,
        func.count(case_when((columns.hers, 1))),
        func.count(),
        func.min(columns.opened_at),
        func.min(case_when((columns.hers, columns.opened_at))),
    )
    rows = {code: rest for code, *rest in session().execute(found.group_by(columns.queue))}
    return [_depth(queue, profile, *rows[queue.code]) for queue in QUEUES if queue.code in rows]


def _depth(
    queue: Queue, profile: Profile, count: int, every: int, oldest: datetime, hers: datetime | None
) -> Depth:
    since = hers or oldest
    mine = queue.code in profile.queues
    return Depth(queue, count, every - count, since, due(since, queue.code), mine)


def reason_label(code: str) -> Words:
    """What the desk calls a reason, in both languages; the code itself where it is unknown."""
    reason = BY_CODE.get(code)
    return reason.label if reason else Words(zh=code)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `hint` is what it may be (phone, name …), or empty; `number` its place
    among the marks."""

    text: str
    hint: str = ""
    number: int = -1


def pieces(case: Case) -> list[Piece]:
    """The text cut at its hints, so that a page can mark them without touching the words."""
    cut, found = 0, []
    for number, hint in enumerate(case.hints):
        start, end = int(str(hint["start"])), int(str(hint["end"]))
        if start < cut:  # a mark inside another one
            continue
        found.append(Piece(case.text[cut:start]))
        found.append(Piece(case.text[start:end], str(hint["what"]), number))
        cut = end
    return [piece for piece in (*found, Piece(case.text[cut:])) if piece.text]
