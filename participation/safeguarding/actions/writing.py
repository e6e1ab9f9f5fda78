"""How a concern is born: at the help door, by a sign in a text, by a moderator, as an exercise."""

from typing import Any, Final

from sqlalchemy.exc import IntegrityError

from participation.accounts.paper import class_name
from participation.accounts.queries import person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import FIRST, _l, speaking
from participation.kernel.readers import words_of
from participation.kernel.subjects import Subject
from participation.safeguarding import clocks
from participation.safeguarding.actions.lines import subject_of, write_line
from participation.safeguarding.actions.reminding import call
from participation.safeguarding.happenings import (
    ComplaintMade,
    ConcernNoted,
    DrillBegun,
    HelpAsked,
    LevelSet,
)
from participation.safeguarding.models import Concern
from participation.safeguarding.queries.concerns import latest_words, open_about
from participation.safeguarding.sealing import (
    Contents,
    answer_mark,
    seal_contents,
    subject_mark,
    writer_mark,
)
from participation.safeguarding.secretcodes import Secret, new_secret

MOST_TEXT: Final = 4000
MOST_CONTACT: Final = 200
WISHES: Final = ("here", "adult", "none")
WHOSE: Final = ("me", "friend")
UNREAD: Final = 2
"""The level of what nobody has read yet: urgent until an officer knows better."""
EMPTY: Final = _l("写一句也行，我们才知道怎么帮你")
NO_ADULT: Final = _l("写一下想请谁来，比如“林老师”。不想写，就选别的办法。")
DRILL_WORDS: Final = "【演练】这是一条演练用的话，不是真的孩子写的。请像真的一样办。"


def ask_for_help(
    who: Any, text: str, contact: str = "", *, wish: str = "", whose: str = ""
) -> Concern:
    """Keep a message of the help door; anyone may write, with or without consent on record.

    A signed-in writer's name and school are sealed with it, so that help can come; of `Nobody`
    nothing is known. `wish` is how to be answered, `whose` about whom it is. Raises `RuleBroken` on
    `text` when there is none, and on `contact` where an adult is wished for and none is named.
    """
    if not text:
        raise RuleBroken(EMPTY, field="text")
    if wish == "adult" and not (contact or who.person_id):
        raise RuleBroken(NO_ADULT, field="contact")
    contents = Contents(
        text=text[:MOST_TEXT],
        contact=contact[:MOST_CONTACT],
        wish=wish if wish in WISHES else "",
        whose=whose if whose in WHOSE else "",
        **_writer(who),
    )
    concern = _kept("help", UNREAD, contents)
    if who.person_id:
        concern.writer_mark = writer_mark(who.person_id)
    announce(HelpAsked(subject=subject_of(concern)))
    call(concern, "first")
    return concern


def promise_answer(concern: Concern) -> Secret:
    """The small secret by which the answer to a message is read; shown once and kept as a mark."""
    secret = new_secret()
    concern.answer_mark = answer_mark(secret.code)
    return secret


def complain(text: str, contact: str = "") -> Concern:
    """Keep a complaint or report (网络保护条例 art. 7); nothing about the writer is kept (R9)."""
    if not text:
        raise RuleBroken(EMPTY, field="text")
    contents = Contents(text=text[:MOST_TEXT], contact=contact[:MOST_CONTACT])
    concern = _kept("complaint", 0, contents)
    announce(ComplaintMade(subject=subject_of(concern)))
    return concern


def note_case(
    subject: Subject,
    *,
    kind: str = "moderation",
    level: int = UNREAD,
    signs: tuple[str, ...] = (),
    band: str = "",
    about: str = "",
) -> Concern:
    """Make a concern of a text that a moderator passed on, or in which a sign of harm was found.

    The words are sealed as they stand at this moment (R53, R54): what the author changes or
    withdraws later, and whoever takes them away after this listener, changes nothing here. While a
    concern about the same subject is open it stays the one: newer words are added to its log, and a
    graver level is taken over.
    """
    words = words_of(subject)
    known = open_about(subject)
    if known is not None:
        return _added(known, words, level, signs)
    contents = Contents(text=words, subject=str(subject), signs=signs, band=band, about=about)
    try:
        with session().begin_nested():
            concern = _kept(kind, level, contents, mark=subject_mark(subject))
    except IntegrityError:  # somebody else noted it at this very moment
        return _added(_again(subject), words, level, signs)
    announce(ConcernNoted(subject=subject_of(concern), about=str(subject)))
    call(concern, "first")
    return concern


def begin_drill(level: int, by: int | None = None) -> Concern:
    """Make an exercise of this level, which goes the whole road of a real concern (R53)."""
    if level not in clocks.LEVELS:
        raise RuleBroken(_l("级别是 1、2 或 3"), field="level")
    concern = _kept("drill", level, Contents(text=DRILL_WORDS))
    announce(DrillBegun(subject=subject_of(concern), by=by, level=level))
    call(concern, "first")
    return concern


def _writer(who: Any) -> dict[str, Any]:
    """Name, school and class of a signed-in writer, in the first language, as they stand now."""
    found = person(who.person_id) if who.person_id else None
    if found is None:
        return {}
    with speaking(FIRST):
        return {
            "person_id": found.id,
            "name": found.legal_name,
            "school_id": found.school_id or 0,
            "school": str(found.school.name) if found.school else "",
            "class_name": class_name(found.school_class) if found.school_class else "",
        }


def _kept(kind: str, level: int, contents: Contents, *, mark: bytes | None = None) -> Concern:
    moment = now()
    concern = Concern(
        kind=kind,
        level=level,
        state="new",
        written_at=moment,
        clock_at=moment,
        due_at=clocks.due(level, moment) if level else None,
        subject_mark=mark,
    )
    seal_contents(concern, contents)
    return concern


def _again(subject: Subject) -> Concern:
    known = open_about(subject)
    if known is None:
        raise LookupError("the open concern about it is gone")
    return known


def _added(concern: Concern, words: str, level: int, signs: tuple[str, ...]) -> Concern:
    """The same subject once more: keep what is new of it, and the graver level."""
    if words and words != latest_words(concern):
        write_line(concern, "words", None, {"text": words, "signs": list(signs)})
    if level < concern.level:
        raise_level(concern, level, by=None)
    return concern


def raise_level(concern: Concern, level: int, *, by: int | None) -> None:
    """Give a concern another level: its clock begins anew, and calls anew while nobody has it."""
    before, moment = concern.level, now()
    concern.level, concern.clock_at = level, moment
    concern.due_at = clocks.due(level, moment)
    write_line(concern, "level", by, {"before": before, "after": level})
    announce(LevelSet(subject=subject_of(concern), by=by, level=level))
    if concern.state in ("new", "seen"):
        call(concern, "first")
