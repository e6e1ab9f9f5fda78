"""What a child may read: the answers of the officers to her own messages, and how far they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.safeguarding.models import Concern, LogLine
from participation.safeguarding.sealing import (
    answer_marks,
    fields_of,
    subject_marks,
    writer_marks,
)

MOST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words for a child."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the help door as its writer sees it: never the words, which others may see on
    this screen; `state` is new, seen (somebody is on it) or done."""

    at: datetime
    state: str
    answers: Sequence[Answer]


def message_of(code: str) -> Message | None:
    """The message behind a secret; None where none is."""
    found = select(Concern).where(Concern.answer_mark.in_(answer_marks(code)))
    concern = session().scalars(found.limit(1)).first()
    return _message(concern) if concern else None


def told_concern(concern_id: int) -> Concern | None:
    """The concern whose receipt was shown to whoever wrote it; of it only the clock is told."""
    return session().get(Concern, concern_id)


def messages_of(who: Any) -> list[Message]:
    """The latest messages under which this child put her name, newest first."""
    if not who.person_id:
        return []
    found = select(Concern).where(Concern.writer_mark.in_(writer_marks(who.person_id)))
    newest = found.order_by(Concern.id.desc()).limit(MOST_SHOWN)
    return [_message(one) for one in session().scalars(newest).all()]


def messages_about(subjects: Iterable[Subject]) -> list[Message]:
    """How far the officers are with words of these subjects, newest first.

    Only the room of the words knows whose they are: it asks for those of the child before it.
    """
    marks = [mark for subject in subjects for mark in subject_marks(subject)]
    if not marks:
        return []
    found = select(Concern).where(Concern.subject_mark.in_(marks), Concern.outcome != "released")
    newest = found.order_by(Concern.id.desc()).limit(MOST_SHOWN)
    return [_message(one) for one in session().scalars(newest).all()]


def _message(concern: Concern) -> Message:
    lines = select(LogLine).where(LogLine.concern_id == concern.id, LogLine.kind == "answer")
    answers = [
        Answer(one.at, str(fields_of(one).get("text", "")))
        for one in session().scalars(lines.order_by(LogLine.id))
    ]
    state = {"new": "new", "seen": "new", "done": "done"}.get(concern.state, "seen")
    return Message(concern.written_at, state, answers)
