"""What one child has said in a consultation: her sheet, her words, her draft.

The pseudonym is derived from the person who asks, so nobody can ask for another child's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from participation.accounts.identity import Identity, Nobody
from participation.consultations.codec import DONT_KNOW, Answer, unpack
from participation.consultations.models import OpenWords
from participation.consultations.topic import Topic, TopicQuestion, subject_of
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.pseudonyms import participant_key
from participation.kernel.quick import Quick

Fields = Mapping[str, list[str]]
"""What a form holds: the values of each field by its name."""

MANY: Final = 10_000
"""Beyond this many others nobody counts on."""

_OWN = Quick(
    "SELECT s.answers, d.fields, d.saved_at, w.id, w.question_id, w.text, w.may_quote, w.standing,"
    " w.reason, w.sentence, w.turns FROM (SELECT 1 AS one) AS asked"
    " LEFT JOIN consultations_sheets AS s"
    " ON s.consultation_id = :consultation AND s.participant = :participant"
    " LEFT JOIN consultations_drafts AS d"
    " ON d.consultation_id = :consultation AND d.participant = :participant"
    " LEFT JOIN consultations_open_words AS w"
    " ON w.consultation_id = :consultation AND w.participant = :participant"
    " AND w.standing <> 'withdrawn' ORDER BY w.question_id"
)
_OTHERS = Quick(
    "SELECT count(*) FROM (SELECT 1 FROM consultations_sheets"
    " WHERE consultation_id = :consultation AND participant <> :participant LIMIT :most) AS others"
)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A child's own words to one question, and where they stand."""

    id: bytes
    question_id: int
    text: str
    may_quote: bool
    standing: str
    reason: str
    sentence: str
    turns: int


@dataclass(frozen=True, slots=True)
class Own:
    """All that one child has in one consultation; nothing at all for anybody else."""

    answers: bytes | None = None
    draft: Fields | None = None
    saved_at: datetime | None = None
    words: Mapping[int, OwnWords] = field(default_factory=dict)

    @property
    def has_given(self) -> bool:
        """Does an opinion of hers count?"""
        return self.answers is not None


NOTHING: Final = Own()


def own_in(who: Identity | Nobody, topic: Topic) -> Own:
    """What this visitor has in this topic, by one statement; none for anybody but a child."""
    if not who.is_child:
        return NOTHING
    rows = _OWN.all(consultation=topic.id, participant=key_of(who.person_id, topic.id))
    answers, fields, saved_at = rows[0][:3]
    return Own(
        answers=answers,
        draft=json.loads(fields) if fields else None,
        saved_at=_moment(saved_at),
        words={row[4]: _own_words(row[3:]) for row in rows if row[3] is not None},
    )


def _moment(stored: datetime | str | None) -> datetime | None:
    """A moment as the driver gives it: PostgreSQL aware, SQLite as a text in UTC."""
    if isinstance(stored, str):
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return stored


def _own_words(row: tuple[Any, ...]) -> OwnWords:
    words_id, question_id, said, may_quote, *standing = row
    return OwnWords(words_id, question_id, said, bool(may_quote), *standing)


def key_of(person_id: int, consultation_id: int) -> bytes:
    """The pseudonym of a person in a consultation."""
    return participant_key(person_id, subject_of(consultation_id))


def own_words(who: Identity | Nobody, words_id: bytes) -> OpenWords:
    """Words that this child wrote; raises `Missing` for those of anybody else."""
    row = session().get(OpenWords, words_id)
    if row is None or not who.is_child or row.standing == "withdrawn":
        raise Missing
    if row.participant != key_of(who.person_id, row.consultation_id):
        raise Missing
    return row


def read_words(words_id: str) -> str:
    """The text behind a words subject as it stands now; empty where it is gone."""
    row = session().get(OpenWords, bytes.fromhex(words_id))
    return row.text if row else ""


def fields_of(topic: Topic, own: Own) -> Fields:
    """What her form shows: the draft where there is one, else what she gave."""
    return own.draft if own.draft is not None else given_fields(topic, own)


def given_fields(topic: Topic, own: Own) -> Fields:
    """What she gave, in the fields of the form."""
    fields: dict[str, list[str]] = {}
    answers = unpack(topic.layout, own.answers) if own.answers is not None else ()
    for question in topic.questions:
        if question.slot is not None and answers:
            said = answers[question.slot]
            if said:
                fields[question.name] = _values(said)
        elif question.id in own.words and own.words[question.id].text:
            words = own.words[question.id]
            fields[question.name] = [words.text]
            if words.may_quote:
                fields[question.quote] = ["y"]
    return fields


def _values(said: Answer) -> list[str]:
    if said == DONT_KNOW:
        return ["dk"]
    return [str(said)] if isinstance(said, int) else [str(option) for option in said]


def others_in(who: Identity, topic: Topic) -> int:
    """How many others gave an opinion, rounded down so that nobody can be told from the next.

    0 below ten (R70), then in fives (R74), in hundreds from a thousand, and `MANY` for all above.
    """
    key = key_of(who.person_id, topic.id)
    count = int(_OTHERS.value(consultation=topic.id, participant=key, most=MANY))
    if count < 10:
        return 0
    return count - count % (100 if count >= 1000 else 5)


def said_in(topic: Topic, own: Own) -> list[tuple[TopicQuestion, Answer | OwnWords]]:
    """Her questions with what she said to each, in order; what she skipped is left out, and what a
    safeguarding officer has: somebody else may sit at the same tablet."""
    answers = unpack(topic.layout, own.answers) if own.answers is not None else ()
    said: list[tuple[TopicQuestion, Answer | OwnWords]] = []
    for question in topic.questions:
        if question.slot is None:
            if question.id in own.words and own.words[question.id].reason != "escalated":
                said.append((question, own.words[question.id]))
        elif answers and answers[question.slot]:
            said.append((question, answers[question.slot]))
    return said
