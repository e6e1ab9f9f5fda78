"""Trying a call out: its own page for the secretary, and the call as invited colleagues see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.queries import staff_with
from participation.accounts.roles import STAFF, secretaries, staff
from participation.contests.actions import rehearsing
from participation.contests.forms.rehearsing import GuestForm, RehearsalForm, dates_of
from participation.contests.models import Call
from participation.contests.queries.calls import shown, whole_call
from participation.contests.queries.drafts import guests_of, rehearsal_for
from participation.contests.views.blueprint import pages
from participation.contests.views.calls import call_flags
from participation.kernel.clock import city_day
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import LazyWords, _, _l
from participation.kernel.web import see


@pages.post("/desk/calls/<int:call_id>/rehearse")
@door(secretaries)
def rehearse_call(call_id: int) -> Any:
    """Make a rehearsal of a call; what the draft still lacks is named on the page of the draft."""
    try:
        row = rehearsing.begin_rehearsal(current_user, call_id)
    except RulesBroken as refusal:
        flash(_("还不能预演：%(why)s", why=str(refusal.broken[0])), "fix")
        return see(url_for(".edit_call", call_id=call_id))
    return see(url_for(".rehearsal", call_id=row.id))


@pages.get("/desk/calls/<int:call_id>/rehearsal")
@door(secretaries)
def rehearsal(call_id: int) -> str:
    """A rehearsal: its dates, its made-up works, who may see it, and its end."""
    row = _rehearsal(call_id)
    return _page(row, RehearsalForm(formdata=None, data=dates_of(row)), GuestForm(formdata=None))


def _rehearsal(call_id: int, *, lock: bool = False) -> Call:
    row = whole_call(call_id, lock=lock)
    if not row.rehearsal:
        raise Missing
    return row


def _page(row: Call, form: RehearsalForm, guest_form: GuestForm) -> str:
    colleagues = [one for role in STAFF for one in staff_with(role)]
    guest_form.offer([one for one in colleagues if one.id != current_user.person_id])
    return render_template(
        "contests/rehearsal.html",
        row=row,
        form=form,
        guest_form=guest_form,
        guests=guests_of(row.id),
        ends_on=city_day(row.made_at + rehearsing.LASTS),
    )


@pages.post("/desk/calls/<int:call_id>/rehearsal/dates")
@door(secretaries)
def change_rehearsal(call_id: int) -> Any:
    """Set its dates freely."""
    row = _rehearsal(call_id, lock=True)
    form = RehearsalForm()
    try:
        if not form.validate():
            return _page(row, form, GuestForm(formdata=None)), 422
        rehearsing.change_rehearsal(current_user, row, form.dates())
    except RulesBroken as refusal:
        form.take(refusal)
        return _page(row, form, GuestForm(formdata=None)), 422
    flash(_("日子改好了。"), "thanks")
    return see(url_for(".rehearsal", call_id=row.id))


@pages.post("/desk/calls/<int:call_id>/rehearsal/guests")
@door(secretaries)
def share_rehearsal(call_id: int) -> Any:
    """Let a colleague see it, or no longer."""
    row = _rehearsal(call_id, lock=True)
    gone = request.form.get("remove", 0, type=int)
    chosen = gone or request.form.get("person_id", 0, type=int)
    try:
        rehearsing.share_rehearsal(current_user, row, chosen, seen=not gone)
    except RuleBroken as refusal:
        guest_form = GuestForm(formdata=None)
        guest_form.take(refusal)
        return _page(row, RehearsalForm(formdata=None, data=dates_of(row)), guest_form), 422
    return see(url_for(".rehearsal", call_id=row.id, _anchor="guests"))


@dataclass(frozen=True, slots=True)
class Deed:
    """What one button of a rehearsal does, and what is said afterwards."""

    do: Callable[[Any, Call], Any]
    said: LazyWords


DEEDS: Final[dict[str, Deed]] = {
    "close": Deed(rehearsing.close_rehearsal, _l("预演的征集结束了。")),
    "fill": Deed(rehearsing.fill_rehearsal, _l("放了十二件编出来的作品。")),
    "end": Deed(rehearsing.end_rehearsal, _l("预演结束了，里面的东西都删掉了。")),
}


@pages.post("/desk/calls/<int:call_id>/rehearsal/<any(close, fill, end):deed>")
@door(secretaries)
def run_rehearsal(call_id: int, deed: str) -> Any:
    """Close it now, put made-up works into it, or end it with all that is in it."""
    row = _rehearsal(call_id, lock=True)
    here = url_for(".rehearsal", call_id=call_id)
    try:
        DEEDS[deed].do(current_user, row)
    except RuleBroken as refusal:
        flash(str(refusal), "fix")
        return see(here)
    flash(str(DEEDS[deed].said), "thanks")
    return see(url_for(".manage_calls") if deed == "end" else here)


@pages.get("/desk/rehearsals/<int:call_id>")
@door(staff)
def see_rehearsal(call_id: int) -> str:
    """A rehearsal as children would see the call, for who was let in."""
    row = rehearsal_for(current_user, call_id)
    band = request.args.get("band", "b")
    flags = call_flags(shown(row, 0), band if band in ("a", "b", "c") else "b")
    return render_template("contests/call.html", **flags, refusal="", preview="rehearsal")
