"""The deeds of this room."""

from participation.consultations.actions.drafting import (
    change_topic,
    draft_topic,
    extend_topic,
    publish_topic,
)
from participation.consultations.actions.giving import give_opinion, save_draft, withdraw_opinion
from participation.consultations.actions.words import (
    mend_words,
    publish_words,
    refuse_words,
    return_words,
)

__all__ = [
    "change_topic",
    "draft_topic",
    "extend_topic",
    "give_opinion",
    "mend_words",
    "publish_topic",
    "publish_words",
    "refuse_words",
    "return_words",
    "save_draft",
    "withdraw_opinion",
]
