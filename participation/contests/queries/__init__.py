"""Questions to the calls for works, by subject: the face of the room for the rooms above."""

from participation.contests.queries.calls import call, call_of, whole_call

__all__ = ("call", "call_of", "whole_call")
