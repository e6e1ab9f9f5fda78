"""Questions to the calls for works, by subject: the face of the room for the rooms above."""

from participation.contests.queries.calls import call, call_of, whole_call
from participation.contests.queries.listing import (
    CallPage,
    coming_calls,
    days_left,
    open_calls,
    over_calls,
)

__all__ = (
    "CallPage",
    "call",
    "call_of",
    "coming_calls",
    "days_left",
    "open_calls",
    "over_calls",
    "whole_call",
)
