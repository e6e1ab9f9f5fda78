"""What becomes of a work by a moderator's verdict, a reader's report or its author's appeal."""

from typing import Any, Final

from sqlalchemy import select, update

from participation.contests.actions.asking import (
    ask_moderator,
    choices_of,
    more_of,
    theme_of,
)
from participation.contests.actions.entries import entry_of
from participation.contests.actions.files import fix_covers
from participation.contests.actions.standing import set_standing, take_down_files
from participation.contests.call import ShownCall
from participation.contests.composing import taken_apart
from participation.contests.happenings.entries import (
    WorkApproved,
    WorkAsideSet,
    WorkRefused,
    WorkReturned,
    WorkWaitsAgain,
)
from participation.contests.models import Assignment, Entry
from participation.contests.naming import entry_subject
from participation.contests.policies.entries import BEFORE_OUTCOME, ESCALATED, may_appeal_work
from participation.contests.queries.calls import call_of
from participation.contests.queries.files import sorted_files
from participation.contests.queries.own import Own
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.subjects import Subject
from participation.media.queries import files_of
from participation.moderation.actions import appeal, report_text
from participation.moderation.happenings import CaseReopened

JUDGED: Final = _l("评委已经在看这个作品了，不能撤销。想想不对，可以请人再看一次。")
MOVED_ON: Final = _l("这个作品已经有了新的，不能撤销了。")
BEFORE: Final = {
    "text": ("waiting",),
    "report": ("approved",),
    "appeal": ("returned", "refused"),
}
"""Where a work stands while a case of each kind about it waits."""


def approve_work(subject: Subject, marks: tuple[str, ...], by: int | None, **more: Any) -> None:
    """Let through: the jury may see it; `more` are `kind` of the case, `sentence` and `text`.

    `text` is the whole with places blacked out, empty where there are none. What was covered in its
    pictures stays so for ever from now on; raises `RuleBroken` while one of them is made anew.
    """
    entry, kind = entry_of(subject), more.get("kind", "text")
    if entry is None:
        return
    found = call_of(entry.call_id)
    values = {"theme_id": theme_of(found, marks), "reason": ""}
    values |= {"sentence": more.get("sentence", ""), "appeal": _granted(kind)}
    values |= _barred(more.get("text", ""))
    if set_standing(entry, "approved", before=BEFORE[kind], **values):
        fix_covers(files_of(subject), by)
        announce(WorkApproved(subject=subject, by=by))


def return_work(
    subject: Subject, reason: str, sentence: str, by: int | None, *, kind: str = "text"
) -> None:
    """Given back with a kind reason: its author changes it and hands it in again."""
    if _judge(subject, kind, "returned", reason=reason, sentence=sentence):
        announce(WorkReturned(subject=subject, by=by))


def refuse_work(
    subject: Subject, reason: str, sentence: str, by: int | None, *, kind: str = "text"
) -> None:
    """Not shown; its authors keep seeing it (R57)."""
    if _judge(subject, kind, "refused", reason=reason, sentence=sentence):
        announce(WorkRefused(subject=subject, by=by))


def uphold_work(subject: Subject, reason: str, sentence: str) -> None:
    """Another moderator looked, and things stay as they are: its author is answered in writing."""
    change = update(Entry).where(Entry.id == bytes.fromhex(subject.id), Entry.appeal == "asked")
    values = {"appeal": "upheld", "reason": reason, "sentence": sentence}
    session().execute(change.values(**values, version=Entry.version + 1))


def keep_work(subject: Subject, text: str, by: int | None) -> None:
    """Reported and kept; with places blacked out where `text` is not empty."""
    entry = entry_of(subject)
    if entry is not None and entry.standing == "approved":
        set_standing(entry, "approved", before=("approved",), **_barred(text))
        fix_covers(files_of(subject), by)


def set_work_aside(subject: Subject, sentence: str, by: int | None) -> None:
    """A work that went to a safeguarding officer leaves this room: not a word of it stays here.

    Its files stay where only an officer sees them (`kernel.exhibits`): a drawing may be what tells
    of the harm, and a sign found by screening alone may be none. Every address of them is dead.
    """
    entry = entry_of(subject)
    if entry is None or entry.standing == "withdrawn":
        return
    gone = dict.fromkeys(("title", "words", "alt", "text", "appeal"), "")
    values = {"reason": ESCALATED, "sentence": sentence, "shown": False, **gone}
    if not set_standing(entry, "refused", before=_ANYWHERE, **values):
        return
    take_down_files(entry.id)
    announce(WorkAsideSet(subject=subject, by=by))


