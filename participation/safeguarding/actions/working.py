"""What one officer does to a concern: open it, take it, note, set the level, answer the child."""

from typing import Any, Final

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.safeguarding import clocks
from participation.safeguarding.actions.lines import hold, note_reading, subject_of, write_line
from participation.safeguarding.actions.writing import raise_level
from participation.safeguarding.happenings import (
    ChildAnswered,
    ConcernDone,
    ConcernLogged,
    ConcernSeen,
    ConcernTaken,
    ConcernTakenOver,
)
from participation.safeguarding.models import Concern
from participation.safeguarding.policies import (
    may_finish_complaint,
    may_read_concern,
    may_work_on_concern,
)

MOST_NOTE: Final = 4000
MOST_ANSWER: Final = 1000
MOST_WHY: Final = 400
SEE_FIRST: Final = _l("先打开看，再写")
STILL_EMPTY: Final = _l("这里还空着")


def read_concern(who: Any, concern: Concern) -> Concern:
    """Open a concern's words; every reading goes on record, the first one marks it as seen."""
    may_read_concern.require(who, concern, now())
    if concern.state == "new":
        concern.state = "seen"
        concern.seen_by, concern.seen_at = who.person_id, now()
    note_reading(concern, who.person_id)
    announce(ConcernSeen(subject=subject_of(concern), by=who.person_id))
    session().flush()
    return concern


def take_concern(who: Any, concern: Concern) -> Concern:
    """ "I am on it": the clock calls nobody any more. Refused where another officer has it."""
    hold(concern)
    may_work_on_concern.require(who, concern, now())
    if concern.taken_by == who.person_id:
        raise RuleBroken(_l("这一条已经在你手里了"))
    if concern.taken_by is not None:
        raise RuleBroken(_l("已经有另一位老师接手了，先看看是谁"))
    _give(concern, who.person_id)
    announce(ConcernTaken(subject=subject_of(concern), by=who.person_id))
    session().flush()
    return concern


def take_over(who: Any, concern: Concern, reason: str, *, holder: int) -> Concern:
    """Take a concern out of another officer's hands, who gets a letter.

    `holder` is whom the page named: where it is somebody else by now, nothing is changed, so that
    two can't both take it. Raises `RuleBroken` on `reason` without one.
    """
    hold(concern)
    may_work_on_concern.require(who, concern, now())
    before = concern.taken_by
    if before is None or before != holder or before == who.person_id:
        raise RuleBroken(_l("现在不在那位老师手里了，再看一下是谁在办"), field="reason")
    if not reason:
        raise RuleBroken(_l("写一句为什么换你来办"), field="reason")
    _give(concern, who.person_id)
    told = {"reason": reason[:MOST_WHY], "before": before}
    write_line(concern, "taken_over", who.person_id, told)
    announce(
        ConcernTakenOver(
            subject=subject_of(concern), by=who.person_id, before=before, drill=concern.is_drill
        )
    )
    session().flush()
    return concern


def _give(concern: Concern, person_id: int) -> None:
    """Put a concern into somebody's hands; the clock keeps the moment of the first."""
    moment = now()
    concern.taken_by, concern.held_at = person_id, moment
    concern.taken_at = concern.taken_at or moment
    if concern.state in ("new", "seen"):
        concern.state = "taken"


def note_concern(who: Any, concern: Concern, note: str) -> None:
    """Add a note to the log: what was seen, done, agreed. Nothing in the log is ever changed."""
    may_work_on_concern.require(who, concern, now())
    _written(concern, note, "note")
    write_line(concern, "note", who.person_id, {"text": note[:MOST_NOTE]})
    announce(ConcernLogged(subject=subject_of(concern), by=who.person_id))


def set_level(who: Any, concern: Concern, level: int) -> None:
    """Give a concern another level: 1 danger now, 2 urgent, 3 serious."""
    may_work_on_concern.require(who, concern, now())
    if level not in clocks.LEVELS:
        raise RuleBroken(_l("选一个级别"), field="level")
    if level == concern.level:
        raise RuleBroken(_l("现在就是这个级别"), field="level")
    raise_level(concern, level, by=who.person_id)


def answer_child(who: Any, concern: Concern, words: str) -> None:
    """Answer in words for a child: she reads it by her secret, on her own page, or beside the words
    that were passed on. Refused where there is no such way.
    """
    may_work_on_concern.require(who, concern, now())
    if not concern.can_be_answered:
        raise RuleBroken(_l("这个孩子没有留下看回信的办法"), field="answer")
    _written(concern, words, "answer")
    write_line(concern, "answer", who.person_id, {"text": words[:MOST_ANSWER]})
    announce(ChildAnswered(subject=subject_of(concern), by=who.person_id))


def finish_complaint(who: Any, concern: Concern, note: str) -> None:
    """Say how a complaint was dealt with. Raises `RuleBroken` on `note` when nothing says how."""
    may_finish_complaint.require(who, concern, now())
    if not note:
        raise RuleBroken(_l("写一句是怎么办的，再办完"), field="note")
    if concern.state == "new":
        raise RuleBroken(_l("先打开看，再办完"), field="note")
    write_line(concern, "closed", who.person_id, {"text": note[:MOST_NOTE]})
    concern.state, concern.outcome = "done", "closed"
    concern.done_by, concern.done_at = who.person_id, now()
    announce(ConcernDone(subject=subject_of(concern), by=who.person_id))
    session().flush()


def note_complaint(who: Any, concern: Concern, note: str) -> None:
    """Write down what is being done about a complaint."""
    may_finish_complaint.require(who, concern, now())
    _written(concern, note, "note", seen=False)
    write_line(concern, "note", who.person_id, {"text": note[:MOST_NOTE]})
    announce(ConcernLogged(subject=subject_of(concern), by=who.person_id))


def _written(concern: Concern, words: str, field: str, *, seen: bool = True) -> None:
    if not words:
        raise RuleBroken(STILL_EMPTY, field=field)
    if seen and concern.state == "new":
        raise RuleBroken(SEE_FIRST, field=field)
