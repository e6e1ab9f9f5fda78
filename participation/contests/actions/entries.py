"""A child's own work: begun, kept, handed in, taken back."""

import secrets
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, select, update

from participation.contests.actions.asking import ask_moderator, school_behind
from participation.contests.actions.authors import add_author, ask_anew, name_author
from participation.contests.actions.files import drop_refused, own_files
from participation.contests.actions.looking import ask_first, hints_in
from participation.contests.actions.standing import set_standing
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords, words_of
from participation.contests.happenings.entries import WorkHandedIn, WorkWithdrawn
from participation.contests.models import AI_USES, Entry
from participation.contests.naming import SHUFFLES, blind_code, entry_subject
from participation.contests.policies.entries import (
    may_begin_work,
    may_change_work,
    may_hand_in,
    may_withdraw_work,
)
from participation.contests.queries.own import Own, beginning, draft_in, own_work
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint, school_key
from participation.kernel.subjects import Subject
from participation.kernel.tables import random_key
from participation.kernel.words import tidy
from participation.media.actions import discard_all
from participation.moderation.actions import goes_aside, withdraw_case

MOST: Final = {"title": 20, "words": 100, "alt": 100, "text": 2000}
"""Characters of each field."""
KEPT: Final = {"title": 40, "words": 200, "alt": 200, "text": 4000}
"""So much of each is kept in a draft, so that nothing is lost that is a little too long."""
ONE_LINE: Final = ("title", "words", "alt")

NO_TITLE: Final = _l("给作品起个名字")
NO_PICTURE: Final = _l("放上你的作品：拍一张，或者选一张")
NO_TEXT: Final = _l("把歌词写在这里")
NO_WORK: Final = _l("放上你的作品：写下来，或者传一张图")
NO_ANSWER: Final = _l("选一个：是自己做的，还是 AI 帮了忙？")
BROKEN: Final = _l("有一个文件用不了，看看写着为什么，再换一个")
MOVED: Final = _l("这个作品刚才变过了。请重新打开这一页。")


@dataclass(frozen=True, slots=True)
class WorkFields:
    """What the form of a work brings: words, how much of AI, and what may be done with it.

    `uses` are ids of the call's uses, `name_form` one of nickname, surname, none.
    """

    words: WorkWords = field(default_factory=WorkWords)
    ai: str = ""
    shown: bool = False
    uses: tuple[int, ...] = ()
    name_form: str = "nickname"


def begin_work(who: Any, found: ShownCall) -> Own:
    """Begin a work, or go on with the draft that there is; with her first deed, never by looking.

    Refuses (`NotAllowed`) whoever may not take part, see `may_begin_work`.
    """
    may_begin_work.require(who, beginning(who, found), now())
    known = draft_in(who, found)
    if known is not None:
        return known
    mark = fingerprint("begin", str(who.person_id)).hex()
    limits.allow(f"begin:{mark}", most=20, seconds=3600)
    entry_id = random_key()
    session().add(
        Entry(
            id=entry_id,
            call_id=found.id,
            code=blind_code(),
            band=who.band,
            district_id=who.district_id,
            school=school_key(who.school_id, found.subject),
            shuffle=secrets.randbelow(SHUFFLES),
        )
    )
    session().flush()
    add_author(who, found, entry_id, lead=True)
    return own_work(who, entry_id.hex())


def save_work(who: Any, own: Own, fields: WorkFields) -> Own:
    """Keep what is written so far. Whoever makes it with her is asked anew where words changed."""
    may_change_work.require(who, own.right, now())
    mark = fingerprint("work", str(who.person_id)).hex()
    limits.allow(f"work:{mark}", most=400, seconds=600)
    entry, words = own.entry, _kept(fields.words)
    if words != words_of(entry):
        ask_anew(own)
    values: dict[str, Any] = {name: getattr(words, name) for name in KEPT}
    values |= {"ai": fields.ai if fields.ai in AI_USES else "", "shown": fields.shown}
    same = update(Entry).where(Entry.id == entry.id, Entry.standing == entry.standing)
    session().execute(same.values(**values, version=Entry.version + 1))
    name_author(who, own.author, fields.name_form)
    own.licence.uses = [one.id for one in own.call.uses if one.id in fields.uses]
    session().flush()
    return own_work(who, entry.id.hex())


