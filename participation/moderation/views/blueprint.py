"""The blueprint of this room, and who is at the desk."""

from flask import Blueprint, abort
from flask_login import current_user

from participation.accounts.models import Person
from participation.accounts.queries import person

pages = Blueprint("moderation", __name__)


def reader() -> Person:
    """Who asks, from the database: the light identity has no dates of vetting and training."""
    found = person(current_user.person_id)
    if found is None:
        abort(403)
    return found
