"""A child's open words: sent, changed, mended, withdrawn, and what a moderator's verdict does."""

from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import select, update

from participation.accounts.identity import Identity
from participation.consultations.actions.looking import Written, asks_about, written_down
from participation.consultations.happenings import WordsMended
from participation.consultations.models import Consultation, OpenWords
from participation.consultations.policies import may_mend_words, mending_of
from participation.consultations.queries.answers import key_of
from participation.consultations.topic import LONGEST_WORDS, Said, Topic, words_subject
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.quick import Quick
from participation.kernel.tables import random_key
from participation.kernel.words import tidy
from participation.moderation.actions import goes_aside, open_case, withdraw_case
from participation.screening.asking import AskFirst

MINORITY: Final = "minority"
ESCALATED: Final = "escalated"
"""The reason of words that went to the protection team: not shown, and not the child's fault."""
STILL_EMPTY: Final = _l("写一句你想说的话")
SENT_ALREADY: Final = _l("你已经交过了，有一位老师会看。")
STILL_THE_SAME: Final = _l("先改一改，再交。")
TOO_LONG: Final = _l("有点长了：最多 %(most)s 个字", most=LONGEST_WORDS)

_NEW_WORDS = Quick(
    "INSERT INTO consultations_open_words (id, consultation_id, question_id, participant, band,"
    " district_id, text, may_quote, standing, reason, sentence, minority, turns) VALUES"
    " (:id, :consultation, :question, :participant, :band, :district, :text, :quote,"
    " 'waiting', '', '', :no, 1)"
    " ON CONFLICT (consultation_id, participant, question_id) DO NOTHING RETURNING id"
)
_EDIT = Quick(
    "UPDATE consultations_open_words SET text = :text, may_quote = :quote, standing = :standing,"
    " reason = '', sentence = '', appeal = '', theme_id = NULL, minority = :no,"
    " turns = turns + :more,"
    " band = :band, district_id = :district WHERE id = :id"
)


def put_words(
    who: Identity,
    topic: Topic,
    participant: bytes,
    words: Mapping[int, Written],
    *,
    replaced: bool,
) -> int:
    """Write the words of an opinion; returns how many texts now wait for a moderator.

    The caller holds the child's sheet, so nobody else writes these rows meanwhile.
    """
    waiting = 0
    for question_id, said in words.items():
        if said.text and not replaced and _is_new(who, topic, participant, question_id, said):
            waiting += 1
        elif said.text or replaced:
            waiting += _change(who, topic, participant, question_id, said)
    return waiting


def _is_new(
    who: Identity, topic: Topic, participant: bytes, question_id: int, said: Written
) -> bool:
    """Insert words where the child has none to this question, not even withdrawn ones."""
    words_id = random_key()
    row = {
        "id": words_id,
        "consultation": topic.id,
        "question": question_id,
        "participant": participant,
        "band": who.band,
        "district": who.district_id,
        "text": said.text,
        "quote": said.may_quote,
        "no": False,
    }
    if _NEW_WORDS.value(**row) is None:
        return False
    _ask_moderator(who, topic, question_id, words_id, said, 1)
    return True


def _change(
    who: Identity, topic: Topic, participant: bytes, question_id: int, said: Written
) -> bool:
    """Change what is there already; True when a changed text waits for a moderator again.

    Where a safeguarding officer has the words her form shows an empty field, so that one which
    comes back empty takes nothing back: only taking back the whole opinion does.
    """
    mine = (
        select(OpenWords.id, OpenWords.text, OpenWords.may_quote, OpenWords.standing)
        .add_columns(OpenWords.turns, OpenWords.reason)
        .where(
            OpenWords.consultation_id == topic.id,
            OpenWords.participant == participant,
            OpenWords.question_id == question_id,
        )
    )
    old = session().execute(mine).one_or_none()
    if old is None:
        return bool(said.text) and _is_new(who, topic, participant, question_id, said)
    if not said.text:
        if old.standing != "withdrawn" and old.reason != ESCALATED:
            _withdraw(old.id)
        return False
    if old.standing != "withdrawn" and old.text == said.text:
        if bool(old.may_quote) != said.may_quote:
            quote = update(OpenWords).where(OpenWords.id == old.id)
            session().execute(quote.values(may_quote=said.may_quote))
        return False
    _write(who, old.id, said)
    _ask_moderator(who, topic, question_id, old.id, said, old.turns + 1)
    return True


def _write(who: Identity, words_id: bytes, said: Written) -> None:
    row = {
        "id": words_id,
        "text": said.text,
        "quote": said.may_quote,
        "standing": "waiting",
        "no": False,
        "more": 1,
        "band": who.band,
        "district": who.district_id,
    }
    _EDIT.all(**row)


