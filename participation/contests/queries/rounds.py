"""The rounds of a call: their works, how far their jurors are, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, case, func, select

from participation.accounts.models import Person
from participation.contests.jury.assignment import LEAST_QUORUM
from participation.contests.jury.lots import commitment
from participation.contests.models import Assignment, Call, Entry, Juror, Outcome, Round, Score
from participation.contests.models.jury import STAGES
from participation.contests.policies.juries import Bench
from participation.contests.queries.panels import name_of
from participation.kernel.database import session
from participation.kernel.errors import Missing

FIRST: Final = STAGES[0]


def rounds_of(call_id: int, panel: str = "") -> Sequence[Round]:
    """The rounds of a call, of one panel or of both, in the order in which they are held."""
    wanted = select(Round).where(Round.call_id == call_id)
    if panel:
        wanted = wanted.where(Round.panel == panel)
    order = case({stage: place for place, stage in enumerate(STAGES)}, value=Round.stage)
    return session().scalars(wanted.order_by(Round.panel, order)).all()


def round_of(call_id: int, round_id: int, *, lock: bool = False) -> Round:
    """One round of a call; `Missing` where there is none."""
    wanted = select(Round).where(Round.id == round_id, Round.call_id == call_id)
    wanted = wanted.execution_options(populate_existing=True)
    row = session().scalar(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise Missing
    return row


def bench_of(call: Call, row: Round) -> Bench:
    """What rights ask about a round."""
    return Bench(call, row.state, row.busy)


def round_before(row: Round) -> Round | None:
    """The closed round of the same panel from which works come into this one; None for the first.

    A stage that a panel leaves out is passed over.
    """
    earlier = STAGES[: STAGES.index(row.stage)]
    found = {
        one.stage: one
        for one in rounds_of(row.call_id, row.panel)
        if one.stage in earlier and one.id != row.id
    }
    return next((found[stage] for stage in reversed(earlier) if stage in found), None)


def works_of(row: Round) -> Select[bytes, str]:
    """(id, band) of the works of a round: approved ones, after the first those that went on."""
    wanted = select(Entry.id, Entry.band).where(
        Entry.call_id == row.call_id, Entry.standing == "approved"
    )
    before = round_before(row)
    if before is not None:
        wanted = wanted.join(Score, Score.entry_id == Entry.id).where(
            Score.round_id == before.id, Score.goes_on.is_(True)
        )
    return wanted.order_by(Entry.id)


def work_count(row: Round) -> int:
    """How many works a round has."""
    return session().scalar(select(func.count()).select_from(works_of(row).subquery())) or 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How many works have their quorum, at least three judgements (R68), or fewer."""

    works: int
    full: int
    partial: int
    short: int


def progress_of(row: Round) -> Progress:
    """How far a round is; one statement."""
    judged = (
        select(Assignment.entry_id, func.count().label("n"))
        .where(Assignment.round_id == row.id, Assignment.state == "judged")
        .group_by(Assignment.entry_id)
        .subquery()
    )
    works = works_of(row).subquery()
    n = func.coalesce(judged.c.n, 0)
    full = func.coalesce(func.sum(case((n >= row.quorum, 1), else_=0)), 0)
    short = func.coalesce(func.sum(case((n < LEAST_QUORUM, 1), else_=0)), 0)
    joined = works.outerjoin(judged, judged.c.entry_id == works.c.id)
    told = session().execute(select(func.count(), full, short).select_from(joined)).one()
    return Progress(told[0], int(told[1]), told[0] - int(told[1]) - int(told[2]), int(told[2]))


@dataclass(frozen=True, slots=True)
class PackLine:
    """How far one juror is: for who must remind her, so by name; never what she gave."""

    juror_id: int
    name: str
    state: str
    judged: int
    left: int


def packs_of(row: Round) -> list[PackLine]:
    """How far every juror of a round is, the latest first; one statement."""
    judged = func.sum(case((Assignment.state == "judged", 1), else_=0))
    still = func.sum(case((Assignment.state.in_(("open", "deferred")), 1), else_=0))
    found = session().execute(
        select(Juror.id, Juror.state, Person, judged, still)
        .join(Person, Person.id == Juror.person_id)
        .join(Assignment, Assignment.juror_id == Juror.id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Assignment.round_id == row.id, Entry.standing == "approved")
        .group_by(Juror.id, Juror.state, Person.id)
        .order_by(still.desc(), Juror.id)
    )
    return [PackLine(one[0], name_of(one[2]), one[1], int(one[3]), int(one[4])) for one in found]


def commitment_of(row: Round) -> str:
    """What is published of the seed before the round closes."""
    return commitment(row.seed)


def outcome_counts(call_id: int) -> dict[str, int]:
    """How many works came to each level, for the desk of the jury; empty before it is settled."""
    found = (
        select(Outcome.level, func.count())
        .where(Outcome.call_id == call_id)
        .group_by(Outcome.level)
        .order_by(Outcome.level)
    )
    return {row[0]: row[1] for row in session().execute(found)}
