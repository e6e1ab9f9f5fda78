"""Putting a word on a list and taking it off again; every process knows within ten seconds."""

from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.versions import grow
from participation.kernel.words import tidy
from participation.moderation.wordlist.happenings import WordListed, WordUnlisted, about_word
from participation.moderation.wordlist.models import LISTS, ListedWord
from participation.moderation.wordlist.policies import may_list_words
from participation.moderation.wordlist.queries import MOST_LIVE, VERSION, live_count
from participation.screening.folding import fold

SHORTEST: Final = 2
"""Characters: one alone stands inside too many words."""
TOO_SHORT: Final = _l("至少写两个字，一个字会碰到太多别的词")
THERE_ALREADY: Final = _l("这个词已经在词表里了，先停用原来那条")
TOO_MANY: Final = _l("词表满了：最多 %(most)s 个词。先停用一些不用的。", most=MOST_LIVE)
NO_SUCH_LIST: Final = _l("选一个词表")


def list_word(who: Any, word: str, *, name: str, note: str = "") -> ListedWord:
    """Put `word` on the list `name` (forbidden, suspect, allow), with a note for the colleagues.

    Raises `RuleBroken` on `word` for one that is too short or there already, on `name` for a list
    that isn't one, and when the lists are full.
    """
    may_list_words.require(who, None, now())
    tidied = tidy(word)
    plain = fold(tidied).closed.text
    if name not in LISTS:
        raise RuleBroken(NO_SUCH_LIST, field="name")
    if len(plain) < SHORTEST:
        raise RuleBroken(TOO_SHORT, field="word")
    if live_count() >= MOST_LIVE:
        raise RuleBroken(TOO_MANY, field="word")
    row = ListedWord(
        word=tidied, plain=plain, list=name, note=tidy(note), by=who.person_id, at=now()
    )
    _keep(row)
    grow(VERSION)
    announce(WordListed(subject=about_word(row.id), by=who.person_id, list=name))
    return row


def _keep(row: ListedWord) -> None:
    """Write it, unless the same word holds already."""
    same = select(ListedWord.id).where(ListedWord.plain == row.plain, ListedWord.ended_at.is_(None))
    if session().scalar(same) is not None:
        raise RuleBroken(THERE_ALREADY, field="word")
    try:
        with session().begin_nested():
            session().add(row)
    except IntegrityError as clash:  # somebody else was quicker
        raise RuleBroken(THERE_ALREADY, field="word") from clash


def end_word(who: Any, word_id: int) -> None:
    """Take a word off its list; `Missing` for one that does not hold."""
    may_list_words.require(who, None, now())
    row = session().get(ListedWord, word_id)
    if row is None:
        raise Missing
    ended = (
        update(ListedWord)
        .where(ListedWord.id == word_id, ListedWord.ended_at.is_(None))
        .values(ended_at=now())
        .execution_options(synchronize_session=False)
    )
    if not session().execute(ended).rowcount:  # type: ignore[attr-defined]
        raise Missing
    grow(VERSION)
    announce(WordUnlisted(subject=about_word(word_id), by=who.person_id, list=row.list))
