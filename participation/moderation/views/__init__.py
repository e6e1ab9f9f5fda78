"""The pages of this room, in reading order: the desk, one text, several short ones, settings,
figures."""

from participation.moderation.views import batch, case, desk, figures, gold, refusals, skills
from participation.moderation.views.blueprint import pages

__all__ = ["batch", "case", "desk", "figures", "gold", "pages", "refusals", "skills"]
