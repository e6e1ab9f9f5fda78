"""The blueprint of the safeguarding room, its doors, and what several of its pages share."""

from typing import Final

from flask import Blueprint, abort, request
from flask_login import current_user

from participation.accounts.roles import safeguarders
from participation.kernel import limits
from participation.kernel.errors import RuleBroken, RulesBroken, TooMany
from participation.kernel.forms import Form
from participation.kernel.pseudonyms import fingerprint
from participation.safeguarding import queries
from participation.safeguarding.models import Concern

pages = Blueprint("safeguarding", __name__)


concern_readers = safeguarders
"""To concerns: confirmed officers while vetting and training are in date. Complaints have their own
desk."""
AN_HOUR: Final = 3600


def the_concern(concern_id: int) -> Concern:
    """The concern of this id; 404 where there is none for this reader."""
    found = queries.concern_for(current_user, concern_id)
    if found is None:
        abort(404)
    return found


def place_mark() -> str:
    """A keyed fingerprint of where the request comes from."""
    return fingerprint("address", request.remote_addr or "").hex()


def count(what: str, most: int) -> None:
    """Count one more of this from one address; raises `TooMany` beyond `most` an hour."""
    limits.allow(f"{what}:{place_mark()}", most=most, seconds=AN_HOUR)


def taken(form: Form, refusal: RuleBroken | RulesBroken | TooMany) -> int:
    """Put a refusal on the form, so that what was typed stays; gives the status to answer with."""
    if isinstance(refusal, TooMany):
        form.form_errors.append(str(refusal))
        return refusal.status
    form.take(refusal)
    return 422
