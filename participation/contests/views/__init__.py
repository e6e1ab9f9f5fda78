"""The pages of this room, in reading order: see, take part, judge, look back, manage."""

from participation.contests.queries import call  # noqa: F401 - tables are known with the first page
from participation.contests.views.blueprint import pages

__all__ = ["pages"]
