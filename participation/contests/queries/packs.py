"""What a juror has before her: her packs, one of them in her own order, one work of it.

Nothing here tells what anybody else gave, nor who made a work; what is not hers is `Missing`, as
what does not exist.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, and_, case, func, or_, select

from participation.contests.call import ShownCall
from participation.contests.models import Assignment, Call, Entry, Judgement, Juror, Round
from participation.contests.policies.juries import Seat, may_see_work
from participation.contests.queries.calls import call_of
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.tables import Words

PAGE: Final = 50
HELD: Final = ("open", "judged", "deferred")
HERE: Final = and_(Entry.standing == "approved", Assignment.state.in_(HELD))


@dataclass(frozen=True, slots=True)
class PackCard:
    """One of her packs in the list: of which call and round, and how far she is."""

    round: Round
    title: Words
    sign: str
    judged: int
    works: int
    rehearsal: bool


def own_packs(person_id: int, *, most: int = 50) -> list[PackCard]:
    """Her packs that have been dealt, those of open rounds first; one statement."""
    judged = func.sum(case((Assignment.state == "judged", 1), else_=0))
    open_first = case((Round.state == "open", 0), else_=1)
    found = session().execute(
        select(Round, Call.title, Call.sign, judged, func.count(), Call.rehearsal)
        .join(Assignment, Assignment.round_id == Round.id)
        .join(Juror, Juror.id == Assignment.juror_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Call, Call.id == Round.call_id)
        .where(Juror.person_id == person_id, Juror.state == "accepted", HERE)
        .where(Round.state != "planned", Round.busy != "dealing")
        .group_by(Round.id, Call.id)
        .order_by(open_first, Round.id.desc())
        .limit(most)
    )
    return [PackCard(row[0], row[1], row[2], int(row[3]), int(row[4]), row[5]) for row in found]


def open_packs(person_id: int) -> int:
    """How many works wait for this juror, in all her open rounds."""
    found = (
        select(func.count())
        .select_from(Assignment)
        .join(Round, Round.id == Assignment.round_id)
        .join(Juror, Juror.id == Assignment.juror_id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Juror.person_id == person_id, Juror.state == "accepted", Round.state == "open")
        .where(Round.busy != "dealing", Entry.standing == "approved")
        .where(Assignment.state.in_(("open", "deferred")))
    )
    return session().scalar(found) or 0


@dataclass(frozen=True, slots=True)
class Before:
    """One work before one juror."""

    assignment: Assignment
    entry: Entry
    juror: Juror
    round: Round
    judgement: Judgement | None
    call: ShownCall

    @property
    def seat(self) -> Seat:
        return seat_of(self.juror, self.round, self.assignment, self.entry.standing)


def seat_of(juror: Juror, of: Round, assignment: Assignment, standing: str) -> Seat:
    """What rights ask about a work before a juror."""
    return Seat(
        juror.person_id, juror.state, of.state, of.busy, assignment.state, standing == "approved"
    )


def work_before(who: Any, assignment_id: int, *, lock: bool = False) -> Before:
    """A work that this juror has before her; `Missing` for every other one.

    With `lock` the round is held against a close while a judgement is on its way.
    """
    found = session().execute(_wanted().where(Assignment.id == assignment_id)).one_or_none()
    if found is None:
        raise Missing
    assignment, entry, juror, of, judgement = found
    if lock:
        session().refresh(of, with_for_update={"read": True})
    seat = seat_of(juror, of, assignment, entry.standing)
    if not may_see_work(who, seat, now()):
        raise Missing
    return Before(assignment, entry, juror, of, judgement, call_of(of.call_id))


def _wanted() -> Any:
    return (
        select(Assignment, Entry, Juror, Round, Judgement)
        .join(Entry, Entry.id == Assignment.entry_id)
        .join(Juror, Juror.id == Assignment.juror_id)
        .join(Round, Round.id == Assignment.round_id)
        .outerjoin(Judgement, Judgement.assignment_id == Assignment.id)
        .execution_options(populate_existing=True)
    )


@dataclass(frozen=True, slots=True)
class PackWork:
    """A work in the running list: its code, band and title, and how far she is with it."""

    id: int
    place: int
    state: str
    code: str
    band: str
    title: str


@dataclass(frozen=True, slots=True)
class PackPage:
    """A page of a pack in her own order. `first` is the id of what is to be looked at next, 0 when
    nothing is left; `after` is the key of the next page, empty at the end."""

    round: Round
    call: ShownCall
    works: Sequence[PackWork]
    judged: int
    count: int
    deferred: int
    first: int
    after: str


def own_round(who: Any, round_id: int) -> tuple[Round, Juror]:
    """A round in which this person judges; `Missing` for every other one."""
    found = session().execute(
        select(Round, Juror)
        .join(Juror, and_(Juror.call_id == Round.call_id, Juror.panel == Round.panel))
        .where(Round.id == round_id, Juror.person_id == who.person_id)
        .where(Juror.state == "accepted", Round.state != "planned", Round.busy != "dealing")
    )
    row = found.one_or_none()
    if row is None:
        raise Missing
    return row


def pack_page(of: Round, juror: Juror, *, after: str = "") -> PackPage:
    """A page of her pack, in her order."""
    wanted = (
        select(
            Assignment.id, Assignment.place, Assignment.state, Entry.code, Entry.band, Entry.title
        )
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Assignment.round_id == of.id, Assignment.juror_id == juror.id, HERE)
        .order_by(Assignment.place, Assignment.id)
        .limit(PAGE + 1)
    )
    place, number = _place(after)
    if after:
        wanted = wanted.where(
            or_(
                Assignment.place > place,
                and_(Assignment.place == place, Assignment.id > number),
            )
        )
    rows = [PackWork(*row) for row in session().execute(wanted)]
    judged, deferred, count = _counts(of.id, juror.id)
    more = f"{rows[PAGE - 1].place}-{rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    first = session().scalar(_left(of.id, juror.id)) or 0
    return PackPage(of, call_of(of.call_id), rows[:PAGE], judged, count, deferred, first, more)


def _place(key: str) -> tuple[int, int]:
    """The place that a key of a page names; the beginning for one that was not made here."""
    place, _dash, number = key.partition("-")
    fits = all(one.isascii() and one.isdigit() and len(one) < 16 for one in (place, number))
    return (min(int(place), 2**31 - 1), int(number)) if fits else (-1, 0)


def _counts(round_id: int, juror_id: int) -> tuple[int, int, int]:
    """How many works of a pack are judged, put off, and in it."""
    found = session().execute(
        select(
            func.coalesce(func.sum(case((Assignment.state == "judged", 1), else_=0)), 0),
            func.coalesce(func.sum(case((Assignment.state == "deferred", 1), else_=0)), 0),
            func.count(),
        )
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Assignment.round_id == round_id, Assignment.juror_id == juror_id, HERE)
    )
    judged, deferred, count = found.one()
    return int(judged), int(deferred), int(count)


def own_progress(before: Before) -> tuple[int, int]:
    """How many works of her own pack are judged, and how many it has."""
    judged, _deferred, count = _counts(before.round.id, before.juror.id)
    return judged, count


def next_work(before: Before) -> int:
    """The id of the next open work after this one in her order, then from the beginning, then the
    first that she put off; 0 when nothing is left. One statement."""
    own = before.assignment
    later = or_(
        Assignment.place > own.place,
        and_(Assignment.place == own.place, Assignment.id > own.id),
    )
    others = _left(own.round_id, own.juror_id, later).where(Assignment.id != own.id)
    return session().scalar(others) or 0


def _left(round_id: int, juror_id: int, later: Any = None) -> Select[int]:
    """The first work of a pack that is left: open ones, those that are `later` before the others,
    then those that she put off."""
    is_open = Assignment.state == "open"
    order = [(is_open, 1)] if later is None else [(and_(is_open, later), 0), (is_open, 1)]
    return (
        select(Assignment.id)
        .join(Entry, Entry.id == Assignment.entry_id)
        .where(Assignment.round_id == round_id, Assignment.juror_id == juror_id)
        .where(Assignment.state.in_(("open", "deferred")), Entry.standing == "approved")
        .order_by(case(*order, else_=2), Assignment.place, Assignment.id)
        .limit(1)
    )


# A pack to be put in order


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole pack of a ranking round."""

    round: Round
    juror: Juror
    call: ShownCall
    assignments: Sequence[Assignment]
    entries: Mapping[int, Entry]
    judgements: Mapping[int, Judgement]

    def seat(self, assignment: Assignment) -> Seat:
        return seat_of(self.juror, self.round, assignment, "approved")

    @property
    def is_done(self) -> bool:
        return all(one.state == "judged" for one in self.assignments)


def whole_pack(who: Any, round_id: int, *, lock: bool = False) -> Pack:
    """The pack of this juror in a ranking round; `Missing` where she has none."""
    of, juror = own_round(who, round_id)
    if lock:
        session().refresh(of, with_for_update={"read": True})
    wanted = (
        _wanted()
        .where(Assignment.round_id == of.id, Assignment.juror_id == juror.id, HERE)
        .order_by(Assignment.place, Assignment.id)
    )
    rows = session().execute(wanted).all()
    return Pack(
        of,
        juror,
        call_of(of.call_id),
        [row[0] for row in rows],
        {row[0].id: row[1] for row in rows},
        {row[0].id: row[4] for row in rows if row[4] is not None},
    )


def order_of(pack: Pack) -> list[int]:
    """The ids of a pack in her order: ranked ones first, the rest as they were dealt."""
    ranks = {one: row.rank for one, row in pack.judgements.items() if row.rank is not None}
    last = len(pack.assignments) + 1
    return sorted(
        (one.id for one in pack.assignments),
        key=lambda one: ranks.get(one) or last,
    )
