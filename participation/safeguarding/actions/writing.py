"""How a concern is born and grows: by a sign in a text, by a moderator, as an exercise."""

from typing import Final

from sqlalchemy.exc import IntegrityError

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import FIRST, _, _l, speaking
from participation.kernel.readers import words_of
from participation.kernel.subjects import Subject
from participation.safeguarding import clocks
from participation.safeguarding.actions.lines import subject_of, write_line
from participation.safeguarding.actions.reminding import call
from participation.safeguarding.happenings import (
    ConcernNoted,
    DrillBegun,
    LevelSet,
)
from participation.safeguarding.models import Concern
from participation.safeguarding.queries.concerns import latest_words, open_about
from participation.safeguarding.sealing import (
    Contents,
    seal_contents,
    subject_mark,
)

MOST_TEXT: Final = 4000
MOST_CONTACT: Final = 200
EMPTY: Final = _l("写一句也行，我们才知道怎么帮你")
DRILL_WORDS: Final = "【演练】这是一条演练用的话，不是真的孩子写的。请像真的一样办。"


def note_case(
    subject: Subject,
    *,
    kind: str = "moderation",
    level: int = clocks.UNREAD,
    signs: tuple[str, ...] = (),
    band: str = "",
    about: str = "",
    note: str = "",
) -> Concern:
    """Make a concern of a text that a moderator passed on, or in which a sign of harm was found.

    `note` is what somebody else said about it.

    The words are sealed as they stand at this moment (R53, R54): what the author changes or
    withdraws later, and whoever takes them away after this listener, changes nothing here. While a
    concern about the same subject is open it stays the one: newer words are added to its log, and a
    graver level is taken over.
    """
    words, marked = words_of(subject), _marked(kind, subject)
    known = open_about(marked)
    if known is not None:
        return _added(known, words, level, signs, note)
    contents = Contents(
        text=words, subject=str(subject), signs=signs, band=band, about=about, note=note
    )
    try:
        with session().begin_nested():
            concern = keep_concern(kind, level, contents, subject_mark=subject_mark(marked))
    except IntegrityError:  # somebody else noted it at this very moment
        return _added(_again(marked), words, level, signs, note)
    announce(ConcernNoted(subject=subject_of(concern), about=str(subject)))
    call(concern, "first")
    return concern


def note_report(
    subject: Subject, note: str, *, level: int, signs: tuple[str, ...], band: str, about: str
) -> Concern:
    """Make a concern of published words that a reader reported in words with a sign of harm.

    It is about the published words, so that two officers can find out whose they are: the child in
    danger may be the one who wrote them, or not. So its mark is another than that of her own words:
    she is not told that they are with the officers, and no answer reaches her. `level` is the
    urgency of the note, 3 for what is least.
    """
    with speaking(FIRST):
        told = _("读到这句话的人写道：%(note)s", note=note)
    level = min(level, clocks.UNREAD)
    more = {"band": band, "about": about, "note": told}
    return note_case(subject, kind="report", level=level, signs=signs, **more)


def begin_drill(level: int, by: int | None = None) -> Concern:
    """Make an exercise of this level, which goes the whole road of a real concern (R53)."""
    if level not in clocks.LEVELS:
        raise RuleBroken(_l("级别是 1、2 或 3"), field="level")
    concern = keep_concern("drill", level, Contents(text=DRILL_WORDS))
    announce(DrillBegun(subject=subject_of(concern), by=by, level=level))
    call(concern, "first")
    return concern


def keep_concern(kind: str, level: int, contents: Contents, **marks: bytes | None) -> Concern:
    """Write a concern down, its contents sealed, its clock begun; `marks` are columns of marks."""
    moment = now()
    concern = Concern(
        kind=kind,
        level=level,
        state="new",
        written_at=moment,
        clock_at=moment,
        due_at=clocks.due(level, moment) if level else None,
        **marks,
    )
    seal_contents(concern, contents)
    return concern


def _marked(kind: str, subject: Subject) -> Subject:
    """By what an open concern of this kind about the words is found."""
    return Subject("reported", str(subject)) if kind == "report" else subject


def _again(subject: Subject) -> Concern:
    known = open_about(subject)
    if known is None:
        raise LookupError("the open concern about it is gone")
    return known


def _added(concern: Concern, words: str, level: int, signs: tuple[str, ...], note: str) -> Concern:
    """The same subject once more: keep what is new of it, and the graver level."""
    if words and words != latest_words(concern):
        write_line(concern, "words", None, {"text": words, "signs": list(signs)})
    if note:
        write_line(concern, "note", None, {"text": note})
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
