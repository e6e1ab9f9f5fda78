"""The calls of a concern's clock: the officer, again, the stand-in, the head; each exactly once."""

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.rows import insert_once
from participation.safeguarding import clocks
from participation.safeguarding.actions.lines import subject_of
from participation.safeguarding.happenings import ConcernWaits
from participation.safeguarding.models import Concern, Reminder
from participation.safeguarding.queries.concerns import untaken
from participation.safeguarding.queries.duty import called_people


def call(concern: Concern, step: str) -> None:
    """Call for an officer, unless this step of this level has called already."""
    moment = now()
    row = {"concern_id": concern.id, "level": concern.level, "step": step, "at": moment}
    if not insert_once(Reminder, row):
        return
    announce(
        ConcernWaits(
            subject=subject_of(concern),
            level=concern.level,
            step=step,
            clock=concern.clock_at.isoformat(),
            drill=concern.is_drill,
            to=tuple(each.id for each in called_people(step, moment)),
        )
    )


def remind_untaken() -> None:
    """The timed deed: every call that is due of every concern that nobody has taken.

    By day and by night: what R60 keeps away at night are notices to children.
    """
    moment = now()
    for concern in untaken():
        if concern.due_at is None:
            continue
        for step in clocks.steps_due(concern.level, concern.clock_at, concern.due_at, moment):
            call(concern, step)
