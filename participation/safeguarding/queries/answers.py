"""What a child may read: the answers of the officers to what she told, and how far they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.kernel.writings import written_by
from participation.safeguarding.models import Concern, LogLine
from participation.safeguarding.queries.concerns import UNSEEN
from participation.safeguarding.sealing import (
    answer_marks,
    fields_of,
    subject_marks,
    writer_marks,
)

MOST_SHOWN: Final = 10
OF_WORDS: Final = ("sign", "moderation")
"""The kinds of concerns that were words elsewhere first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words for a child."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a child told, as she sees it: never the words, which others may see on this screen.

    `state` is new, seen (somebody is on it) or done; `passed_on` says that it was words in a matter
    which came to the officers; `unread` counts the answers that she has not said she read; `by` is
    when somebody has seen it at the latest, as long as nobody has and the moment lies ahead.
    """

    at: datetime
    state: str
    answers: Sequence[Answer]
    passed_on: bool = False
    unread: int = 0
    by: datetime | None = None


def message_of(code: str) -> Message | None:
    """The message behind a secret; None where none is."""
    found = select(Concern).where(Concern.answer_mark.in_(answer_marks(code)))
    return next(iter(_messages(session().scalars(found.limit(1)).all())), None)


def told_concern(concern_id: int) -> Concern | None:
    """The concern whose receipt was shown to whoever wrote it; of it only the clock is told."""
    return session().get(Concern, concern_id)


def messages_of(who: Any) -> list[Message]:
    """All that this child told and that still counts, newest first (`answered_concerns`)."""
    return _messages(answered_concerns(who))


def unread_count(who: Any) -> int:
    """How many answers wait for this child that she has not said she read."""
    concerns = answered_concerns(who)
    if not concerns:
        return 0
    counts = select(LogLine.concern_id, func.count()).where(*_answers_to(concerns))
    rows = session().execute(counts.group_by(LogLine.concern_id))
    found = {concern_id: count for concern_id, count in rows}  # noqa: C416 - rows, not pairs
    return sum(max(0, found.get(one.id, 0) - one.answers_read) for one in concerns)


def answered_concerns(who: Any) -> list[Concern]:
    """The latest ten concerns whose answers are this child's to read, newest first.

    Under which she put her name, and those about words of hers that somebody answered (R53, R54):
    also after she changed or took back the words, and after the matter closed. Before there is an
    answer nothing says that words of hers are with the officers: the page is one tap away for
    whoever sits at the same tablet.
    """
    if not who.person_id:
        return []
    own: list[ColumnElement[bool]] = [Concern.writer_mark.in_(writer_marks(who.person_id))]
    if written := written_by(who.person_id):
        own.append(and_(Concern.subject_mark.in_(_marks(written)), _is_answered()))
    return list(session().scalars(_latest().where(or_(*own))))


def messages_about(subjects: Iterable[Subject]) -> list[Message]:
    """How far the officers are with words of these subjects, newest first.

    Only the room of the words knows whose they are: it asks for those of the child before it.
    """
    marks = _marks(subjects)
    if not marks:
        return []
    found = _latest().where(Concern.subject_mark.in_(marks), Concern.outcome != "released")
    return _messages(session().scalars(found).all())


def answer_lines(concerns: Sequence[Concern]) -> Mapping[int, Sequence[LogLine]]:
    """The lines of the log that answer the child, oldest first, by the id of the concern."""
    lines: dict[int, list[LogLine]] = defaultdict(list)
    if concerns:
        found = select(LogLine).where(*_answers_to(concerns)).order_by(LogLine.id)
        for line in session().scalars(found):
            lines[line.concern_id].append(line)
    return lines


def _marks(subjects: Iterable[Subject]) -> list[bytes]:
    return [mark for subject in subjects for mark in subject_marks(subject)]


def _is_answered() -> ColumnElement[bool]:
    answers = select(LogLine.id).where(LogLine.concern_id == Concern.id, LogLine.kind == "answer")
    return answers.exists()


def _latest() -> Select[Concern]:
    shown = or_(Concern.outcome != "released", _is_answered())
    return select(Concern).where(shown).order_by(Concern.id.desc()).limit(MOST_SHOWN)


def _answers_to(concerns: Sequence[Concern]) -> tuple[Any, ...]:
    return LogLine.concern_id.in_([one.id for one in concerns]), LogLine.kind == "answer"


def _messages(concerns: Sequence[Concern]) -> list[Message]:
    lines = answer_lines(concerns)
    return [_message(concern, lines.get(concern.id, ())) for concern in concerns]


def _message(concern: Concern, lines: Sequence[LogLine]) -> Message:
    waits = concern.state in UNSEEN
    return Message(
        concern.written_at,
        "new" if waits else "done" if concern.state == "done" else "seen",
        [Answer(one.at, str(fields_of(one).get("text", ""))) for one in lines],
        passed_on=concern.kind in OF_WORDS,
        unread=max(0, len(lines) - concern.answers_read),
        by=concern.due_at if waits and concern.due_at and concern.due_at > now() else None,
    )
