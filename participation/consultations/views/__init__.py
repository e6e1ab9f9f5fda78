"""The pages of this room, in reading order: see, take part, look back, manage."""

from participation.consultations.views import afterwards, giving, managing, results, topic
from participation.consultations.views.blueprint import pages

__all__ = ["afterwards", "giving", "managing", "pages", "results", "topic"]