def _ask_moderator(
    who: Identity, topic: Topic, question_id: int, words_id: bytes, said: Written, turn: int
) -> None:
    open_case(
        words_subject(words_id),
        about=about_of(topic, question_id),
        band=who.band,
        text=said.text,
        hints=said.hints,
        turn=turn,
        choices=marks_of(topic),
        school_id=who.school_id,
        class_id=who.class_id,
    )


@lru_cache(maxsize=512)
def about_of(topic: Topic, question_id: int) -> Mapping[str, str]:
    """The matter and the question in each language in which both are written."""
    asked = next(question for question in topic.questions if question.id == question_id)
    tongues = [name for name in ("zh", "en") if topic.title.get(name) and asked.wording.get(name)]
    return {name: f"{topic.title[name]} · {asked.wording[name]}" for name in tongues}


@lru_cache(maxsize=512)
def marks_of(topic: Topic) -> tuple[dict[str, Any], ...]:
    """The marks that a moderator may put on approved words: a theme, the view of a minority."""
    themes = [{"key": f"theme:{one.id}", "label": dict(one.title)} for one in topic.themes]
    few = {"key": MINORITY, "label": {"zh": "少数人的看法", "en": "The view of a minority"}}
    return (*themes, few)


def _withdraw(words_id: bytes) -> None:
    """Take words back: the text goes, here and from every case, and nobody reads it any more."""
    withdraw_case(words_subject(words_id))
    gone = update(OpenWords).where(OpenWords.id == words_id)
    empty = {"text": "", "may_quote": False, "reason": "", "sentence": "", "appeal": ""}
    session().execute(gone.values(standing="withdrawn", **empty))


def withdraw_words_of(consultation_id: int, participant: bytes) -> None:
    """Take back all words of one child in one consultation."""
    mine = select(OpenWords.id).where(
        OpenWords.consultation_id == consultation_id,
        OpenWords.participant == participant,
        OpenWords.standing != "withdrawn",
    )
    for words_id in session().scalars(mine).all():
        _withdraw(words_id)


def take_back_unread(person_id: int) -> None:
    """Take back what a child said that still waits for a moderator or was returned to her.

    In every matter whose result isn't frozen; what has been published stays. Her pseudonym is
    derived anew for each of them.
    """
    living = select(Consultation.id).where(Consultation.state.in_(("published", "closed")))
    for consultation_id in session().scalars(living.order_by(Consultation.id)).all():
        unread = select(OpenWords.id).where(
            OpenWords.consultation_id == consultation_id,
            OpenWords.participant == key_of(person_id, consultation_id),
            OpenWords.standing.in_(("waiting", "returned")),
        )
        for words_id in session().scalars(unread.order_by(OpenWords.id)).all():
            _withdraw(words_id)


def mend_words(
    who: Identity,
    topic: Topic,
    words: OpenWords,
    said: str,
    *,
    sure: Container[str] | None = None,
) -> bool:
    """Send returned words again after mending them; a moderator reads them once more.

    True where they tell of harm, so that a safeguarding officer reads them instead.

    Refuses (`NotAllowed`) who did not write them and words that were not returned, `RuleBroken`
    on the field `text` what is empty, too long or unchanged. With `sure` (see `ready_opinion`)
    `AskFirst` where they tell too much.
    """
    may_mend_words.require(who, mending_of(topic, words), now())
    mark = fingerprint("mend", str(who.person_id)).hex()
    limits.allow(f"mend:{mark}", most=20, seconds=600)
    new = _mended(tidy(said), words.text)
    turn, written = words.turns + 1, written_down(Said(new, words.may_quote), who)
    asks = {} if sure is None else asks_about({0: written}, sure)
    if asks:
        raise AskFirst(asks)
    send = update(OpenWords).where(OpenWords.id == words.id, OpenWords.turns == words.turns)
    values = {"text": new, "standing": "waiting", "turns": turn}
    values |= {"reason": "", "sentence": "", "appeal": ""}
    if not session().execute(send.values(values)).rowcount:  # type: ignore[attr-defined]
        raise RuleBroken(SENT_ALREADY)
    _ask_moderator(who, topic, words.question_id, words.id, written, turn)
    announce(WordsMended(subject=words_subject(words.id), turn=turn))
    return goes_aside(written.hints)


def _mended(new: str, before: str) -> str:
    if not new:
        raise RuleBroken(STILL_EMPTY, field="text")
    if len(new) > LONGEST_WORDS:
        raise RuleBroken(TOO_LONG, field="text")
    if new == before:
        raise RuleBroken(STILL_THE_SAME, field="text")
    return new
