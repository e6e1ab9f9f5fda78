"""Taking a verdict back within minutes, as long as nobody has acted on it since."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import update

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.subjects import Subject
from participation.moderation.actions.clearing import without_harm
from participation.moderation.actions.holding import GONE, LEASE
from participation.moderation.actions.opening import drop_originals
from participation.moderation.actions.sealing import original_of
from participation.moderation.happenings import CaseReopened
from participation.moderation.models import Case, Verdict
from participation.moderation.policies import may_judge
from participation.moderation.queries.cases import last_verdict
from participation.moderation.queries.lately import given_on
from participation.moderation.redaction import Span
from participation.moderation.standing import UNDONE
from participation.moderation.undoing import against
from participation.moderation.wordlist.queries import current_lists
from participation.screening import screen

LATE: Final = timedelta(days=10)
"""So long before now a text that was late is put when its verdict is undone: it stays late."""


def undo(who: Person, case_id: int) -> Case:
    """Take back one's own verdict within ten minutes: the text waits again, held by `who`, with
    what she had chosen (`Case.draft`).

    Of new texts, texts that came again, appeals and reports alike. What went to a safeguarding
    officer stays with her. Raises `RuleBroken` with the reason (`undoing.AGAINST`) when it is too
    late, or when the child or a reader went on meanwhile.
    """
    may_judge.require(who, None, now())
    case, row = session().get(Case, case_id), last_verdict(case_id)
    if case is None or row is None or row.by != who.id:
        raise Missing
    refusal = against(given_on(case, row), now())
    if refusal is not None:
        raise RuleBroken(refusal)
    original, places = original_of(case)
    _reopen(case, who, row, original, places)
    session().add(
        Verdict(case_id=case.id, before=row.verdict, verdict=UNDONE, marks=[], by=who.id, at=now())
    )
    session().flush()
    _tell(case, row, original)
    return case


def _tell(case: Case, row: Verdict, restored: str) -> None:
    """What was told of the case before it stands again: the answer to an appeal took its place."""
    earlier = last_verdict(case.earlier_id) if case.earlier_id else None
    announce(
        CaseReopened(
            subject=Subject(case.subject_kind, case.subject_id),
            by=row.by,
            case_id=case.id,
            kind=case.kind,
            before=row.verdict,
            text=restored,
            earlier=earlier.verdict if earlier else "",
            reason=earlier.reasons.split(",")[0] if earlier else "",
            sentence=earlier.sentence if earlier else "",
        )
    )


def _reopen(case: Case, who: Person, row: Verdict, original: str, places: Sequence[Span]) -> None:
    """Let it wait again; the minute at which it came is gone, but not whether it was late."""
    values: dict[str, Any] = {"state": "waiting", "ended_at": None, "version": case.version + 1}
    values |= {
        "opened_at": now() - LATE if row.in_time is False else now(),
        "held_by": who.id,
        "held_until": now() + LEASE,
        "draft": _draft(row, places),
    }
    if original:
        hints = screen(original, lists=current_lists())
        values |= {"text": original, "hints": without_harm(hints) if case.cleared_on else hints}
        drop_originals([case.id])
    same = update(Case).where(Case.id == case.id, Case.version == case.version)
    if session().execute(same.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken(GONE)
    session().refresh(case)


def _draft(row: Verdict, places: Sequence[Span]) -> dict[str, Any]:
    """What had been chosen, for the form."""
    return {
        "verdict": row.verdict,
        "reasons": [code for code in row.reasons.split(",") if code],
        "sentence": row.sentence,
        "marks": list(row.marks),
        "places": [list(place) for place in places],
    }
