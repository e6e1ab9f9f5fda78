"""What one moderator may take: her queues and languages, the schools she keeps away from, and how
much she has read today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select, true
from sqlalchemy.orm import aliased

from participation.accounts.models import Person
from participation.accounts.queries import staff_with
from participation.accounts.roles import MODERATOR
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import session
from participation.moderation.models import Case, Skill, Verdict
from participation.moderation.origins import school_mark
from participation.moderation.routing import QUEUES
from participation.moderation.standing import UNDONE
from participation.moderation.welfare import LOOK_BACK, MOST_A_DAY, Load, load

EVERY: Final = frozenset(queue.code for queue in QUEUES)
RESTED: Final = Load(0, timedelta(0))
MOST_LOOKED_AT: Final = 3 * MOST_A_DAY
"""Of her verdicts of today and of last night: what she took back stands beside what counts."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A moderator at the desk. `schools` are the marks of the schools she keeps away from."""

    person_id: int
    queues: frozenset[str]
    english: bool
    schools: frozenset[bytes]
    load: Load


def profile_of(who: Person) -> Profile:
    """The profile of a moderator with what she has read of late."""
    return replace(scope_of(who.id, who.school_id or 0), load=load_of(who.id))


def scope_of(person_id: int, school_id: int) -> Profile:
    """What a moderator of this school (0: of none) takes, whatever she has read; who has no row of
    skills takes everything."""
    skill = skill_of(person_id)
    avoids = {*(skill.avoids if skill else ()), school_id}
    marks = (school_mark(one) for one in avoids)
    return Profile(
        person_id,
        EVERY & frozenset(skill.queues) if skill else EVERY,
        skill.english if skill else True,
        frozenset(mark for mark in marks if mark),
        RESTED,
    )


def skill_of(person_id: int) -> Skill | None:
    """What an administrator set for this moderator; None where nothing was set."""
    return session().get(Skill, person_id)


def load_of(person_id: int) -> Load:
    """How much a moderator has read today, and for how long without a pause.

    What she took back does not count as read, but she was at it all the same.
    """
    moment, midnight = now(), start_of(today())
    rows = _verdicts_since(person_id, min(midnight, moment - LOOK_BACK))
    stand = [row for row in rows if row.at >= midnight and row.verdict != UNDONE and not row.undone]
    return load([row.at for row in reversed(rows)], moment, read=len(stand))


def _verdicts_since(person_id: int, moment: datetime) -> Sequence[Row[datetime, str, bool]]:
    """Her verdicts since then with whether each was taken back, newest first; a bounded number."""
    later = aliased(Verdict)
    undone = exists().where(
        later.case_id == Verdict.case_id, later.id > Verdict.id, later.verdict == UNDONE
    )
    mine = select(Verdict.at, Verdict.verdict, undone.label("undone"))
    mine = mine.where(Verdict.by == person_id, Verdict.at >= moment)
    return session().execute(mine.order_by(Verdict.id.desc()).limit(MOST_LOOKED_AT)).all()


def takeable(profile: Profile) -> ColumnElement[bool]:
    """The same as `policies.may_take`, as a condition of a query (a test holds them equal)."""
    return and_(
        Case.kind != "gold",
        Case.queue.in_(sorted(profile.queues)),
        true() if profile.english else Case.tongue != "en",
        or_(Case.school.is_(None), Case.school.not_in(sorted(profile.schools)))
        if profile.schools
        else true(),
        or_(Case.not_by.is_(None), Case.not_by != profile.person_id),
    )


def free(moment: datetime) -> ColumnElement[bool]:
    """Nobody has it in hand at this moment."""
    return or_(Case.held_by.is_(None), Case.held_until.is_(None), Case.held_until < moment)


def in_reach(profile: Profile) -> ColumnElement[bool]:
    """What she may take and nobody else has in hand, of what waits."""
    hers = or_(free(now()), Case.held_by == profile.person_id)
    return and_(Case.state == "waiting", takeable(profile), hers)


def may_be_taken(who: Person, case_id: int) -> bool:
    """May this moderator take this text now, or does she have it in hand?"""
    found = select(Case.id).where(Case.id == case_id, in_reach(profile_of(who)))
    return session().scalar(found) is not None


@dataclass(frozen=True, slots=True)
class Worker:
    """One line of the list of moderators."""

    person: Person
    skill: Skill | None


def moderators() -> list[Worker]:
    """Everyone who reads today, by id, with what she takes."""
    people = staff_with(MODERATOR)
    ids = [each.id for each in people]
    found = session().scalars(select(Skill).where(Skill.person_id.in_(ids)))
    skills = {skill.person_id: skill for skill in found}
    return [Worker(each, skills.get(each.id)) for each in people]
