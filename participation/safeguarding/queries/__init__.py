"""Questions to the safeguarding room: its face for the rooms above."""

from participation.safeguarding.queries.answers import messages_about, unread_count
from participation.safeguarding.queries.concerns import (
    MOST_COUNTED,
    PAGE,
    concern_for,
    concerns_for,
    log_of,
    new_count,
)
from participation.safeguarding.queries.duty import (
    called_people,
    duty_officer,
    promise_now,
    promise_of,
)
from participation.safeguarding.queries.officers import fit_officers, heads
from participation.safeguarding.queries.waiting import Board, board_of, waiting_count

__all__ = [
    "MOST_COUNTED",
    "PAGE",
    "Board",
    "board_of",
    "called_people",
    "concern_for",
    "concerns_for",
    "duty_officer",
    "fit_officers",
    "heads",
    "log_of",
    "messages_about",
    "new_count",
    "promise_now",
    "promise_of",
    "unread_count",
    "waiting_count",
]
