"""Closing by two officers, giving words back as no concern, and what stays frozen after it."""

from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.safeguarding import clocks
from participation.safeguarding.actions.lines import hold, subject_of, write_line
from participation.safeguarding.actions.reminding import call
from participation.safeguarding.actions.working import MOST_ANSWER, MOST_NOTE, SEE_FIRST
from participation.safeguarding.happenings import (
    ChildAnswered,
    ClosingAsked,
    ClosingRefused,
    ClosingWithdrawn,
    ConcernDone,
    ConcernReleased,
    ConcernRemoved,
    ConcernReopened,
)
from participation.safeguarding.models import Concern, Emergency, IdentityRequest, LogLine, Reminder
from participation.safeguarding.policies import (
    may_ask_closing,
    may_confirm_closing,
    may_remove_concern,
    may_reopen_concern,
    may_withdraw_closing,
)
from participation.safeguarding.queries.concerns import has_line, has_read, last_line, latest_words
from participation.safeguarding.queries.emergencies import unjudged_of
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

    Only who has opened it asks; a second officer, who has opened it too, confirms. One of level 1
    or 2 needs a report or, in `no_report`, why none was needed; an exercise neither. `for_child`
    says in a child's words what was done and is shown to her once it is closed. Raises
    `RulesBroken` on `reason`, `no_report`, `outcome`.
    """
    hold(concern)
    may_ask_closing.require(who, concern, now())
    _askable(who, concern, reason, outcome, no_report)
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


def _askable(who: Any, concern: Concern, reason: str, outcome: str, no_report: str) -> None:
    broken = []
    if not has_read(concern, who.person_id):
        broken.append(RuleBroken(_l("先打开看，再请求结束"), field="reason"))
    if concern.state != "taken":
        broken.append(RuleBroken(_l("先接下来办，再请求结束"), field="reason"))
    if not reason:
        broken.append(RuleBroken(_l("写一下为什么可以结束"), field="reason"))
    if outcome not in OUTCOMES or (outcome == "released" and not _is_releasable(concern)):
        broken.append(RuleBroken(_l("这一条没有可以还回去的话"), field="outcome"))
    grave = concern.level in (1, 2) and not concern.is_drill
    if grave and not no_report and not has_line(concern, "report"):
        sentence = _l("这一级的事，要么已经报告，要么写清楚为什么不用报告")
        broken.append(RuleBroken(sentence, field="no_report"))
    if broken:
        raise RulesBroken(broken)


def _is_releasable(concern: Concern) -> bool:
    """Did the words come from the desk, and were they not given back already?"""
    taken_away = concern.kind != "report" and contents_of(concern).has_subject
    return taken_away and not has_line(concern, "released")


def confirm_closing(who: Any, concern: Concern) -> None:
    """A second officer agrees: the concern is closed and frozen for its years.

    She has opened it since she was asked. A concern that was closed before, and opened again, stays
    frozen at least as long as was told then.

    Words that were no concern are announced (`ConcernReleased`), so that their room takes them back
    into its queue.
    """
    hold(concern)
    may_confirm_closing.require(who, concern, now())
    _seen_now(who, concern)
    asked = last_line(concern, "closing_asked")
    if asked.get("for_child") and concern.can_be_answered:
        write_line(concern, "answer", concern.closing_by, {"text": asked["for_child"]})
        announce(ChildAnswered(subject=subject_of(concern), by=concern.closing_by))
    moment = now()
    concern.state, concern.outcome = "done", str(asked.get("outcome", "closed"))
    concern.done_by, concern.done_at = who.person_id, moment
    concern.frozen_until = max(concern.frozen_until or moment, clocks.frozen_until(moment))
    write_line(concern, concern.outcome, who.person_id, {})
    announce(ConcernDone(subject=subject_of(concern), by=who.person_id))
    if concern.outcome == "released":
        _release(concern, who.person_id)


def _seen_now(who: Any, concern: Concern) -> None:
    if not has_read(concern, who.person_id, concern.closing_at):
        raise RuleBroken(_l("先打开看，再决定"), field="refusal")


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
    """A second officer, who has opened it, does not agree and says why; the first gets a letter."""
    hold(concern)
    may_confirm_closing.require(who, concern, now())
    _seen_now(who, concern)
    if not reason:
        raise RuleBroken(_l("写一下为什么还不能结束"), field="refusal")
    asker = concern.closing_by
    _go_on(concern)
    write_line(concern, "closing_refused", who.person_id, {"reason": reason[:MOST_NOTE]})
    announce(
        ClosingRefused(
            subject=subject_of(concern),
            by=who.person_id,
            to=(asker,) if asker else (),
            drill=concern.is_drill,
        )
    )


def withdraw_closing(who: Any, concern: Concern) -> None:
    """Whoever asked that it be closed takes that back; the work goes on."""
    hold(concern)
    may_withdraw_closing.require(who, concern, now())
    _go_on(concern)
    write_line(concern, "closing_withdrawn", who.person_id, {})
    announce(ClosingWithdrawn(subject=subject_of(concern), by=who.person_id))


def _go_on(concern: Concern) -> None:
    concern.state, concern.closing_by, concern.closing_at = "taken", None, None


def reopen_concern(who: Any, concern: Concern, reason: str) -> None:
    """Open again what was closed by mistake: level kept, clock and calls begin anew, nobody has it.

    Its evidence stays frozen until the day that was told, and can't be removed while it is open.
    Raises `RuleBroken` on `reopen` without a reason, and where the same words have an open concern.
    """
    hold(concern)
    may_reopen_concern.require(who, concern, now())
    if not has_read(concern, who.person_id):
        raise RuleBroken(SEE_FIRST, field="reopen")
    if not reason:
        raise RuleBroken(_l("写一下为什么要重新打开"), field="reopen")
    _open_again(concern)
    write_line(concern, "reopened", who.person_id, {"reason": reason[:MOST_NOTE]})
    announce(ConcernReopened(subject=subject_of(concern), by=who.person_id))
    session().execute(delete(Reminder).where(Reminder.concern_id == concern.id))
    call(concern, "first")


def _open_again(concern: Concern) -> None:
    moment = now()
    concern.clock_at, concern.due_at = moment, clocks.due(concern.level, moment)
    concern.taken_by = concern.taken_at = concern.held_at = None
    concern.closing_by = concern.closing_at = concern.done_by = concern.done_at = None
    concern.outcome = ""
    try:
        with session().begin_nested():
            concern.state = "seen"
    except IntegrityError as problem:
        sentence = _l("同一段话已经有另一条在办，请写到那一条里")
        raise RuleBroken(sentence, field="reopen") from problem


def remove_concern(who: Any, concern: Concern) -> None:
    """Take a concern out of the files once its frozen years are over; refused before (R54).

    Nothing else removes one: not the author who withdraws her words, not the erasure of a person.
    """
    may_remove_concern.require(who, concern, now())
    if unjudged_of(concern):
        raise RuleBroken(_l("有人单独查过是谁，负责人还没有写判断，不能删"))
    announce(ConcernRemoved(subject=subject_of(concern), by=who.person_id))
    for table in (LogLine, IdentityRequest, Emergency):
        session().execute(delete(table).where(table.concern_id == concern.id))
    session().delete(concern)
    session().flush()
