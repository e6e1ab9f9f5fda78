"""What two safeguarding officers have read and found to be no concern: kept as a mark and a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from participation.kernel.database import session
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.subjects import Subject
from participation.moderation.models import Case
from participation.moderation.routing import HARM
from participation.screening import Hint, urgency

URGENT: Final = 2
"""Signs of harm up to this level leave the desk at once; a graver number is less urgent."""


def goes_aside(hints: Sequence[Hint]) -> bool:
    """Does a text with these hints go to a safeguarding officer before anybody reads it here?"""
    return 0 < urgency(hints) <= URGENT


def without_harm(hints: Sequence[Hint]) -> list[Hint]:
    """The hints without the signs of harm that were looked into: they are no open question."""
    return [hint for hint in hints if hint["what"] not in HARM]


def cleared_before(subject: Subject, text: str, hints: Sequence[Hint]) -> date | None:
    """The day on which officers had found no concern in exactly this text of the subject.

    None where they had not, and where there is no sign of harm to be looked into. A text that was
    changed is another one: nobody has read that.
    """
    if not urgency(hints):
        return None
    same = select(Case.cleared_on).where(
        Case.subject_kind == subject.kind,
        Case.subject_id == subject.id,
        Case.cleared == mark_of(subject, text),
    )
    return session().scalar(same.order_by(Case.id.desc()).limit(1))


def clearing(subject: Subject, text: str, cleared_on: date | None) -> dict[str, Any]:
    """The columns of a case whose text was cleared; none for any other."""
    if cleared_on is None:
        return {}
    return {"cleared_on": cleared_on, "cleared": mark_of(subject, text)}


def mark_of(subject: Subject, text: str) -> bytes:
    """The keyed mark of a text, which outlives it where the child takes her words back."""
    return fingerprint("cleared", f"{subject}|{text}")
