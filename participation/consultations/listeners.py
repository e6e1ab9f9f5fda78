"""What consultations do when something happens elsewhere in the house."""

from participation.accounts.consent import REFUSED
from participation.accounts.happenings import ConsentRecorded, ConsentWithdrawn
from participation.consultations.actions.refreshing import refresh_page
from participation.consultations.actions.words import (
    ESCALATED,
    publish_words,
    refuse_words,
    return_words,
    take_back_unread,
)
from participation.consultations.happenings import UnreadWordsTakenBack
from participation.kernel.announcing import announce
from participation.kernel.happenings import Happening
from participation.moderation.happenings import CaseDecided


def apply_verdict(happening: CaseDecided) -> None:
    """A moderator judged a text: when it is a child's words here, they stand accordingly."""
    if happening.subject.kind != "consultation.words":
        return
    subject, by = happening.subject, happening.by
    reason = happening.reasons[0] if happening.reasons else ""
    match happening.verdict:
        case "approved":
            publish_words(subject, happening.marks, by)
        case "returned":
            return_words(subject, reason, happening.sentence, by)
        case "escalated":
            refuse_words(subject, ESCALATED, happening.sentence, by)
        case _:
            refuse_words(subject, reason, happening.sentence, by)


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
