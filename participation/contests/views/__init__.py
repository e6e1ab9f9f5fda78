"""The pages of this room, in reading order: see, take part, judge, look back, manage."""

from participation.contests.views import (
    adopting,
    authors,
    calls,
    certificates,
    covers,
    drafting,
    entries,
    files,
    licences,
    mine,
    recognition,
    rehearsing,
    reports,
)
from participation.contests.views.blueprint import pages

__all__ = [
    "adopting",
    "authors",
    "calls",
    "certificates",
    "covers",
    "drafting",
    "entries",
    "files",
    "licences",
    "mine",
    "pages",
    "recognition",
    "rehearsing",
    "reports",
]
