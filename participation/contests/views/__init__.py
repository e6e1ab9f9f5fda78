"""The pages of this room, in reading order: see, take part, judge, look back, manage."""

from participation.contests.views import (
    calls,
    choice,
    drafting,
    gallery,
    notice,
    noticing,
    printing,
    rehearsing,
)
from participation.contests.views.blueprint import pages

__all__ = [
    "calls",
    "choice",
    "drafting",
    "gallery",
    "notice",
    "noticing",
    "pages",
    "printing",
    "rehearsing",
]
