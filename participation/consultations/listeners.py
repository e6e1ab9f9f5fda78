"""What consultations do when something happens elsewhere in the house."""

from participation.consultations.actions.refreshing import refresh_page
from participation.consultations.actions.words import (
    ESCALATED,
    publish_words,
    refuse_words,
    return_words,
)
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


def show_anew(happening: Happening) -> None:
    """A receipt, a reply or its lateness changed what the page of a result says."""
    refresh_page(happening.subject)
