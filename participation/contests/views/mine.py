"""Her own work after it is in: where it is, the slip for home, taking it back, asking once more."""

from datetime import date
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from participation.accounts.roles import children
from participation.contests.actions import entries, licences, verdicts
from participation.contests.actions.looking import is_harmful
from participation.contests.composing import words_of
from participation.contests.policies.entries import (
    may_appeal_work,
    may_end_use,
    may_see_own_work,
    may_withdraw_work,
)
from participation.contests.queries.answers import answers_of
from participation.contests.queries.blind import blind_work
from participation.contests.queries.hanging import hangs
from participation.contests.queries.own import Own, own_work
from participation.contests.views.blueprint import pages
from participation.kernel import codes
from participation.kernel.addresses import absolute
from participation.kernel.clock import city_day, now
from participation.kernel.doors import door
from participation.kernel.i18n import _, say_time
from participation.kernel.web import see
from participation.moderation.queries import decided_last, read_by
from participation.moderation.targets import due, is_open


@pages.get("/works/<key>/mine")
@door(children)
def mine(key: str) -> Any:
    """Where her work is, and what she may do with it."""
    own = own_work(current_user, key)
    may_see_own_work.require(current_user, own.right, now())
    if own.author.consent != "agreed":
        return redirect(url_for(".agree_to_work", key=key))
    if own.entry.standing == "draft" and own.author.lead:
        return redirect(url_for(".hand_in", call_id=own.call.id))
    return render_template("contests/work.html", own=own, call=own.call, **_of(own))


def _of(own: Own) -> dict[str, Any]:
    waits = own.entry.standing in ("pressing", "waiting")
    return {
        "work": blind_work(own.entry, viewer=current_user.sign_in),
        "read_by": read_by([own.subject]) if own.entry.standing == "waiting" else None,
        "asleep": waits and not is_open(now()),
        "hung": hangs(own.entry, now()),
        "care": is_harmful(words_of(own.entry), current_user),
        "appealable": _is_appealable(own),
        "answer": answers_of([own.call]).get(own.call.id),
        "days": current_app.extensions["settings"].consent_days,
    }


def _is_appealable(own: Own) -> bool:
    """May she ask another moderator, and would it not be refused?"""
    if not may_appeal_work(current_user, own.right, now()):
        return False
    last = decided_last([own.subject]).get(own.subject)
    return last is not None and last.is_open_to_appeal


@pages.post("/works/<key>/slip")
@door(children)
def print_slip(key: str) -> Any:
    """A slip for the guardian with a fresh code, which shows this once."""
    own, days = own_work(current_user, key), current_app.extensions["settings"].consent_days
    code = licences.print_slip(current_user, own, days=days)
    address = absolute(url_for(".licence", code=code))
    return render_template(
        "contests/slip.html",
        own=own,
        call=own.call,
        code=code,
        site_address=absolute(url_for(".licences")),
        square=Markup(codes.qr_svg(address, alt=_("给家长扫的二维码"))),  # noqa: S704 - our own SVG
        ends=_last_day(own),
    )


def _last_day(own: Own) -> date | None:
    return city_day(own.licence.code_ends) if own.licence.code_ends else None


@pages.route("/works/<key>/withdraw", methods=["GET", "POST"])
@door(children)
def withdraw_work(key: str) -> Any:
    """Ask once more, then take the work back."""
    own = own_work(current_user, key)
    may_withdraw_work.require(current_user, own.right, now())
    if request.method == "GET":
        return render_template("contests/withdraw.html", own=own, call=own.call)
    entries.withdraw_work(current_user, own)
    flash(_("收回来了。你写的和你传的都已经删掉。"), "thanks")
    return see(url_for("contests.call", call_id=own.call.id))


@pages.post("/works/<key>/not-mine")
@door(children)
def disown_work(key: str) -> Any:
    """What a teacher handed in for her is not hers: one tap, and it is gone."""
    own = own_work(current_user, key)
    entries.disown_work(current_user, own)
    flash(_("好，这个作品已经拿掉了。没有告诉老师。"), "thanks")
    return see(url_for("front.my_page"))


@pages.route("/works/<key>/end-use", methods=["GET", "POST"])
@door(children)
def end_use(key: str) -> Any:
    """Ask once more, then end the use of the work from now on (R66)."""
    own = own_work(current_user, key)
    may_end_use.require(current_user, own.right, now())
    if request.method == "GET":
        return render_template("contests/end_use.html", own=own, call=own.call)
    licences.end_use(current_user, own)
    flash(_("好，从现在起不再用你的作品。已经印出来的收不回来。"), "thanks")
    return see(url_for(".mine", key=key))


@pages.post("/works/<key>/appeal")
@door(children)
def appeal_work(key: str) -> Any:
    """Ask another moderator to look, by one tap."""
    verdicts.appeal_work(current_user, own_work(current_user, key))
    by = due(now(), "appeals")
    flash(_("另一位老师会再看一次，最晚 %(when)s 回答你。", when=say_time(by)), "thanks")
    return see(url_for(".mine", key=key))
