"""Giving the receipt and the reply."""

from typing import Any

from flask import flash, request, url_for
from flask_login import current_user

from participation.accounts.roles import officials
from participation.deliveries import actions, queries
from participation.deliveries.forms import ReplySheet
from participation.deliveries.queries import seen_mark
from participation.deliveries.views.blueprint import pages
from participation.deliveries.views.reading import dossier_page
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.web import see


@pages.post("/desk/dossiers/<int:dossier_id>/acknowledge")
@door(officials)
def acknowledge(dossier_id: int) -> Any:
    """签收: the children see the day."""
    found = queries.dossier_for(current_user, dossier_id)
    actions.acknowledge(current_user, found)
    flash(_("签收了。孩子们现在看得到签收的日子。"), "thanks")
    return see(url_for(".dossier", dossier_id=found.id))


@pages.get("/desk/dossiers/<int:dossier_id>/reply")
@door(officials)
def write_reply(dossier_id: int) -> Any:
    """The reply is written beside the children's words."""
    return see(url_for(".dossier", dossier_id=dossier_id, _anchor="reply"))


@pages.post("/desk/dossiers/<int:dossier_id>/reply")
@door(officials)
def reply(dossier_id: int) -> Any:
    """Keep the draft, or give the reply: the pressed button says which."""
    found = queries.dossier_for(current_user, dossier_id)
    sheet = ReplySheet(found, None, "")
    gives = request.form.get("deed") == "give"
    deed = actions.give_reply if gives else actions.save_reply
    try:
        given = deed(current_user, found, sheet.text(), seen=sheet.greeting.seen.data or "")
    except (RuleBroken, RulesBroken) as refusal:
        sheet.take(refusal, seen_mark(queries.newest_of(found.id)))
        return dossier_page(found, sheet, 422)
    if not gives:
        flash(_("草稿存好了。"), "thanks")
    elif given.version > 1:
        flash(_("更正送到每一个参加的孩子那里了。"), "thanks")
    else:
        flash(_("回音送到每一个参加的孩子那里了。"), "thanks")
    return see(url_for(".dossier", dossier_id=found.id))
