"""The post as a page for administrators: what failed, what may have come twice, send again."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import administrators
from participation.kernel.doors import door
from participation.kernel.i18n import _
from participation.kernel.paging import read_key
from participation.kernel.web import see
from participation.notifications import actions, queries

pages = Blueprint("notifications", __name__)


@pages.get("/desk/letters")
@door(administrators)
def letters() -> str:
    """Letters that were given up; or those of which nobody knows whether they came once."""
    unsure = request.args.get("show") == "unsure"
    bounds = {name: read_key(request.args.get(name)) for name in ("below", "above")}
    return render_template(
        "notifications/post.html",
        leaf=queries.troubled_letters(unsure=unsure, **bounds),
        post=queries.post_now(),
        unsure=unsure,
    )


@pages.post("/desk/letters/<int:letter_id>/send-again")
@door(administrators)
def send_again(letter_id: int) -> Any:
    """Try a failed letter once more."""
    actions.send_again(current_user, letter_id)
    flash(_("好，再寄一次。"), "thanks")
    return see(url_for(".letters"))
