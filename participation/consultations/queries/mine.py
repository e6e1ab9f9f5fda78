"""What one child said and where it stands: the keys are derived again, nobody else can do it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import joinedload

from participation.consultations.models import (
    AnswerDraft,
    AnswerSheet,
    Consultation,
    Hearing,
    OpenWords,
)
from participation.consultations.topic import subject_of
from participation.kernel.database import session
from participation.kernel.pseudonyms import participant_key

REACH = 500
"""So many of the latest matters are looked through for a child's own."""
PAGE = 10

Keys = dict[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One matter that the child took part in or began to."""

    topic: Consultation
    answered: bool
    drafted: bool
    words: Sequence[OpenWords]

    @property
    def to_mend(self) -> Sequence[OpenWords]:
        """Words that a moderator gave back with a reason, as long as they can be sent again."""
        if self.topic.state == "frozen":
            return []
        return [each for each in self.words if each.standing == "returned"]


@dataclass(frozen=True, slots=True)
class MyPage:
    """The matters of one page, newest first; `older` is the key of the next page or None."""

    matters: Sequence[Mine]
    older: int | None


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of each kind is kept about the child's voice (R40)."""

    sheets: int
    words: int
    drafts: int
    hearings: int


def keys_of(person_id: int, *, below: int = 0) -> Keys:
    """The child's pseudonym in each of the latest matters, by the id of the matter."""
    chosen = select(Consultation.id).where(Consultation.state != "draft")
    if below:
        chosen = chosen.where(Consultation.id < below)
    ids = session().scalars(chosen.order_by(Consultation.id.desc()).limit(REACH))
    return keys_for(person_id, ids)


def keys_for(person_id: int, ids: Iterable[int]) -> Keys:
    """The child's pseudonym in each of these matters."""
    return {each: participant_key(person_id, subject_of(each)) for each in ids}


def _of(
    table: type[AnswerSheet] | type[OpenWords] | type[AnswerDraft] | type[Hearing], keys: Keys
) -> ColumnElement[bool]:
    return tuple_(table.consultation_id, table.participant).in_(list(keys.items()))


def answered_in(keys: Keys) -> set[int]:
    """In which of these matters the child has answered."""
    chosen = select(AnswerSheet.consultation_id).where(_of(AnswerSheet, keys))
    return set(session().scalars(chosen)) if keys else set()


def drafted_in(keys: Keys) -> set[int]:
    """In which of these matters the child has begun and not finished."""
    chosen = select(AnswerDraft.consultation_id).where(_of(AnswerDraft, keys))
    return set(session().scalars(chosen)) if keys else set()


def words_in(keys: Keys) -> dict[int, list[OpenWords]]:
    """The child's own words by matter, without those taken back and those that a safeguarding
    officer has: somebody else may sit at the same tablet."""
    found: dict[int, list[OpenWords]] = defaultdict(list)
    if keys:
        chosen = (
            select(OpenWords).where(_of(OpenWords, keys), _here()).order_by(OpenWords.question_id)
        )
        for words in session().scalars(chosen):
            found[words.consultation_id].append(words)
    return found


def my_page(person_id: int, *, below: int = 0, size: int = PAGE) -> MyPage:
    """One page of the matters that the child took part in or began, with units and own words."""
    keys = keys_of(person_id, below=below)
    answered, drafted, words = answered_in(keys), drafted_in(keys), words_in(keys)
    ids = sorted(answered | drafted | set(words), reverse=True)
    shown = ids[:size]
    found = session().scalars(
        select(Consultation)
        .where(Consultation.id.in_(shown))
        .order_by(Consultation.id.desc())
        .options(joinedload(Consultation.unit))
    )
    matters = [
        Mine(
            topic=topic,
            answered=topic.id in answered,
            drafted=topic.id in drafted,
            words=words.get(topic.id, ()),
        )
        for topic in found
    ]
    return MyPage(matters, shown[-1] if len(ids) > size else None)


def my_amounts(person_id: int) -> Amounts:
    """How many sheets, words, drafts and hearings of the child are kept, as her page shows them."""
    keys = keys_of(person_id)
    if not keys:
        return Amounts(0, 0, 0, 0)
    counts = (
        select(func.count())
        .select_from(table)
        .where(_of(table, keys), *([_here()] if table is OpenWords else ()))
        .scalar_subquery()
        for table in (AnswerSheet, OpenWords, AnswerDraft, Hearing)
    )
    return Amounts(*session().execute(select(*counts)).one())


def _here() -> ColumnElement[bool]:
    """Words that stand here: not those taken back, nor those that a safeguarding officer has."""
    return and_(OpenWords.standing != "withdrawn", OpenWords.reason != "escalated")
