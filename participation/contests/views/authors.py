"""A work of several: its code, who has said yes, joining it, leaving it."""

from typing import Any, Final

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.actions.lockouts import Window, reserve
from participation.accounts.roles import children
from participation.contests.actions import authors, entries
from participation.contests.forms.entries import read_uses
from participation.contests.forms.licences import JoinForm
from participation.contests.policies.entries import (
    may_agree_to_work,
    may_change_work,
    may_leave_work,
)
from participation.contests.queries import call as public_call
from participation.contests.queries.blind import blind_work
from participation.contests.queries.own import own_work
from participation.contests.views.blueprint import pages
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.web import see

TRIES: Final = 15
"""Codes that one child may try in vain in a quarter of an hour."""


@pages.post("/calls/<int:call_id>/together")
@door(children)
def begin_together(call_id: int) -> Any:
    """Begin a work with others: the draft comes to be, and with it its code."""
    own = entries.begin_work(current_user, public_call(call_id))
    return see(url_for(".authors_of_work", key=own.entry.id.hex()))


@pages.get("/works/<key>/authors")
@door(children)
def authors_of_work(key: str) -> Any:
    """For who leads: the code to give on, and who has said yes."""
    own = own_work(current_user, key)
    may_change_work.require(current_user, own.right, now())
    return render_template("contests/authors.html", own=own, call=own.call)


@pages.post("/works/<key>/authors/code")
@door(children)
def new_code(key: str) -> Any:
    """Another code; the one before leads nowhere any more."""
    authors.new_code(current_user, own_work(current_user, key))
    flash(_("换好了。以前的码用不了了。"), "thanks")
    return see(url_for(".authors_of_work", key=key))


@pages.post("/works/<key>/authors/<author_id>/off")
@door(children)
def take_author_off(key: str, author_id: str) -> Any:
    """Take one off who has not said yes."""
    authors.take_author_off(current_user, own_work(current_user, key), author_id)
    return see(url_for(".authors_of_work", key=key))


@pages.route("/calls/<int:call_id>/join", methods=["GET", "POST"])
@door(children)
def join_work(call_id: int) -> Any:
    """Type a classmate's code, and see the work that it is for."""
    form = JoinForm()
    if request.method != "POST" or not form.validate():
        status = 422 if request.method == "POST" else 200
        return _joining(call_id, form), status
    who = fingerprint("join", str(current_user.person_id)).hex()
    attempt = reserve(Window(f"join:{who}", TRIES))
    try:
        own = authors.join_work(current_user, public_call(call_id), form.code.data or "")
    except RuleBroken as refusal:
        form.take(refusal)
        return _joining(call_id, form), 422
    attempt.succeeded()
    return see(url_for(".agree_to_work", key=own.entry.id.hex()))


def _joining(call_id: int, form: JoinForm) -> str:
    return render_template("contests/join.html", call=public_call(call_id), form=form)


@pages.route("/works/<key>/join", methods=["GET", "POST"])
@door(children)
def agree_to_work(key: str) -> Any:
    """See the work as it is, and say one's own yes to it."""
    own = own_work(current_user, key)
    if request.method == "POST":
        form, uses = request.form.get("name_form", ""), read_uses(request.form)
        authors.agree_to_work(current_user, own, form=form, uses=uses)
        flash(_("好，你也是作者了。开头的那位同学来交。"), "thanks")
        return see(url_for(".mine", key=key))
    return render_template(
        "contests/agree.html",
        own=own,
        call=own.call,
        work=blind_work(own.entry, viewer=current_user.sign_in),
        forms=authors.forms_for(current_user),
        refusal=may_agree_to_work.refusal(current_user, own.right, now()),
    )


@pages.route("/works/<key>/leave", methods=["GET", "POST"])
@door(children)
def leave_work(key: str) -> Any:
    """Be none of its authors any more."""
    own = own_work(current_user, key)
    may_leave_work.require(current_user, own.right, now())
    if request.method == "GET":
        return render_template("contests/leave.html", own=own, call=own.call)
    authors.leave_work(current_user, own)
    flash(_("你退出了。你的名字已经拿掉。"), "thanks")
    return see(url_for("contests.call", call_id=own.call.id))
