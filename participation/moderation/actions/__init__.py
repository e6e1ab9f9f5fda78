"""The deeds of the reading desk, by what is done: a text comes, is held, judged, asked about."""

from participation.moderation.actions.appealing import appeal
from participation.moderation.actions.clearing import goes_aside
from participation.moderation.actions.forgetting import forget_texts
from participation.moderation.actions.holding import (
    LEASE,
    claim,
    claim_batch,
    claim_next,
    put_back,
    renew,
    reread,
)
from participation.moderation.actions.judging import MOST_SENTENCE, decide
from participation.moderation.actions.opening import open_case, withdraw_case
from participation.moderation.actions.reporting import look_again, report_text
from participation.moderation.actions.skills import set_skill
from participation.moderation.actions.undoing import undo

__all__ = (
    "LEASE",
    "MOST_SENTENCE",
    "appeal",
    "claim",
    "claim_batch",
    "claim_next",
    "decide",
    "forget_texts",
    "goes_aside",
    "look_again",
    "open_case",
    "put_back",
    "renew",
    "report_text",
    "reread",
    "set_skill",
    "undo",
    "withdraw_case",
)
