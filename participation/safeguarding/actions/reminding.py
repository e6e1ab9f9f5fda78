"""The calls of a concern's clocks: each step once, until somebody takes it, or does something."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.rows import insert_once
from participation.safeguarding import clocks
from participation.safeguarding.actions.lines import subject_of
from participation.safeguarding.happenings import ConcernWaits
from participation.safeguarding.models import Concern, Reminder
from participation.safeguarding.queries.concerns import untaken
from participation.safeguarding.queries.duty import called_people, reminded_people
from participation.safeguarding.queries.waiting import Held, held_concerns


def call(concern: Concern, step: str) -> None:
    """Call for an officer, unless this step of this level has called already."""
    _call(concern, step, concern.clock_at, called_people(step, now()))


def call_anew() -> None:
    """Call for everything that nobody has taken: whoever was called is not on duty any more."""
    moment = now()
    for concern in untaken():
        _announce(concern, "first", moment, called_people("first", moment))


def _call(concern: Concern, step: str, clock: datetime, to: Sequence[Person]) -> None:
    row = {"concern_id": concern.id, "level": concern.level, "step": step, "at": now()}
    if insert_once(Reminder, row):
        _announce(concern, step, clock, to)


def _announce(concern: Concern, step: str, clock: datetime, to: Sequence[Person]) -> None:
    announce(
        ConcernWaits(
            subject=subject_of(concern),
            level=concern.level,
            step=step,
            clock=clock.isoformat(),
            drill=concern.is_drill,
            to=tuple(each.id for each in to),
        )
    )


def remind_untaken() -> None:
    """The timed deed: every call that is due, of what nobody has taken and of what lies.

    By day and by night: what R60 keeps away at night are notices to children.
    """
    moment = now()
    for concern in untaken():
        if concern.due_at is None:
            continue
        for step in clocks.steps_due(concern.level, concern.clock_at, concern.due_at, moment):
            call(concern, step)
    for held in held_concerns():
        _remind_idle(held, moment)


def _remind_idle(held: Held, moment: datetime) -> None:
    """Each step once for as long as it lies; a deed of the officer who has it begins anew."""
    concern = held.concern
    before = delete(Reminder).where(
        Reminder.concern_id == concern.id,
        Reminder.step.in_(clocks.IDLE_STEPS),
        Reminder.at <= held.touched,
    )
    due = [
        step for step, at in clocks.idle_times(concern.level, held.touched).items() if at <= moment
    ]
    if due:
        session().execute(before)
    for step in due:
        to = reminded_people(step, concern.taken_by or 0, moment)
        _call(concern, step, held.touched, to)
