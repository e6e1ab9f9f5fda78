"""The pages of this room, in reading order: see, take part, judge, look back, manage."""

from participation.contests.views import (
    authors,
    calls,
    choice,
    covers,
    drafting,
    entries,
    files,
    gallery,
    licences,
    mine,
    notice,
    noticing,
    printing,
    rehearsing,
    reports,
)
from participation.contests.views.blueprint import pages

__all__ = [
    "authors",
    "calls",
    "choice",
    "covers",
    "drafting",
    "entries",
    "files",
    "gallery",
    "licences",
    "mine",
    "notice",
    "noticing",
    "pages",
    "printing",
    "rehearsing",
    "reports",
]
