"""The pages of this room, in reading order: the desk, one text, several short ones, settings."""

from participation.moderation.views import batch, case, desk, gold, skills
from participation.moderation.views.blueprint import pages

__all__ = ["batch", "case", "desk", "gold", "pages", "skills"]
