"""Giving an opinion, changing it until the close, taking it back: the busiest deed of the house.

A first opinion costs one row for the sheet and one for each open answer; nothing is counted here.
Every later change also writes the journal line (− old, + new) from which the tally is kept right.
"""

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, delete, select, update

from participation.accounts.identity import Identity
from participation.consultations import folding
from participation.consultations.actions.looking import ask_first, look_through, written_down
from participation.consultations.actions.words import ESCALATED, put_words, withdraw_words_of
from participation.consultations.codec import SKIPPED, Answer, BadAnswer, Cell, pack
from participation.consultations.happenings import OpinionGiven, OpinionWithdrawn
from participation.consultations.models import AnswerDraft, AnswerSheet, SheetChange
from participation.consultations.policies import may_give_opinion, may_withdraw_opinion
from participation.consultations.queries.answers import Fields, Own, given_fields, key_of, own_in
from participation.consultations.topic import Said, Topic
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint, school_key
from participation.kernel.quick import Quick
from participation.kernel.rows import insert_row, put_row
from participation.moderation.actions import goes_aside

NOTHING_SAID: Final = _l("还没有说呢。点一个、写一句，或者点“我不知道”，都行。")
NEVER_SAID: Final = _l("这件事你还没有说过。")
TRY_AGAIN: Final = _l("刚才没有存好，请再交一次。")
NOT_OFFERED: Final = _l("请从这几个里面选")

_NEW_SHEET = Quick(
    "INSERT INTO consultations_sheets"
    " (consultation_id, participant, school, cell, answers, channel)"
    " VALUES (:consultation, :participant, :school, :cell, :answers, 'web')"
    " ON CONFLICT (consultation_id, participant) DO NOTHING RETURNING id"
)
_NO_DRAFT = Quick(
    "DELETE FROM consultations_drafts"
    " WHERE consultation_id = :consultation AND participant = :participant"
)


def give_opinion(
    who: Identity,
    topic: Topic,
    answers: Sequence[Answer],
    words: Mapping[int, Said],
    *,
    sure: Container[str] | None = None,
) -> bool:
    """Give an opinion, or put it in the place of the earlier one; True when it replaced one.

    `answers` are those of the codec, one for each slot; `words` go by question id. Refuses
    (`NotAllowed`) who may not, `RuleBroken` what says nothing at all, `TooMany` a flood.

    `sure` holds the marks of words that go as they are; others that tell too much raise `AskFirst`.
    None: there is nobody to ask.
    """
    return ready_opinion(who, topic, answers, words, sure=sure).write()


@dataclass(frozen=True, slots=True)
class Ready:
    """An opinion that only waits to be written: `write` says whether it replaced one; `aside` that
    words of it tell of harm, so that the next page is the calm one."""

    write: Callable[[], bool]
    aside: bool


def ready_opinion(
    who: Identity,
    topic: Topic,
    answers: Sequence[Answer],
    words: Mapping[int, Said],
    *,
    sure: Container[str] | None = None,
) -> Ready:
    """All of `give_opinion` that takes thought; the `write` of it does nothing but write.

    With the first statement that writes others begin to wait.
    """
    may_give_opinion.require(who, topic, now())
    if all(answer == SKIPPED for answer in answers) and not any(w.text for w in words.values()):
        raise RuleBroken(NOTHING_SAID)
    participant = key_of(who.person_id, topic.id)
    sheet = _sheet(who, topic, participant, _packed(topic, answers))
    written = {question_id: written_down(said, who) for question_id, said in words.items()}
    if sure is not None:
        ask_first(who, topic, written, sure)

    def write() -> bool:
        folding.enter(topic.id)
        replaced = _put_sheet(topic, sheet)
        if replaced:  # there is one first opinion to a matter: only a later one can be a flood
            _pace("opinion", who, most=40)
        waiting = put_words(who, topic, participant, written, replaced=replaced)
        _NO_DRAFT.all(consultation=topic.id, participant=participant)
        announce(OpinionGiven(subject=topic.subject, replaced=replaced, words=waiting))
        return replaced

    return Ready(write, any(goes_aside(one.hints) for one in written.values()))


def _pace(deed: str, who: Identity, *, most: int) -> None:
    """At most so many of a deed in ten minutes; the person is kept as a fingerprint only."""
    limits.allow(f"{deed}:{fingerprint(deed, str(who.person_id)).hex()}", most=most, seconds=600)


def _packed(topic: Topic, answers: Sequence[Answer]) -> bytes:
    try:
        return pack(topic.layout, answers)
    except BadAnswer as problem:
        asked = [question for question in topic.questions if question.slot == problem.place]
        raise RuleBroken(NOT_OFFERED, field=asked[0].name if asked else "") from problem


