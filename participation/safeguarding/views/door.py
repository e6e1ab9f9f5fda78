"""The help door and the complaint page: for everyone, without an account, without cookies."""

import secrets
from typing import Any, Final

from flask import render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user

from participation.accounts.cards import PICTURES
from participation.accounts.identity import Nobody
from participation.accounts.queries import named_adult_of
from participation.kernel.clock import today
from participation.kernel.codes import grouped
from participation.kernel.doors import anyone, door
from participation.kernel.errors import RuleBroken, TooMany
from participation.kernel.web import same_site, see
from participation.safeguarding import actions
from participation.safeguarding.forms import ComplaintForm, HelpForm, OpenForm
from participation.safeguarding.models import Concern
from participation.safeguarding.promises import (
    COMPLAINT_DAYS,
    Promise,
    settled_by,
    settled_on,
)
from participation.safeguarding.queries.answers import told_concern
from participation.safeguarding.queries.complaints import number_of_complaint
from participation.safeguarding.queries.duty import promise_now, promise_of
from participation.safeguarding.receipts import Receipt, open_receipt, receipt_code
from participation.safeguarding.views.blueprint import count, pages, taken
from participation.safeguarding.wording import moment_words

A_SCHOOL_AN_HOUR: Final = 120
"""Messages an hour from one address: a whole school may stand behind it."""
VISIT: Final = "once"
"""Where a visit keeps its random mark (`_visit`); also the name of the field."""


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
        return see(_thanks(_written(form), wish=form.answer.data or ""))
    except (RuleBroken, TooMany) as refusal:
        return _help_page(form, taken(form, refusal))


def _written(form: HelpForm) -> actions.Asked:
    return actions.ask_once(
        current_user if form.named.data else Nobody(),
        form.text.data or "",
        form.contact.data or "",
        visit=_visit(form),
        wish=form.answer.data or "",
        whose=form.whose.data or "",
    )


def _visit(form: OpenForm) -> str:
    """Random text by which a message that is sent twice is known to be the same.

    The page brings it for a double tap; the visit keeps that of its first message, for whoever goes
    back and sends again. Two children at one tablet write different words.
    """
    session[VISIT] = session.get(VISIT) or (form.once.data or "")[:64] or secrets.token_hex(16)
    return str(session[VISIT])


def _thanks(asked: actions.Asked, *, wish: str = "", complaint: bool = False) -> str:
    """The address of the page after a message, which shows the secret for some minutes: to whoever
    gave no name always, because she has no other way to an answer."""
    named = asked.concern.writer_mark is not None
    shown = wish == "here" or not named
    receipt = Receipt(
        concern_id=asked.concern.id,
        letters=asked.secret.letters if shown else "",
        pictures=asked.secret.pictures if shown else (),
        at_once=asked.signs.is_at_once,
        complaint=complaint,
        wish=wish,
    )
    return url_for(".helped", code=receipt_code(receipt))


@pages.get("/help/thanks", defaults={"code": ""})
@pages.get("/help/thanks/<code>")
@door(anyone)
def helped(code: str) -> Any:
    """What happens with the message now; for some minutes also the secret of its answer."""
    receipt, concern = _receipt(code)
    if concern is None or concern.kind == "complaint":
        return render_template("safeguarding/helped.html", receipt=None)
    promised = _promised(promise_of(concern))
    return render_template(
        "safeguarding/helped.html", receipt=receipt, pictures=PICTURES, **promised
    )


def _receipt(code: str) -> tuple[Receipt | None, Concern | None]:
    """The receipt in an address and the message it is of, as long as it is valid."""
    receipt = open_receipt(code)
    return receipt, told_concern(receipt.concern_id) if receipt else None


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
        return see(_complained(form))
    except (RuleBroken, TooMany) as refusal:
        return _complaint_page(form, taken(form, refusal))


def _complained(form: ComplaintForm) -> str:
    """Keep it; gives the address of the page after it, which is another one where it was sent to
    the officers instead."""
    text, contact = form.text.data or "", form.contact.data or ""
    heard = actions.hear_complaint(text, contact, visit=_visit(form))
    if isinstance(heard, actions.Asked):
        return _thanks(heard, complaint=True)
    return url_for(".complained", code=receipt_code(Receipt(concern_id=heard.id, complaint=True)))


@pages.get("/complain/thanks", defaults={"code": ""})
@pages.get("/complain/thanks/<code>")
@door(anyone)
def complained(code: str) -> Any:
    """What happens with the complaint now, and its number."""
    complaint = _receipt(code)[1]
    if complaint is None or complaint.kind != "complaint":
        return render_template("safeguarding/complained.html", number="")
    return render_template(
        "safeguarding/complained.html",
        number=grouped(number_of_complaint(complaint)),
        settled_by=settled_on(complaint),
    )


@pages.record_once
def exempt_from_token(state: BlueprintSetupState) -> None:
    """No token is asked for: a child whose browser keeps no cookie must be heard (R9, R86), and
    `same_site` keeps other sites from writing in her place."""
    for view in (ask_for_help, complain):
        state.app.extensions["csrf"].exempt(view)


def _promised(promise: Promise) -> dict[str, Any]:
    return {"read_by": moment_words(promise.by), "on_duty": promise.sure}


def _help_page(form: HelpForm, status: int) -> Any:
    if not form.is_submitted():
        form.whose.data = "friend" if request.args.get("for") == "friend" else None
        form.once.data = secrets.token_hex(16)
    school = current_user.school_id
    page = render_template(
        "safeguarding/help.html",
        form=form,
        named_adult=named_adult_of(school) if school else "",
        **_promised(promise_now()),
    )
    return page, status


def _complaint_page(form: ComplaintForm, status: int) -> Any:
    if not form.is_submitted():
        form.once.data = secrets.token_hex(16)
    page = render_template(
        "safeguarding/complain.html", form=form, days=COMPLAINT_DAYS, settled_by=settled_by(today())
    )
    return page, status
