"""The pages of the safeguarding room, in reading order: door, answers, desks, rota."""

from participation.safeguarding.views import (
    answers,
    complaints,
    desk,
    door,
    duty,
    emergencies,
    files,
)
from participation.safeguarding.views.blueprint import pages

__all__ = ["answers", "complaints", "desk", "door", "duty", "emergencies", "files", "pages"]
