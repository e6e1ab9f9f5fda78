"""What becomes of a child's words by a moderator's verdict, a reader's report or her own appeal."""

from typing import Any, Final

from sqlalchemy import select, update

from participation.accounts.identity import Identity
from participation.consultations.actions.refreshing import refresh_page
from participation.consultations.actions.words import ESCALATED, about_of, marks_of
from participation.consultations.happenings import (
    WordsAsideSet,
    WordsPublished,
    WordsRefused,
    WordsReturned,
    WordsWaitAgain,
)
from participation.consultations.models import OpenWords, Result, Theme
from participation.consultations.policies import may_appeal_words, mending_of
from participation.consultations.queries import topic as topic_of
from participation.consultations.topic import Topic, subject_of, words_subject
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.subjects import Subject
from participation.moderation.actions import appeal, open_case, report_text
from participation.moderation.happenings import CaseReopened

MINORITY: Final = "minority"

QUOTED: Final = _l("这段话已经写进给决策单位的汇总了，不能撤销。想想不对，可以请人再看一次。")
MOVED_ON: Final = _l("这段话已经有了新的，不能撤销了。")

BEFORE: Final = {
    "text": ("waiting",),
    "report": ("published",),
    "appeal": ("returned", "refused"),
}
"""Where words stand while a case of each kind about them waits."""


def publish_words(subject: Subject, marks: tuple[str, ...], by: int | None, **more: Any) -> None:
    """Approved: the words may be shown where the child allowed it, under their marks.

    `more` are `kind` of the case (text), `sentence` for the child and `text` with places blacked
    out, empty where there are none.
    """
    kind, text = more.get("kind", "text"), more.get("text", "")
    values = {"minority": MINORITY in marks, "theme_id": _theme_of(subject, marks), "reason": ""}
    values |= {"sentence": more.get("sentence", ""), "appeal": _granted(kind)}
    if text:
        values["text"] = text
    if _judge(subject, kind, "published", **values):
        announce(WordsPublished(subject=subject, by=by))


def return_words(
    subject: Subject, reason: str, sentence: str, by: int | None, *, kind: str = "text"
) -> None:
    """Given back with a kind reason: the child mends them and sends them again."""
    if _judge(subject, kind, "returned", reason=reason, sentence=sentence):
        announce(WordsReturned(subject=subject, by=by))


def refuse_words(
    subject: Subject, reason: str, sentence: str, by: int | None, *, kind: str = "text"
) -> None:
    """Not shown; the child keeps seeing them (R57)."""
    if _judge(subject, kind, "refused", reason=reason, sentence=sentence):
        announce(WordsRefused(subject=subject, by=by))


def uphold_words(subject: Subject, reason: str, sentence: str) -> None:
    """Another moderator looked, and things stay as they are: she is answered in writing."""
    change = update(OpenWords).where(OpenWords.id == _id(subject), OpenWords.appeal == "asked")
    values = {"appeal": "upheld", "reason": reason, "sentence": sentence}
    session().execute(change.values(values))


def keep_words(subject: Subject, text: str) -> None:
    """Reported and kept; with places blacked out where `text` is not empty."""
    if text:
        change = update(OpenWords).where(OpenWords.id == _id(subject))
        session().execute(change.values(text=text))
    _show_anew(subject)


def set_words_aside(subject: Subject, sentence: str, by: int | None) -> None:
    """Words that went to a safeguarding officer leave this room: not a letter of them stays here,
    and nothing of them shows on a page that somebody else at the same tablet might open."""
    change = update(OpenWords).where(
        OpenWords.id == _id(subject), OpenWords.standing != "withdrawn"
    )
    values = {"standing": "refused", "reason": ESCALATED, "sentence": sentence}
    gone = {"text": "", "may_quote": False, "appeal": "", **values}
    if not session().execute(change.values(gone)).rowcount:  # type: ignore[attr-defined]
        return
    _show_anew(subject)
    announce(WordsAsideSet(subject=subject, by=by))


def give_words_back(subject: Subject, text: str) -> None:
    """A safeguarding officer found no concern: the words are the child's again and wait to be read.

    They come back without the wish to be quoted, even where she had ticked it: she believed that
    they were going to nobody but who protects her, and whoever wants them to be public ticks it
    again. Nothing comes back where she took her words back or wrote others meanwhile.
    """
    words = session().get(OpenWords, _id(subject), populate_existing=True)
    if words is None or words.reason != ESCALATED or words.standing != "refused":
        return
    words.text, words.standing, words.reason, words.sentence = text, "waiting", "", ""
    words.may_quote = False
    session().flush()
    topic = topic_of(words.consultation_id)
    open_case(
        subject,
        about=about_of(topic, words.question_id),
        band=words.band,
        text=text,
        turn=words.turns,
        choices=marks_of(topic),
        released=True,
    )


