"""The deeds of deliveries: send, acknowledge, reply, remind."""

from participation.deliveries.actions.reminding import remind_overdue
from participation.deliveries.actions.replying import (
    AnswerText,
    ReplyText,
    acknowledge,
    give_reply,
    save_reply,
)
from participation.deliveries.actions.sending import send_dossier

__all__ = [
    "AnswerText",
    "ReplyText",
    "acknowledge",
    "give_reply",
    "remind_overdue",
    "save_reply",
    "send_dossier",
]
