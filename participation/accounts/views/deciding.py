"""Deciding about taking part: a guardian by a one-time code, a child of 14 and more by herself."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.actions.consents import (
    decide_by_code,
    decide_for_oneself,
    find_code,
)
from participation.accounts.consent import WISHES, order_of
from participation.accounts.forms.entering import CodeForm, DecisionForm, OwnDecisionForm
from participation.accounts.notice import present_notice
from participation.accounts.policies import may_decide_for_oneself
from participation.accounts.queries.consents import code_holder, consent_of
from participation.accounts.roles import children
from participation.accounts.views.blueprint import pages
from participation.accounts.views.entering import around
from participation.kernel.clock import now
from participation.kernel.codes import grouped
from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import see


@pages.route("/guardian", methods=["GET", "POST"])
@door(anyone)
def guardian() -> Any:
    """For guardians: what they decide about, and the field for their code."""
    form = CodeForm()
    if request.method == "POST" and form.validate():
        try:
            find_code(form.code.data, address=around()["address"])
            return see(url_for("accounts.consent", code=grouped(form.code.data)))
        except RuleBroken as refusal:
            form.take(refusal)
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/guardian.html", form=form, notice=present_notice()), status


@pages.route("/guardian/<code>", methods=["GET", "POST"])
@door(anyone)
def consent(code: str) -> Any:
    """A guardian decides: both answers the same size, in an order of chance."""
    try:
        holder = code_holder(code)
    except Missing:
        return render_template("accounts/code_over.html"), 404
    form = DecisionForm()
    shown = {"form": form, "holder": holder, "notice": present_notice(), "order": order_of(code)}
    if request.method == "POST" and form.validate():
        wish = form.decision.data
        fresh = decide_by_code(code, wish)
        return render_template("accounts/decided.html", wish=wish, holder=holder, fresh=fresh)
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/consent.html", **shown), status


@pages.route("/me/consent", methods=["GET", "POST"])
@door(children)
def own_consent() -> Any:
    """A child of 14 and more decides; a younger one reads who decides and how to ask."""
    form = OwnDecisionForm()
    decides = may_decide_for_oneself(current_user, None, now())
    if request.method == "POST" and form.validate():
        decide_for_oneself(current_user, form.decision.data)
        flash(_("记下了，马上生效。随时可以改。"), "thanks")
        return see(url_for("accounts.own_consent"))
    shown = {"form": form, "decides": decides, "notice": present_notice(), "wishes": WISHES}
    shown["standing"] = consent_of(current_user.person_id) if decides else ""
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/own_consent.html", **shown), status
