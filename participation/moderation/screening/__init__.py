"""Looking through a child's text for whoever reads it next: it routes and hints, never decides."""

from participation.moderation.screening.hints import (
    KINDS,
    PERSONAL,
    Hint,
    for_child,
    personal,
    urgency,
)
from participation.moderation.screening.lists import OWN, Lists
from participation.moderation.screening.names import names_in
from participation.moderation.screening.numbers import is_resident_id
from participation.moderation.screening.pipeline import screen
from participation.moderation.screening.roster import Roster, roster_of

__all__ = [
    "KINDS",
    "OWN",
    "PERSONAL",
    "Hint",
    "Lists",
    "Roster",
    "for_child",
    "is_resident_id",
    "names_in",
    "personal",
    "roster_of",
    "screen",
    "urgency",
]
