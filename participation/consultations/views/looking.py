"""Looking a text through while a child writes it; nothing of it is kept."""

from typing import Any

from flask import jsonify, request

from participation.accounts.roles import children
from participation.consultations.actions.looking import asks_about, written_down
from participation.consultations.forms.opinion import LONGEST_DRAFT
from participation.consultations.topic import Said
from participation.consultations.views.blueprint import pages
from participation.consultations.views.showing import visitor
from participation.kernel import limits
from participation.kernel.doors import door
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.words import tidy


@pages.post("/words/look")
@door(children)
def look() -> Any:
    """What would be asked about this text, for the script that shows it under the field.

    204 where there is nothing to ask; the places are those of the text as it came. 429 for a flood:
    a full name of her school's roster is asked about, and nobody shall try names by the hundred.
    """
    who: Any = visitor()
    mark = fingerprint("look", str(who.person_id)).hex()
    limits.allow(f"look:{mark}", most=200, seconds=600)
    said = Said(tidy(request.form.get("text", ""))[:LONGEST_DRAFT], False)
    asks = asks_about({0: written_down(said, who)}, ())
    return jsonify(asks[0].plain()) if asks else ("", 204)