_ANYWHERE: Final = ("draft", "pressing", "waiting", "approved", "returned", "refused")


def give_work_back(subject: Subject, text: str) -> None:
    """A safeguarding officer found no concern: the work is the child's again and waits to be read.

    It comes back without the wish to hang in the gallery: she believed that it was going to nobody
    but who protects her.
    """
    entry = entry_of(subject)
    if entry is None or entry.reason != ESCALATED or entry.standing != "refused":
        return
    words = taken_apart(text)
    values = {name: getattr(words, name) for name in ("title", "words", "alt", "text")}
    if set_standing(entry, "waiting", before=("refused",), reason="", sentence="", **values):
        ask_moderator(call_of(entry.call_id), entry, released=True)


def wait_again(reopened: CaseReopened) -> None:
    """A verdict was taken back: a new work waits once more, a reported one stands as it did, and an
    appeal is asked once more. Raises `RuleBroken` where it moved on, or where the jury sees it."""
    entry = entry_of(reopened.subject)
    if entry is None:
        return
    if reopened.before == "approved" and reopened.kind != "report" and _is_judged(entry):
        raise RuleBroken(JUDGED)
    values = _rewound(reopened) | _barred(reopened.text)
    standing, stands = str(values.pop("standing", entry.standing)), _stands_by(reopened)
    fits = all(getattr(entry, name) == value for name, value in stands.items())
    allowed = (*_ANYWHERE,)
    if not fits or not set_standing(entry, standing, before=allowed, **values):
        raise RuleBroken(MOVED_ON)
    announce(WorkWaitsAgain(subject=reopened.subject, by=reopened.by))


def _stands_by(reopened: CaseReopened) -> dict[str, str]:
    """Where a work stands as long as nothing went on since this verdict."""
    if reopened.kind == "appeal" and reopened.before != "approved":
        return {"appeal": "upheld"}
    granted = {"appeal": "granted"} if reopened.kind == "appeal" else {}
    return {"standing": reopened.before, **granted}


def _rewound(reopened: CaseReopened) -> dict[str, Any]:
    """The columns as they were before this verdict."""
    told = {"reason": reopened.reason, "sentence": reopened.sentence}
    match reopened.kind, reopened.before:
        case "report", "approved":
            return {"standing": "approved"}
        case "report", _:
            return {"standing": "approved", **told}
        case "appeal", "approved":
            return {"standing": reopened.earlier, "appeal": "asked", "theme_id": None, **told}
        case "appeal", _:
            return {"appeal": "asked", **told}
        case _:
            return {"standing": "waiting", "reason": "", "sentence": "", "theme_id": None}


def _is_judged(entry: Entry) -> bool:
    """Has a juror the work, or has the call an outcome?"""
    dealt = select(Assignment.entry_id).where(Assignment.entry_id == entry.id).limit(1)
    if session().scalar(dealt) is not None:
        return True
    return call_of(entry.call_id).state not in BEFORE_OUTCOME


def appeal_work(who: Any, own: Own) -> None:
    """Ask another moderator to look at a work that was returned or refused (R12).

    Refuses (`NotAllowed`) who does not lead it, `RuleBroken` a second time or after thirty days.
    """
    may_appeal_work.require(who, own.right, now())
    mark = fingerprint("appeal", str(who.person_id)).hex()
    limits.allow(f"appeal:{mark}", most=10, seconds=600)
    appeal(own.subject, **more_of(own.call, own.entry))
    own.entry.appeal = "asked"
    session().flush()


def report_work(found: ShownCall, entry: Entry, *, reason: str, note: str) -> bool:
    """Somebody says something against a work that hangs; nothing is kept of her.

    Returns whether what she wrote tells of harm, and went to the officers."""
    files = sorted_files(files_of(entry_subject(entry.id)))
    return report_text(
        entry_subject(entry.id),
        band=entry.band,
        reason=reason,
        note=note,
        choices=choices_of(found, pictures=bool(files.pictures), recording=bool(files.recording)),
        **more_of(found, entry),
    )


def _barred(text: str) -> dict[str, str]:
    """The columns of a text that was changed as a whole; none where it was not."""
    if not text:
        return {}
    words = taken_apart(text)
    return {name: getattr(words, name) for name in ("title", "words", "alt", "text")}


def _granted(kind: str) -> str:
    return "granted" if kind == "appeal" else ""


def _judge(subject: Subject, kind: str, standing: str, **values: Any) -> bool:
    """Change the standing of a work; False for one withdrawn or changed in the meantime."""
    entry = entry_of(subject)
    return entry is not None and set_standing(entry, standing, before=BEFORE[kind], **values)
