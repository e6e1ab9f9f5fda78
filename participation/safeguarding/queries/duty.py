"""Questions to the rota: who is on duty, whom a call reaches, by when somebody reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from participation.accounts.models import Person
from participation.accounts.queries import staff_with
from participation.accounts.roles import SAFEGUARDING
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.safeguarding import clocks, rota
from participation.safeguarding.models import Concern, Duty, IdentityRequest
from participation.safeguarding.promises import Promise, due_of
from participation.safeguarding.queries.officers import confirmed_officers, fit_officers, heads
from participation.safeguarding.rota import Stretch

MOST_DUTIES: Final = 300
"""Duties that one question looks at: two weeks of an hour each are 336, and nobody does that."""
DRILLS: Final = 20


@dataclass(frozen=True, slots=True)
class Shift:
    """A duty with the names that stand in the list."""

    id: int
    officer: str
    stand_in: str
    begins: datetime
    ends: datetime


def duties_in(within: Stretch) -> Sequence[Duty]:
    """The duties that touch a stretch of time, in order."""
    found = select(Duty).where(Duty.from_at < within.ends, Duty.until_at > within.begins)
    return session().scalars(found.order_by(Duty.from_at, Duty.id).limit(MOST_DUTIES)).all()


def shifts_of(monday: date) -> list[Shift]:
    """The duties of a week with their names, in order."""
    officer, stand_in, week = aliased(Person), aliased(Person), rota.week(monday)
    found = (
        select(Duty, officer.legal_name, stand_in.legal_name)
        .join(officer, Duty.officer_id == officer.id)
        .outerjoin(stand_in, Duty.stand_in_id == stand_in.id)
        .where(Duty.from_at < week.ends, Duty.until_at > week.begins)
        .order_by(Duty.from_at, Duty.id)
        .limit(MOST_DUTIES)
    )
    return [
        Shift(one.id, name, other or "", one.from_at, one.until_at)
        for one, name, other in session().execute(found)
    ]


def stretches(duties: Sequence[Duty]) -> list[Stretch]:
    """Duties as stretches of time."""
    return [Stretch(one.from_at, one.until_at) for one in duties]


def gaps_of(monday: date) -> list[Stretch]:
    """The stretches of a week that lie ahead and in which nobody is on duty."""
    week = rota.week(monday)
    ahead = Stretch(max(week.begins, now()), week.ends)
    return rota.gaps(ahead, stretches(duties_in(week))) if ahead.begins < ahead.ends else []


def duty_at(moment: datetime) -> Duty | None:
    """The duty of this moment, whoever holds it."""
    found = select(Duty).where(Duty.from_at <= moment, Duty.until_at > moment)
    return session().scalars(found.order_by(Duty.from_at, Duty.id).limit(1)).first()


def duty_officer(moment: datetime) -> Person | None:
    """The officer on duty at this moment; None where nobody is, or where she may no longer be."""
    duty, fit = duty_at(moment), {each.id: each for each in fit_officers()}
    return fit.get(duty.officer_id) if duty else None


def called_people(step: str, moment: datetime) -> list[Person]:
    """Whom a call of this step reaches; every officer where nobody is on duty.

    The first two reach the officer on duty, the third the stand-in as well, the last the heads.
    """
    duty = duty_at(moment)
    wanted = [{duty.officer_id if duty else 0}]
    if step in ("end", "twice"):
        wanted.append(_stand_in(duty))
    if step == "twice":
        wanted.append({*heads()})
    return _reached(wanted)


def reminded_people(step: str, holder: int, moment: datetime) -> list[Person]:
    """Whom a call about a taken concern reaches: who has it, then the stand-in, then the heads."""
    wanted = [{holder}]
    if step != "idle":
        wanted.append(_stand_in(duty_at(moment)))
    if step == "idle_head":
        wanted.append({*heads()})
    return _reached(wanted)


def _stand_in(duty: Duty | None) -> set[int]:
    return {duty.stand_in_id} if duty and duty.stand_in_id else set()


def _reached(wanted: list[set[int]]) -> list[Person]:
    """Those of today among the wanted; everybody where one of the groups is empty today, so that no
    call ends in the empty. Better an officer out of date, or one whom nobody has confirmed, than
    nobody: a call holds no words.
    """
    fit = fit_officers()
    reachable = fit or confirmed_officers() or staff_with(SAFEGUARDING)
    everybody = {each.id: each for each in reachable}
    groups = [group & {each.id for each in fit} for group in wanted]
    if not all(groups):
        return list(everybody.values())
    reached = set[int]().union(*groups)
    return [each for each in everybody.values() if each.id in reached]


def names_of(concern: Concern, asked: Sequence[IdentityRequest]) -> dict[int, str]:
    """The names of the officers who had to do with a concern, by id."""
    ids = {concern.taken_by, concern.closing_by, concern.done_by}
    ids |= {one.asked_by for one in asked} | {one.decided_by for one in asked}
    found = select(Person.id, Person.legal_name).where(Person.id.in_(ids - {None}))
    return {row.id: row.legal_name for row in session().execute(found)}


def promise_now() -> Promise:
    """By when a message written now is read, if its words don't make it more urgent."""
    moment = now()
    return Promise(clocks.due(clocks.UNREAD, moment), sure=duty_officer(moment) is not None)


def promise_of(concern: Concern) -> Promise:
    """By when this concern is read: its own clock."""
    return Promise(due_of(concern), sure=duty_officer(now()) is not None)


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise with the minutes from its birth, as far as it went, and its target."""

    id: int
    level: int
    at: datetime
    to_taken: float | None
    to_closed: float | None
    met: bool | None


def drills(*, before: int = 0) -> list[Drill]:
    """One page of the exercises, newest first, and one more row."""
    found = select(Concern).where(Concern.kind == "drill").order_by(Concern.id.desc())
    if before:
        found = found.where(Concern.id < before)
    return [_drill(one) for one in session().scalars(found.limit(DRILLS + 1))]


def _drill(one: Concern) -> Drill:
    """Met: it was taken within the time of its level; None while that time still runs."""
    end = one.due_at or one.written_at
    met = one.taken_at <= end if one.taken_at else None if now() < end else False
    return Drill(
        one.id,
        one.level,
        one.written_at,
        _minutes(one.written_at, one.taken_at),
        _minutes(one.written_at, one.done_at),
        met,
    )


def _minutes(begins: datetime, ends: datetime | None) -> float | None:
    return round((ends - begins).total_seconds() / 60, 1) if ends else None
