"""The pages of the safeguarding room, in reading order: the door, answers, the desk, the rota."""

from participation.safeguarding.views import answers, desk, door, duty, emergencies, files
from participation.safeguarding.views.blueprint import pages

__all__ = ["answers", "desk", "door", "duty", "emergencies", "files", "pages"]
