"""What consultations do when something happens elsewhere in the house."""

from participation.accounts.consent import REFUSED
from participation.accounts.happenings import ConsentRecorded, ConsentWithdrawn
from participation.consultations.actions.refreshing import refresh_page
from participation.consultations.actions.verdicts import (
    give_words_back,
    keep_words,
    publish_words,
    refuse_words,
    return_words,
    set_words_aside,
    uphold_words,
    wait_again,
)
from participation.consultations.actions.words import take_back_unread
from participation.consultations.happenings import UnreadWordsTakenBack
from participation.kernel.announcing import announce
from participation.kernel.happenings import Happening
from participation.kernel.subjects import Subject
from participation.moderation.happenings import CaseDecided, CaseReopened, CaseSetAside
from participation.safeguarding.happenings import ConcernReleased

WORDS = "consultation.words"


def apply_verdict(happening: CaseDecided) -> None:
    """A moderator judged a text: when it is a child's words here, they stand accordingly."""
    if happening.subject.kind != WORDS:
        return
    subject, by, said, kind = (
        happening.subject,
        happening.by,
        happening.sentence,
        happening.kind,
    )
    reason = happening.reasons[0] if happening.reasons else ""
    match kind, happening.verdict:
        case _, "escalated":
            set_words_aside(subject, said, by)
        case "report", "approved":
            keep_words(subject, happening.text)
        case _, "approved":
            marks = happening.marks
            publish_words(subject, marks, by, kind=kind, sentence=said, text=happening.text)
        case "appeal", _:
            uphold_words(subject, reason, said)
        case _, "returned":
            return_words(subject, reason, said, by, kind=kind)
        case _:
            refuse_words(subject, reason, said, by, kind=kind)


def let_aside(happening: CaseSetAside) -> None:
    """Words tell of harm that can't wait: a safeguarding officer has them now, and nobody else."""
    if happening.subject.kind == WORDS:
        set_words_aside(happening.subject, happening.sentence, None)


def give_back(happening: ConcernReleased) -> None:
    """An officer found no concern in words: they wait for a moderator as any others."""
    subject = Subject.parse(happening.about) if happening.about else None
    if subject is not None and subject.kind == WORDS:
        give_words_back(subject, happening.text)


def read_again(happening: CaseReopened) -> None:
    """A moderator took her verdict back."""
    if happening.subject.kind == WORDS:
        wait_again(happening)


def take_back_words(happening: ConsentWithdrawn | ConsentRecorded) -> None:
    """Consent was withdrawn, or a child of 14 whose parents' yes has ended says no: at once nobody
    reads on what she had said. A refusal leaves no entry: the record keeps no decision.
    """
    if isinstance(happening, ConsentWithdrawn):
        take_back_unread(int(happening.subject.id))
        announce(UnreadWordsTakenBack(subject=happening.subject))
    elif happening.decision == REFUSED:
        take_back_unread(int(happening.subject.id))


def show_anew(happening: Happening) -> None:
    """A receipt, a reply or its lateness changed what the page of a result says."""
    refresh_page(happening.subject)