def _sheet(who: Identity, topic: Topic, participant: bytes, answers: bytes) -> dict[str, Any]:
    """The sheet as a row."""
    assert topic.space is not None  # noqa: S101 - a published topic has its cells
    return {
        "consultation": topic.id,
        "participant": participant,
        "school": school_key(who.school_id, topic.subject),
        "cell": topic.space.code(Cell(who.band, who.district_id, who.gender, who.school_kind)),
        "answers": answers,
    }


def _put_sheet(topic: Topic, sheet: dict[str, Any]) -> bool:
    """Insert the sheet, or lock the one that is there and change it with a line in the journal."""
    if _NEW_SHEET.value(**sheet) is not None:
        return False
    old = session().execute(_sheet_of(topic.id, sheet["participant"])).one_or_none()
    if old is None:
        raise RuleBroken(TRY_AGAIN)
    new = {name: sheet[name] for name in ("cell", "answers", "school")}
    if (old.cell, old.answers) != (new["cell"], new["answers"]):
        change = update(AnswerSheet).where(AnswerSheet.id == old.id)
        session().execute(change.values(**new))
        _journal(topic.id, old.id, (old.cell, old.answers), (new["cell"], new["answers"]))
    return True


def _sheet_of(consultation_id: int, participant: bytes) -> Select[int, int, bytes]:
    """The statement that finds and, on PostgreSQL, locks a child's sheet."""
    return (
        select(AnswerSheet.id, AnswerSheet.cell, AnswerSheet.answers)
        .where(
            AnswerSheet.consultation_id == consultation_id,
            AnswerSheet.participant == participant,
        )
        .with_for_update()
    )


def _journal(
    consultation_id: int,
    sheet_id: int,
    old: tuple[int, bytes],
    new: tuple[int, bytes] | tuple[None, None],
) -> None:
    insert_row(
        SheetChange,
        {
            "consultation_id": consultation_id,
            "sheet_id": sheet_id,
            "old_cell": old[0],
            "old_answers": old[1],
            "new_cell": new[0],
            "new_answers": new[1],
        },
    )


def save_draft(who: Identity, topic: Topic, fields: Fields, *, by_itself: bool = False) -> None:
    """Keep what she has typed so far; nothing is kept when it says the same as what she gave.

    `by_itself` is a draft that the page sends without being asked. It may come after the words that
    it holds were sent, and those of them that a safeguarding officer has must not stand in a field
    again.
    """
    may_give_opinion.require(who, topic, now())
    _pace("draft", who, most=400)
    participant = key_of(who.person_id, topic.id)
    own = own_in(who, topic)
    if by_itself:
        fields = _without_told(who, topic, own, fields)
    if dict(fields) == given_fields(topic, own):
        _NO_DRAFT.all(consultation=topic.id, participant=participant)
        return
    put_row(
        AnswerDraft,
        {
            "consultation_id": topic.id,
            "participant": participant,
            "fields": json.dumps(dict(fields), ensure_ascii=False, sort_keys=True),
            "saved_at": now(),
        },
        key=("consultation_id", "participant"),
    )


def _without_told(who: Identity, topic: Topic, own: Own, fields: Fields) -> Fields:
    """The fields without texts of harm to questions whose words an officer has already."""
    told = {
        question.name
        for question in topic.words_questions
        if (words := own.words.get(question.id)) and words.reason == ESCALATED
    }
    return {
        name: values
        for name, values in fields.items()
        if name not in told or not any(goes_aside(look_through(each, who)) for each in values)
    }


def withdraw_opinion(who: Identity, topic: Topic) -> None:
    """Take the opinion back until the close (R7): sheet, words and draft go, the tally follows.

    Refuses (`NotAllowed`) after the close, `RuleBroken` where nothing was said, `TooMany` a flood.
    """
    may_withdraw_opinion.require(who, topic, now())
    _pace("opinion", who, most=40)
    participant = key_of(who.person_id, topic.id)
    folding.enter(topic.id)
    old = session().execute(_sheet_of(topic.id, participant)).one_or_none()
    if old is None:
        raise RuleBroken(NEVER_SAID)
    session().execute(delete(AnswerSheet).where(AnswerSheet.id == old.id))
    _journal(topic.id, old.id, (old.cell, old.answers), (None, None))
    withdraw_words_of(topic.id, participant)
    _NO_DRAFT.all(consultation=topic.id, participant=participant)
    announce(OpinionWithdrawn(subject=topic.subject))
