"""Asking for help, complaining, passing on; reading a concern and finishing it."""

from typing import Any, Final

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.readers import words_of
from participation.kernel.subjects import Subject
from participation.safeguarding.happenings import (
    ComplaintMade,
    ConcernDone,
    ConcernNoted,
    ConcernSeen,
    HelpAsked,
)
from participation.safeguarding.models import Concern
from participation.safeguarding.policies import may_finish_concern, may_read_concern

MOST_TEXT: Final = 4000
MOST_CONTACT: Final = 200
MOST_NOTE: Final = 4000
EMPTY: Final = _l("写一句也行，我们才知道怎么帮你")


def subject_of(concern: Concern) -> Subject:
    """How the rest of the house names a concern."""
    return Subject("concern", str(concern.id))


def ask_for_help(who: Any, text: str, contact: str = "") -> Concern:
    """Keep a message of the help door; anyone may write, with or without consent on record.

    A signed-in writer's person and school are kept, so that help can come; for `Nobody` both stay
    empty. Raises `RuleBroken` on `text` when there is none.
    """
    concern = _written(
        "help", text, contact, person_id=who.person_id or None, school_id=who.school_id or None
    )
    announce(HelpAsked(subject=subject_of(concern)))
    return concern


def complain(text: str, contact: str = "") -> Concern:
    """Keep a complaint or report (网络保护条例 art. 7); nothing about the writer is kept (R9)."""
    concern = _written("complaint", text, contact)
    announce(ComplaintMade(subject=subject_of(concern)))
    return concern


def note_case(subject: Subject) -> Concern:
    """Pass on a text that a moderator escalated.

    The words are kept as they stood then (R53, R54): what the author changes or withdraws later
    changes nothing here.
    """
    concern = _kept(
        Concern(
            kind="moderation",
            text=words_of(subject),
            subject_kind=subject.kind,
            subject_id=subject.id,
            written_at=now(),
        )
    )
    announce(ConcernNoted(subject=subject_of(concern), about=str(subject)))
    return concern


def _written(
    kind: str,
    text: str,
    contact: str,
    *,
    person_id: int | None = None,
    school_id: int | None = None,
) -> Concern:
    if not text:
        raise RuleBroken(EMPTY, field="text")
    return _kept(
        Concern(
            kind=kind,
            text=text[:MOST_TEXT],
            contact=contact[:MOST_CONTACT],
            person_id=person_id,
            school_id=school_id,
            written_at=now(),
        )
    )


def _kept(concern: Concern) -> Concern:
    session().add(concern)
    session().flush()
    return concern


def read_concern(who: Any, concern: Concern) -> Concern:
    """Open a concern's words; every reading goes on record, the first one marks it as seen."""
    may_read_concern.require(who, concern, now())
    if concern.state == "new":
        concern.state = "seen"
        concern.seen_by, concern.seen_at = who.person_id, now()
    announce(ConcernSeen(subject=subject_of(concern), by=who.person_id))
    session().flush()
    return concern


def note_concern(who: Any, concern: Concern, note: str) -> Concern:
    """Write down what is being done about a concern, in place of the note before."""
    may_finish_concern.require(who, concern, now())
    concern.note = note[:MOST_NOTE]
    session().flush()
    return concern


def finish_concern(who: Any, concern: Concern, note: str) -> Concern:
    """Say that a concern was dealt with. Raises `RuleBroken` on `note` when nothing says how."""
    may_finish_concern.require(who, concern, now())
    if not note:
        raise RuleBroken(_l("写一句是怎么办的，再办完"), field="note")
    if concern.state == "new":
        raise RuleBroken(_l("先打开看，再办完"), field="note")
    concern.note, concern.state, concern.done_at = note[:MOST_NOTE], "done", now()
    announce(ConcernDone(subject=subject_of(concern), by=who.person_id))
    session().flush()
    return concern
