"""The worker deals the works of a round: at its opening, and anew when something changed.

What is read and reckoned needs no write lock; what is written goes in small transactions, each of
which leaves a state that can be dealt anew from, so that a crash costs nothing but time. A finished
judgement is never touched; an open seat goes only where nobody has begun to judge.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, cast

from sqlalchemy import Table, delete, exists, select, update
from sqlalchemy.orm import Session

from participation.contests.actions.conflicts import found_conflicts, kept_conflicts
from participation.contests.happenings.juries import RoundDealt
from participation.contests.jury.assignment import Assignment as Dealt
from participation.contests.jury.assignment import assign, handed_over
from participation.contests.jury.lots import lot
from participation.contests.jury.seating import JurorLoad
from participation.contests.models import Assignment, Conflict, Judgement, Juror, Round
from participation.contests.naming import call_subject
from participation.contests.queries.rounds import works_of
from participation.kernel.announcing import announce
from participation.kernel.database import session, unit_of_work
from participation.kernel.rows import insert_once
from participation.kernel.tables import Base

CHUNK: Final = 2000
"""Rows in one transaction."""
PLACES: Final = 2**31

Deed = Callable[[], None]
Seats = dict[int, frozenset[int]]


def work_number(entry_id: bytes) -> int:
    """The number under which the reckoning and its lots know a work: its id, read as one."""
    return int.from_bytes(entry_id)


def entry_of(number: int) -> bytes:
    """The id of the work of this number."""
    return number.to_bytes(16)


@dataclass(frozen=True, slots=True)
class Sitting:
    """All that dealing asks for, read at one moment."""

    round_id: int
    call_id: int
    first: bool
    seed: bytes
    quorum: int
    bands: Mapping[int, str]
    jurors: Sequence[Juror]
    loads: Sequence[JurorLoad]
    conflicts: Mapping[int, set[int]]
    new_conflicts: Mapping[tuple[int, bytes], str]
    already: Mapping[int, set[int]]
    open_seats: Mapping[int, frozenset[int]]
    sitting: frozenset[tuple[int, int]]


def deal_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `deal-round`."""
    row = session().get(Round, arguments["id"])
    if row is None or row.state != "open" or row.busy == "closing":
        return lambda: None
    table = read_table(row)
    dealt = assign(
        sorted(table.bands),
        table.loads,
        table.quorum,
        table.conflicts,
        already=table.already,
        open_seats=table.open_seats,
        strata=table.bands,
        seed=table.seed,
    )
    write_conflicts(table)
    write_seats(table, dealt)
    return lambda: _finish(table, dealt)


# Read


def read_table(row: Round) -> Sitting:
    """The works, jurors, conflicts and seats of a round as they are now."""
    jurors = (
        session()
        .scalars(select(Juror).where(Juror.call_id == row.call_id, Juror.panel == row.panel))
        .all()
    )
    bands = {work_number(entry_id): band for entry_id, band in session().execute(works_of(row))}
    here = {one.id for one in jurors if one.state == "accepted"}
    finished, seats = _seats(row.id, here)
    accepted = sorted((one for one in jurors if one.state == "accepted"), key=lambda one: one.id)
    found, kept = found_conflicts(row.call_id, accepted), kept_conflicts(jurors)
    barred: defaultdict[int, set[int]] = defaultdict(set)
    for juror_id, entry_id in (*found, *kept):
        barred[juror_id].add(work_number(entry_id))
    return Sitting(
        round_id=row.id,
        call_id=row.call_id,
        first=row.busy == "dealing",
        seed=row.seed,
        quorum=row.quorum,
        bands=bands,
        jurors=jurors,
        loads=_loads(accepted, jurors, finished),
        conflicts=barred,
        new_conflicts={pair: why for pair, why in found.items() if pair not in kept},
        already=finished,
        open_seats=_handed_over({w: s for w, s in seats.items() if w in bands}, accepted, jurors),
        sitting=frozenset((work, one) for work, some in seats.items() for one in some),
    )


def _seats(round_id: int, here: Set[int]) -> tuple[dict[int, set[int]], Seats]:
    """Who has finished a judgement of which work, or begun one and is still here; and who sits
    before it else."""
    begun = exists().where(Judgement.assignment_id == Assignment.id)
    found = session().execute(
        select(Assignment.entry_id, Assignment.juror_id, Assignment.state, begun).where(
            Assignment.round_id == round_id,
            Assignment.state.in_(("open", "deferred", "judged")),
        )
    )
    finished: defaultdict[int, set[int]] = defaultdict(set)
    still: defaultdict[int, set[int]] = defaultdict(set)
    for entry_id, juror_id, state, has_begun in found:
        kept = state == "judged" or (has_begun and juror_id in here)
        (finished if kept else still)[work_number(entry_id)].add(juror_id)
    return finished, {work: frozenset(some) for work, some in still.items()}


