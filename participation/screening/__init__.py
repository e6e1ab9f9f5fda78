"""Looking through a child's text for whoever reads it next: it routes and hints, never decides."""

from participation.screening.hints import (
    KINDS,
    PERSONAL,
    Hint,
    for_child,
    personal,
    urgency,
)
from participation.screening.lists import OWN, Lists
from participation.screening.names import names_in
from participation.screening.numbers import is_resident_id
from participation.screening.pipeline import screen
from participation.screening.roster import Roster, roster_of

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
