"""The pages of this room, in reading order: see, take part, look back, manage."""

from participation.consultations.views import afterwards, giving, looking, managing, results, topic
from participation.consultations.views.blueprint import pages

__all__ = ["afterwards", "giving", "looking", "managing", "pages", "results", "topic"]
