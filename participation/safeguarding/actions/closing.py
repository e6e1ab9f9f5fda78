"""Closing by two officers, giving words back as no concern, and what stays frozen after it."""

from typing import Any, Final

from sqlalchemy import delete

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.safeguarding import clocks
from participation.safeguarding.actions.lines import subject_of, write_line
from participation.safeguarding.actions.working import MOST_ANSWER, MOST_NOTE
from participation.safeguarding.happenings import (
    ChildAnswered,
    ClosingAsked,
    ClosingRefused,
    ConcernDone,
    ConcernReleased,
    ConcernRemoved,
)
from participation.safeguarding.models import Concern, IdentityRequest, LogLine
from participation.safeguarding.policies import (
    may_ask_closing,
    may_confirm_closing,
    may_remove_concern,
)
from participation.safeguarding.queries.concerns import has_line, last_line, latest_words
from participation.safeguarding.queries.officers import fit_officers
from participation.safeguarding.sealing import contents_of

OUTCOMES: Final = ("closed", "released")


def ask_closing(
    who: Any,
    concern: Concern,
    reason: str,
    *,
    outcome: str = "closed",
    no_report: str = "",
    for_child: str = "",
) -> None:
    """Ask that a concern be closed, or that its words go back as no concern (`released`).

    A second officer confirms. One of level 1 or 2 needs a report or, in `no_report`, why none was
    needed; an exercise needs neither. `for_child` says in a child's words what was done and is
    shown to her once it is closed. Raises `RulesBroken` on `reason`, `no_report`, `outcome`.
    """
    may_ask_closing.require(who, concern, now())
    _askable(concern, reason, outcome, no_report)
    concern.state = "closing"
    concern.closing_by, concern.closing_at = who.person_id, now()
    told = {
        "reason": reason[:MOST_NOTE],
        "outcome": outcome,
        "no_report": no_report[:MOST_NOTE],
        "for_child": for_child[:MOST_ANSWER],
    }
    write_line(concern, "closing_asked", who.person_id, told)
    others = tuple(each.id for each in fit_officers() if each.id != who.person_id)
    announce(
        ClosingAsked(
            subject=subject_of(concern), by=who.person_id, to=others, drill=concern.is_drill
        )
    )


def _askable(concern: Concern, reason: str, outcome: str, no_report: str) -> None:
    broken = []
    if concern.state != "taken":
        broken.append(RuleBroken(_l("先接下来办，再请求结束"), field="reason"))
    if not reason:
        broken.append(RuleBroken(_l("写一下为什么可以结束"), field="reason"))
    if outcome not in OUTCOMES or (outcome == "released" and not contents_of(concern).has_subject):
        broken.append(RuleBroken(_l("这一条没有可以还回去的话"), field="outcome"))
    grave = concern.level in (1, 2) and not concern.is_drill
    if grave and not no_report and not has_line(concern, "report"):
        sentence = _l("这一级的事，要么已经报告，要么写清楚为什么不用报告")
        broken.append(RuleBroken(sentence, field="no_report"))
    if broken:
        raise RulesBroken(broken)


def confirm_closing(who: Any, concern: Concern) -> None:
    """A second officer agrees: the concern is closed and frozen for its years.

    Words that were no concern are announced (`ConcernReleased`), so that their room takes them back
    into its queue.
    """
    may_confirm_closing.require(who, concern, now())
    asked = last_line(concern, "closing_asked")
    if asked.get("for_child") and concern.can_be_answered:
        write_line(concern, "answer", concern.closing_by, {"text": asked["for_child"]})
        announce(ChildAnswered(subject=subject_of(concern), by=concern.closing_by))
    moment = now()
    concern.state, concern.outcome = "done", str(asked.get("outcome", "closed"))
    concern.done_by, concern.done_at = who.person_id, moment
    concern.frozen_until = clocks.frozen_until(moment)
    write_line(concern, concern.outcome, who.person_id, {})
    announce(ConcernDone(subject=subject_of(concern), by=who.person_id))
    if concern.outcome == "released":
        _release(concern, who.person_id)


def _release(concern: Concern, by: int) -> None:
    announce(
        ConcernReleased(
            subject=subject_of(concern),
            by=by,
            about=contents_of(concern).subject,
            text=latest_words(concern),
        )
    )


def refuse_closing(who: Any, concern: Concern, reason: str) -> None:
    """A second officer does not agree and says why; the work goes on."""
    may_confirm_closing.require(who, concern, now())
    if not reason:
        raise RuleBroken(_l("写一下为什么还不能结束"), field="refusal")
    concern.state, concern.closing_by, concern.closing_at = "taken", None, None
    write_line(concern, "closing_refused", who.person_id, {"reason": reason[:MOST_NOTE]})
    announce(ClosingRefused(subject=subject_of(concern), by=who.person_id))


def remove_concern(who: Any, concern: Concern) -> None:
    """Take a concern out of the files once its frozen years are over; refused before (R54).

    Nothing else removes one: not the author who withdraws her words, not the erasure of a person.
    """
    may_remove_concern.require(who, concern, now())
    announce(ConcernRemoved(subject=subject_of(concern), by=who.person_id))
    for table in (LogLine, IdentityRequest):
        session().execute(delete(table).where(table.concern_id == concern.id))
    session().delete(concern)
    session().flush()
