"""A reader says something against a published text: it comes to the desk once more (R9, R58)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.moderation.actions.opening import wait
from participation.moderation.happenings import CaseOpened, TextReported
from participation.moderation.models import OWN, Case, Report
from participation.moderation.policies import may_judge
from participation.moderation.queries.cases import is_newest, own_decided_case
from participation.moderation.reasons import REPORTS
from participation.moderation.routing import HARM
from participation.screening import screen, urgency

MOST_NOTE: Final = 400
OTHER: Final = "other"
"""The reason of a report that gives none, where its note can't wait."""


def report_text(
    subject: Subject,
    *,
    about: Mapping[str, str],
    band: str,
    text: str,
    reason: str,
    note: str = "",
    choices: Sequence[Mapping[str, Any]] = (),
) -> bool:
    """Bring a published text back to the desk, also when a moderator approved it or kept it before.

    The room of the text has made sure that it is published. `reason` is a code of
    `reasons.REPORTS`, `note` the reader's own words (≤ 400 characters). Nothing is kept of the
    reader (R9). Readers of the same text add to one case while it waits. Raises `RuleBroken` on
    `reason`.

    A note with any sign of harm is not kept here: it is announced once, for the officers, and then
    a reason is not asked for either. Returns whether that happened. A moderator's own second
    thoughts go no such way: she passes a text on by her verdict.
    """
    found = [] if reason == OWN else screen(note[:MOST_NOTE])
    level = urgency(found)
    if level and reason not in REPORTS:
        reason = OTHER
    if reason not in REPORTS and reason != OWN:
        raise RuleBroken(_l("选一个，哪里不对"), field="reason")
    case = _waiting(subject) or _opened(subject, about, band, text, choices)
    kept = "" if level else note[:MOST_NOTE]
    session().add(Report(case_id=case.id, reason=reason, note=kept, at=start_of(today())))
    session().flush()
    announce(
        TextReported(
            subject=subject,
            reason=reason,
            level=level,
            signs=tuple(sorted({hint["what"] for hint in found} & HARM)),
            note=note[:MOST_NOTE] if level else "",
            band=band,
            about=about.get("zh", ""),
        )
    )
    return bool(level)


def look_again(who: Person, case_id: int, note: str = "") -> None:
    """A moderator has second thoughts about a text that she let through: it comes back to the desk.

    For when it is too late to undo. `Missing` for a case of somebody else or of long ago,
    `RuleBroken` where it was not approved, or where the child went on since.
    """
    may_judge.require(who, None, now())
    case = own_decided_case(who.id, case_id)
    if case is None:
        raise Missing
    if case.state != "approved" or case.kind == "gold" or not is_newest(case):
        raise RuleBroken(_l("这条现在没有可以再看的：没有通过，或者已经有了新的。"))
    report_text(
        Subject(case.subject_kind, case.subject_id),
        about=case.matter,
        band=case.band,
        text=case.text,
        reason=OWN,
        note=note,
        choices=case.choices,
    )


def _of(subject: Subject) -> tuple[Any, ...]:
    return (Case.subject_kind == subject.kind, Case.subject_id == subject.id)


def _waiting(subject: Subject) -> Case | None:
    waits = select(Case).where(*_of(subject), Case.state == "waiting", Case.kind == "report")
    return session().scalar(waits.limit(1))


def _opened(
    subject: Subject,
    about: Mapping[str, str],
    band: str,
    text: str,
    choices: Sequence[Mapping[str, Any]],
) -> Case:
    newest = select(Case).where(*_of(subject), Case.state != "waiting").order_by(Case.id.desc())
    earlier = session().scalar(newest.limit(1))
    case = wait(
        "report",
        subject,
        about=about,
        band=band,
        text=text,
        queue="reports",
        school=earlier.school if earlier else None,
        earlier_id=earlier.id if earlier else None,
        turn=earlier.turn if earlier else 1,
        choices=[dict(choice) for choice in choices],
    )
    announce(CaseOpened(subject=subject, turn=case.turn))
    return case
