"""The pages of this room, in reading order: see, take part, judge, look back, manage."""

from participation.contests.views import calls, drafting, rehearsing
from participation.contests.views.blueprint import pages

__all__ = ["calls", "drafting", "pages", "rehearsing"]
