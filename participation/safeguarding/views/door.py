"""The help door and the complaint page: for everyone, without an account, without cookies."""

from typing import Any, Final

from flask import render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user

from participation.accounts.cards import PICTURES
from participation.accounts.identity import Nobody
from participation.accounts.queries import named_adult_of
from participation.kernel.clock import today
from participation.kernel.doors import anyone, door
from participation.kernel.errors import RuleBroken, TooMany
from participation.kernel.web import same_site, see
from participation.safeguarding import actions
from participation.safeguarding.forms import ComplaintForm, HelpForm
from participation.safeguarding.promises import COMPLAINT_DAYS, settled_by
from participation.safeguarding.queries.duty import promise_now
from participation.safeguarding.views.blueprint import count, pages, taken
from participation.safeguarding.wording import moment_words

A_SCHOOL_AN_HOUR: Final = 120
"""Messages an hour from one address: a whole school may stand behind it."""


@pages.route("/help", endpoint="help", methods=["GET", "POST"])
@door(anyone)
def ask_for_help() -> Any:
    """The help door: numbers to call now, and a message to the safeguarding officers."""
    form = HelpForm()
    if not form.is_submitted():
        return _help_page(form, 200)
    same_site()
    if not form.validate():
        return _help_page(form, 422)
    try:
        count("help", A_SCHOOL_AN_HOUR)
        return _written(form)
    except (RuleBroken, TooMany) as refusal:
        return _help_page(form, taken(form, refusal))


def _written(form: HelpForm) -> Any:
    """Keep the message; a secret is shown in the answer to this very request and never again."""
    who = current_user if form.named.data else Nobody()
    concern = actions.ask_for_help(
        who,
        form.text.data or "",
        form.contact.data or "",
        wish=form.answer.data or "",
        whose=form.whose.data or "",
    )
    if form.answer.data != "here":
        return see(url_for(".helped"))
    secret = actions.promise_answer(concern)
    return render_template(
        "safeguarding/helped.html", secret=secret, pictures=PICTURES, **_promised()
    )


@pages.get("/help/thanks")
@door(anyone)
def helped() -> Any:
    """What happens with the message now."""
    return render_template("safeguarding/helped.html", secret=None, **_promised())


@pages.route("/complain", methods=["GET", "POST"])
@door(anyone)
def complain() -> Any:
    """Complain or report, without signing in (R9)."""
    form = ComplaintForm()
    if not form.is_submitted():
        return _complaint_page(form, 200)
    same_site()
    if not form.validate():
        return _complaint_page(form, 422)
    try:
        count("complain", A_SCHOOL_AN_HOUR)
        actions.complain(form.text.data or "", form.contact.data or "")
    except (RuleBroken, TooMany) as refusal:
        return _complaint_page(form, taken(form, refusal))
    return see(url_for(".complained"))


@pages.get("/complain/thanks")
@door(anyone)
def complained() -> Any:
    """What happens with the complaint now."""
    return render_template("safeguarding/complained.html", settled_by=settled_by(today()))


@pages.record_once
def exempt_from_token(state: BlueprintSetupState) -> None:
    """No token is asked for: a child whose browser keeps no cookie must be heard (R9, R86), and
    `same_site` keeps other sites from writing in her place."""
    for view in (ask_for_help, complain):
        state.app.extensions["csrf"].exempt(view)


def _promised() -> dict[str, Any]:
    promise = promise_now()
    return {"read_by": moment_words(promise.by), "on_duty": promise.sure}


def _help_page(form: HelpForm, status: int) -> Any:
    if not form.is_submitted():
        form.whose.data = "friend" if request.args.get("for") == "friend" else None
    school = current_user.school_id
    page = render_template(
        "safeguarding/help.html",
        form=form,
        named_adult=named_adult_of(school) if school else "",
        **_promised(),
    )
    return page, status


def _complaint_page(form: ComplaintForm, status: int) -> Any:
    page = render_template(
        "safeguarding/complain.html", form=form, days=COMPLAINT_DAYS, settled_by=settled_by(today())
    )
    return page, status
