"""What one keeps about oneself: nickname, devices, and the news that one's card was made anew."""

import secrets
from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts import nicknames
from participation.accounts.actions.cards import know_new_card
from participation.accounts.actions.naming import choose_nickname
from participation.accounts.actions.sign_ins import end_sign_ins as end_all_of
from participation.accounts.forms.entering import NicknameForm, OnwardForm, PlainForm
from participation.accounts.queries.cards import new_card_of, open_sign_ins
from participation.accounts.queries.people import person
from participation.accounts.roles import children, staff
from participation.accounts.views.blueprint import pages
from participation.accounts.views.entering import gone
from participation.kernel.doors import door, signed_in
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import safe_next, see


@pages.get("/me/nickname")
@door(children)
def my_nickname() -> Any:
    """Six nicknames to pick from; the page can be asked for six others."""
    seed = request.args.get("seed", "") or secrets.token_hex(4)
    return _nickname_page(NicknameForm(seed=seed))


@pages.post("/me/nickname")
@door(children)
def choose_my_nickname() -> Any:
    """Take the nickname that was picked."""
    form = NicknameForm()
    if form.validate():
        try:
            choose_nickname(current_user, form.nickname.data)
            flash(_("好，从现在起你叫“%(name)s”。", name=form.nickname.data), "thanks")
            return see(url_for(".my_nickname"))
        except RuleBroken as refusal:
            form.take(refusal)
    return _nickname_page(form), 422


def _nickname_page(form: NicknameForm) -> str:
    child = person(current_user.person_id)
    if child is None:
        raise Missing
    shown = {"form": form, "nickname": child.nickname, "other": secrets.token_hex(4)}
    shown["offered"] = nicknames.offered(form.seed.data or "", child.legal_name)
    return render_template("accounts/my_nickname.html", **shown)


@pages.route("/me/card", methods=["GET", "POST"])
@door(children)
def my_new_card() -> Any:
    """Since when the card is a new one, and who came in with it: told at the door, then onward."""
    form, home = OnwardForm(), url_for("front.home")
    if request.method == "POST" and form.validate():
        know_new_card(current_user)
        return see(safe_next(form.next.data, home))
    card = new_card_of(current_user.person_id, but=current_user.sign_in)
    if card is None:
        return see(home)
    onward = safe_next(request.values.get("next"), home)
    return render_template("accounts/my_new_card.html", card=card, onward=onward)


@pages.get("/me/devices")
@door(signed_in)
def sign_ins() -> Any:
    """Where one is signed in, and one button that ends it everywhere."""
    rows = open_sign_ins(current_user.person_id)
    here = bytes.fromhex(current_user.sign_in)
    return render_template("accounts/sign_ins.html", form=PlainForm(), rows=rows, here=here)


@pages.post("/me/leave-everywhere")
@door(signed_in)
def leave_everywhere() -> Any:
    """End one's own sign-ins on all devices, this one too."""
    is_staff = not current_user.is_child
    end_all_of(current_user, current_user.person_id)
    return gone(staff=is_staff)


@pages.post("/desk/people/<int:person_id>/end-sign-ins")
@door(staff)
def end_sign_ins(person_id: int) -> Any:
    """End every sign-in of another person, and go back to the page one came from."""
    found = person(person_id)
    if found is None:
        raise Missing
    end_all_of(current_user, person_id)
    flash(_("已经让这个人在所有设备上退出了"), "thanks")
    return see(safe_next(request.form.get("next"), url_for("front.desk")))
