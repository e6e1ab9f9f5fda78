"""The secretary writes down which work the city adopts, once its unit has answered."""

from typing import Any

from flask import flash, render_template, url_for
from flask_login import current_user

from participation.accounts.roles import secretaries
from participation.contests.actions import outcome
from participation.contests.forms.recognition import AdoptedForm
from participation.contests.queries import call as public_call
from participation.contests.queries.adopted import adoptable, adoption_of
from participation.contests.views.blueprint import pages
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import see


@pages.route("/desk/calls/<int:call_id>/adopted", methods=["GET", "POST"])
@door(secretaries)
def adopted(call_id: int) -> Any:
    """The selected works that hang, and which of them the city adopts."""
    found, form = public_call(call_id), AdoptedForm()
    works = adoptable(found)
    form.offer(works.works)
    if form.validate_on_submit():
        try:
            outcome.name_adopted(current_user, found, form.code.data or "")
            flash(_("写好了，孩子们能看到。"), "thanks")
            return see(url_for(".adopted", call_id=found.id))
        except RuleBroken as refusal:
            form.take(refusal)
    shown = {"call": found, "form": form, "works": works, "right": adoption_of(found)}
    status = 422 if form.is_submitted() else 200
    return render_template("contests/manage_adopted.html", **shown), status


@pages.post("/desk/calls/<int:call_id>/adopted/take-back")
@door(secretaries)
def take_back_adopted(call_id: int) -> Any:
    """It was a mistake."""
    found = public_call(call_id)
    outcome.take_back_adopted(current_user, found)
    flash(_("收回了。"), "thanks")
    return see(url_for(".adopted", call_id=found.id))
