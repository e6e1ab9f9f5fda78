"""Looking a child's text through as her moderator will see it, for the rooms where she writes."""

from collections.abc import Iterable

from participation.accounts.queries import roster_names, school_names
from participation.moderation.wordlist.queries import current_lists
from participation.screening import Hint, roster_of, screen, urgency


def look_through(text: str, school_id: int) -> list[Hint]:
    """The hints in a text by a child of this school: its pupils' names, the city's words."""
    roster = roster_of(roster_names(school_id), school_names(school_id))
    return screen(text, roster=roster, lists=current_lists())


def tells_of_harm(texts: Iterable[str], school_id: int) -> bool:
    """Does any of a child's texts bear a sign of harm, urgent or not (being teased)?"""
    return any(urgency(look_through(text, school_id)) for text in texts if text)