def _loads(
    accepted: Sequence[Juror], jurors: Sequence[Juror], finished: Mapping[int, set[int]]
) -> list[JurorLoad]:
    """A stand-in is credited what the juror before her has finished."""
    counts = Counter(juror for some in finished.values() for juror in some)
    left = {one.id for one in jurors if one.state == "left"}
    return [
        JurorLoad(
            one.id,
            cap=one.most,
            credit=counts[one.stands_for] if one.stands_for in left else 0,
        )
        for one in accepted
    ]


def _handed_over(seats: Seats, accepted: Sequence[Juror], jurors: Sequence[Juror]) -> Seats:
    left = {one.id for one in jurors if one.state == "left"}
    for one in accepted:
        if one.stands_for in left:
            seats = handed_over(seats, one.stands_for, one.id)
    return seats


# Write


def chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The rows, so many for one transaction."""
    source = iter(rows)
    while some := list(islice(source, CHUNK)):
        yield some


def write_rows(opened: Session, of: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """New rows by one statement for all, past the ORM: nothing of them is needed any more."""
    if rows:
        opened.connection().execute(cast(Table, of.__table__).insert(), list(rows))


def write_conflicts(table: Sitting) -> None:
    """Write down the conflicts that were found anew."""
    for some in chunks(sorted(table.new_conflicts.items())):
        with unit_of_work():
            for (juror_id, entry_id), why in some:
                insert_once(Conflict, {"juror_id": juror_id, "entry_id": entry_id, "why": why})


def write_seats(table: Sitting, dealt: Dealt) -> None:
    """Take away and give seats, so that the open ones are those that were dealt.

    What changed meanwhile is kept: a seat before which a judgement was begun is not taken, and
    where a seat stands already none is given. Compared is with the seats as they stood, so that
    a pack that was handed over is written as well.
    """
    wanted = {(work, juror) for juror, pack in dealt.packs.items() for work in pack}
    for some in chunks(sorted(table.sitting - wanted)):
        with unit_of_work() as opened:
            _take(opened, table, some)
    done = 0
    for some in chunks(sorted(wanted - table.sitting)):
        done += len(some)
        with unit_of_work() as opened:
            _give(opened, table, some)
            opened.execute(
                update(Round).where(Round.id == table.round_id).values(done=done, whole=len(wanted))
            )


def _take(opened: Session, table: Sitting, pairs: Iterable[tuple[int, int]]) -> None:
    here = {one.juror for one in table.loads}
    by_juror: defaultdict[int, list[bytes]] = defaultdict(list)
    for work, juror in pairs:
        by_juror[juror].append(entry_of(work))
    untouched = ~exists().where(Judgement.assignment_id == Assignment.id)
    for juror, entries in by_juror.items():
        opened.execute(
            delete(Assignment)
            .where(
                Assignment.round_id == table.round_id,
                Assignment.juror_id == juror,
                Assignment.entry_id.in_(entries),
                Assignment.state.in_(("open", "deferred")),
                *((untouched,) if juror in here else ()),
            )
            .execution_options(synchronize_session=False)
        )


def _give(opened: Session, table: Sitting, pairs: Sequence[tuple[int, int]]) -> None:
    """New seats by one statement for many rows; a pair that sits meanwhile is left out.

    The place of a work is drawn by lot from the seed, the juror and the work: each juror has her
    own order, and a work more or less moves no other one.
    """
    rows = [
        {
            "round_id": table.round_id,
            "juror_id": juror,
            "entry_id": entry_of(work),
            "place": int.from_bytes(lot(table.seed, juror, work)[:4]) % PLACES,
        }
        for work, juror in pairs
    ]
    taken = set(
        opened.execute(
            select(Assignment.entry_id, Assignment.juror_id).where(
                Assignment.round_id == table.round_id,
                Assignment.entry_id.in_({row["entry_id"] for row in rows}),
            )
        )
    )
    fresh = [row for row in rows if (row["entry_id"], row["juror_id"]) not in taken]
    write_rows(opened, Assignment, fresh)


def _finish(table: Sitting, dealt: Dealt) -> None:
    """The round is dealt: what falls short is told by why, never by work."""
    shortages = Counter(one.why.value for one in dealt.shortages)
    row = session().get(Round, table.round_id, with_for_update=True)
    if row is None or row.state != "open":
        return
    row.shortages = dict(shortages) or None
    if row.busy == "dealing":
        row.busy = ""
    session().flush()
    announce(RoundDealt(subject=call_subject(row.call_id), round_id=row.id, first=table.first))
