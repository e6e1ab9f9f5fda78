"""Coming in and going out: a child's card, and the page after leaving."""

from typing import Any

from flask import current_app, make_response, render_template, request, session, url_for
from flask_login import current_user

from participation.accounts.actions.entering import enter_with_code, enter_with_number
from participation.accounts.actions.sign_ins import sign_out as end_this_sign_in
from participation.accounts.cards import PICTURES
from participation.accounts.forms.entering import CardForm, PicturesForm
from participation.accounts.identity import Identity
from participation.accounts.queries.cards import card_of_code, is_told_of_card
from participation.accounts.views.blueprint import pages
from participation.accounts.visiting import let_in, let_out
from participation.kernel.codes import grouped
from participation.kernel.doors import anyone, door
from participation.kernel.errors import RuleBroken
from participation.kernel.web import safe_next, see

FORGET_ALL = '"cache", "storage"'
"""Chrome, Firefox and Safari empty what this site left on the tablet (W3C Clear Site Data)."""


def come_in(identity: Identity, onward: str | None, otherwise: str) -> Any:
    """Begin a clean session for this identity – nothing of the one before stays – and go on."""
    session.clear()
    let_in(identity)
    return see(safe_next(onward, otherwise))


def come_in_by_card(identity: Identity, onward: str | None) -> Any:
    """Let a child in; of a card that was made anew she is told before anything else."""
    home = url_for("front.home")
    if is_told_of_card(identity.person_id):
        onward = url_for("accounts.my_new_card", next=safe_next(onward, home))
    return come_in(identity, onward, home)


def around() -> dict[str, Any]:
    """Where the request comes from and the settings, as the deeds of coming in take them."""
    return {
        "address": request.remote_addr or "",
        "settings": current_app.extensions["settings"],
    }


@pages.get("/enter")
@door(anyone)
def enter() -> Any:
    """The door for children: card number and three pictures."""
    form = CardForm(next=request.args.get("next", ""))
    return render_template("accounts/enter.html", form=form, pictures=PICTURES)


@pages.post("/enter")
@door(anyone)
def enter_by_number() -> Any:
    """Try the number and the pictures."""
    form = CardForm()
    if form.validate():
        try:
            identity = enter_with_number(form.number.data, form.pictures.data, **around())
            return come_in_by_card(identity, form.next.data)
        except RuleBroken as refusal:
            form.take(refusal)
    return render_template("accounts/enter.html", form=form, pictures=PICTURES), 422


@pages.get("/enter/card/<code>")
@door(anyone)
def enter_with_card(code: str) -> Any:
    """The door behind the QR code of a card: the pictures only."""
    return _card_page(PicturesForm(), code), 200 if card_of_code(code) else 404


@pages.post("/enter/card/<code>")
@door(anyone)
def enter_by_code(code: str) -> Any:
    """Try the pictures of the card behind a QR code."""
    form = PicturesForm()
    if form.validate():
        try:
            identity = enter_with_code(code, form.pictures.data, **around())
            return come_in_by_card(identity, form.next.data)
        except RuleBroken as refusal:
            form.take(refusal)
    return _card_page(form, code), 422


def _card_page(form: PicturesForm, code: str) -> str:
    card = card_of_code(code)
    shown = {"form": form, "pictures": PICTURES, "number": grouped(card.number) if card else ""}
    return render_template("accounts/enter_with_card.html", **shown, code=code)


@pages.post("/sign-out")
@door(anyone)
def sign_out() -> Any:
    """Leave on this device."""
    staff = bool(current_user.role) and not current_user.is_child
    end_this_sign_in(current_user)
    return gone(staff=staff)


def gone(*, staff: bool) -> Any:
    """Forget the visit and everything this device keeps of it."""
    let_out()
    session.clear()
    response = make_response(see(url_for("accounts.left", desk=1 if staff else None)))
    response.headers["Clear-Site-Data"] = FORGET_ALL
    return response


@pages.get("/left")
@door(anyone)
def left() -> Any:
    """After leaving: the next child may come."""
    return render_template("accounts/left.html", staff="desk" in request.args)