def _kept(words: WorkWords) -> WorkWords:
    def kept(name: str) -> str:
        text = tidy(getattr(words, name))
        return (" ".join(text.split()) if name in ONE_LINE else text)[: KEPT[name]]

    return WorkWords(*(kept(name) for name in WorkWords.__slots__))


def hand_in(who: Any, own: Own, *, sure: Container[str] = ()) -> bool:
    """Hand a work in: a moderator sees it as soon as its files are ready.

    True where its words tell of harm and go to the officers at once. Refuses (`NotAllowed`) by
    `may_hand_in`; `RulesBroken` names what is missing; `AskFirst` asks about words that tell too
    much, unless their mark is among `sure`.
    """
    held = session().get(Entry, own.entry.id, with_for_update=True, populate_existing=True)
    if held is None or held.version != own.entry.version:
        raise RuleBroken(MOVED)
    may_hand_in.require(who, own.right, now())
    broken = missing_in(own)
    if broken:
        raise RulesBroken(broken)
    words = words_of(held)
    ask_first(words, who, sure)
    hints = hints_in(words, school_behind(held))
    drop_refused(own)
    at_once = goes_aside(hints) or not own_files(own).wait
    values: dict[str, Any] = {"turns": held.turns + 1, "handed_on": today(), "band": _band_of(own)}
    values |= {"reason": "", "sentence": "", "appeal": "", "code": _fresh_code(held)}
    if not set_standing(held, "waiting" if at_once else "pressing", **values):
        raise RuleBroken(MOVED)
    announce(WorkHandedIn(subject=own.subject, turn=held.turns))
    return at_once and ask_moderator(own.call, held, hints=hints)


def _fresh_code(entry: Entry) -> str:
    """Until then its classmates joined by the code; whoever judges shall not be told it by them."""
    return blind_code() if entry.turns == 0 else entry.code


def _band_of(own: Own) -> str:
    """A work of several is judged among the works of its oldest author."""
    return max(author.band for author in own.authors)


def missing_in(own: Own) -> list[RuleBroken]:
    """What a work still lacks, each with the field to go to."""
    entry, found, files = own.entry, own.call, own_files(own)
    has_picture = any(file.state != "refused" for file in files.pictures)
    lacks: list[tuple[bool, Any, str]] = [
        (bool(files.refused), BROKEN, "files"),
        (found.takes_pictures and not found.takes_text and not has_picture, NO_PICTURE, "files"),
        (found.kind == "lyrics" and not entry.text, NO_TEXT, "text"),
        (found.kind == "free" and not entry.text and not has_picture, NO_WORK, "text"),
        (not entry.title, NO_TITLE, "title"),
        (not entry.ai, NO_ANSWER, "ai"),
    ]
    long = [name for name, most in MOST.items() if len(getattr(entry, name)) > most]
    broken = [RuleBroken(sentence, field=name) for is_so, sentence, name in lacks if is_so]
    return broken + [RuleBroken(_too_long(name), field=name) for name in long]


def _too_long(name: str) -> Any:
    return _l("有点长了：最多 %(most)s 个字", most=MOST[name])


def withdraw_work(who: Any, own: Own) -> None:
    """Take a work back until the outcome: words, files and cases of it go, for all its authors."""
    may_withdraw_work.require(who, own.right, now())
    if not end_work(own.entry):
        raise RuleBroken(MOVED)


def end_work(entry: Entry) -> bool:
    """Nothing stays of a work but an empty row, of a draft not even that. False: it moved on."""
    subject = entry_subject(entry.id)
    discard_all(subject)
    if entry.standing == "draft":
        session().execute(delete(Entry).where(Entry.id == entry.id))
        return True
    withdraw_case(subject)
    names = ("title", "words", "alt", "text", "reason", "sentence", "appeal")
    empty: dict[str, Any] = dict.fromkeys(names, "")
    ended = set_standing(entry, "withdrawn", shown=False, theme_id=None, **empty)
    if ended:
        announce(WorkWithdrawn(subject=subject))
    return ended


def entry_of(subject: Subject) -> Entry | None:
    """The work behind a subject, as it stands in the database; None where it is gone."""
    found = select(Entry).where(Entry.id == bytes.fromhex(subject.id))
    return session().scalar(found.execution_options(populate_existing=True))
