"""The deeds of this room."""

from participation.consultations.actions.drafting import (
    change_topic,
    draft_topic,
    extend_topic,
    publish_topic,
)
from participation.consultations.actions.giving import give_opinion, save_draft, withdraw_opinion
from participation.consultations.actions.verdicts import (
    appeal_words,
    publish_words,
    refuse_words,
    report_words,
    return_words,
)
from participation.consultations.actions.words import mend_words

__all__ = [
    "appeal_words",
    "change_topic",
    "draft_topic",
    "extend_topic",
    "give_opinion",
    "mend_words",
    "publish_topic",
    "publish_words",
    "refuse_words",
    "report_words",
    "return_words",
    "save_draft",
    "withdraw_opinion",
]