def wait_again(reopened: CaseReopened) -> None:
    """A verdict was taken back: new words wait once more, reported ones are published as they
    were, and an appeal is asked once more.

    Raises `RuleBroken` where a sealed result quotes the words, or where they have moved on.
    """
    subject = reopened.subject
    if reopened.before == "approved" and reopened.kind != "report" and _is_quoted(subject):
        raise RuleBroken(QUOTED)
    values = _rewound(reopened)
    if reopened.text:
        values["text"] = reopened.text
    change = update(OpenWords).where(OpenWords.id == _id(subject), *_stands_by(reopened))
    if not session().execute(change.values(values)).rowcount:  # type: ignore[attr-defined]
        _moved_on(subject)
        return
    _show_anew(subject)
    announce(WordsWaitAgain(subject=subject, by=reopened.by))


def _moved_on(subject: Subject) -> None:
    """Raise `RuleBroken` for words that stand otherwise now; of words long gone nothing is said."""
    if session().get(OpenWords, _id(subject)) is not None:
        raise RuleBroken(MOVED_ON)


def _stands_by(reopened: CaseReopened) -> tuple[Any, ...]:
    """Where words stand as long as nothing went on since this verdict."""
    kind, before = reopened.kind, reopened.before
    if kind == "appeal" and before != "approved":
        return (OpenWords.appeal == "upheld",)
    granted = (OpenWords.appeal == "granted",) if kind == "appeal" else ()
    return (OpenWords.standing == {"approved": "published"}.get(before, before), *granted)


def _rewound(reopened: CaseReopened) -> dict[str, Any]:
    """The columns as they were before this verdict."""
    unmarked = {"minority": False, "theme_id": None}
    told = {"reason": reopened.reason, "sentence": reopened.sentence}
    match reopened.kind, reopened.before:
        case "report", "approved":
            return {"standing": "published"}
        case "report", _:
            return {"standing": "published", **told}
        case "appeal", "approved":
            return {"standing": reopened.earlier, "appeal": "asked", **told, **unmarked}
        case "appeal", _:
            return {"appeal": "asked", **told}
        case _:
            return {"standing": "waiting", "reason": "", "sentence": "", **unmarked}


def _is_quoted(subject: Subject) -> bool:
    """Does the sealed result of their matter quote these words?"""
    found = (
        select(Result.consultation_id)
        .join(OpenWords, OpenWords.consultation_id == Result.consultation_id)
        .where(OpenWords.id == _id(subject), Result.for_public.contains(f'"{subject.id}"'))
    )
    return session().scalar(found) is not None


def appeal_words(who: Identity, topic: Topic, words: OpenWords) -> None:
    """Ask another moderator to look at words that were returned or refused (R12).

    Refuses (`NotAllowed`) who did not write them, `RuleBroken` a second time or after thirty days.
    """
    may_appeal_words.require(who, mending_of(topic, words), now())
    mark = fingerprint("appeal", str(who.person_id)).hex()
    limits.allow(f"appeal:{mark}", most=10, seconds=600)
    appeal(words_subject(words.id), about=about_of(topic, words.question_id), text=words.text)
    asked = update(OpenWords).where(OpenWords.id == words.id)
    session().execute(asked.values(appeal="asked"))


def report_words(topic: Topic, words: OpenWords, *, reason: str, note: str) -> bool:
    """A reader says something against published words; anybody may, and nothing is kept of her.

    Returns whether what she wrote tells of harm, and went to the officers."""
    return report_text(
        words_subject(words.id),
        about=about_of(topic, words.question_id),
        band=words.band,
        text=words.text,
        reason=reason,
        note=note,
        choices=marks_of(topic),
    )


def _id(subject: Subject) -> bytes:
    return bytes.fromhex(subject.id)


def _granted(kind: str) -> str:
    return "granted" if kind == "appeal" else ""


def _judge(subject: Subject, kind: str, standing: str, **values: Any) -> bool:
    """Change the standing of words; False for words withdrawn or changed in the meantime."""
    change = (
        update(OpenWords)
        .where(OpenWords.id == _id(subject), OpenWords.standing.in_(BEFORE[kind]))
        .values(standing=standing, **values)
    )
    changed = bool(session().execute(change).rowcount)  # type: ignore[attr-defined]
    if changed and kind != "text":
        _show_anew(subject)
    return changed


def _show_anew(subject: Subject) -> None:
    """The page of a result shows quotes, so it is another page now."""
    of = select(OpenWords.consultation_id).where(OpenWords.id == _id(subject))
    consultation_id = session().scalar(of)
    if consultation_id is not None:
        refresh_page(subject_of(consultation_id))


def _theme_of(subject: Subject, marks: tuple[str, ...]) -> int | None:
    """The theme among the marks, if it is one of the consultation of these words."""
    named = [mark.removeprefix("theme:") for mark in marks if mark.startswith("theme:")]
    if not named or not named[0].isdecimal():
        return None
    found = (
        select(Theme.id)
        .join(OpenWords, OpenWords.consultation_id == Theme.consultation_id)
        .where(OpenWords.id == _id(subject), Theme.id == int(named[0]))
    )
    return session().scalar(found)
