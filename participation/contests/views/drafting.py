"""The secretary's desk of calls: all of them, writing one, seeing it as children will, publish."""

from typing import Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from participation.accounts.queries import district_list, staff_with, unit_list
from participation.accounts.roles import OFFICIAL, secretaries
from participation.contests.actions import drafting
from participation.contests.forms.drafting import (
    CallForm,
    ExtendCallForm,
    StartCallForm,
    data_of,
)
from participation.contests.models import Call
from participation.contests.outline import LISTS, moved
from participation.contests.queries.calls import shown, whole_call
from participation.contests.queries.drafts import managed_calls, outline_of
from participation.contests.queries.listing import PAGE
from participation.contests.views.blueprint import pages
from participation.contests.views.calls import call_flags
from participation.deliveries.reading import Reading, reading_of
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.longforms import both, in_city
from participation.kernel.web import see

BANDS: Final = ("a", "b", "c")


@pages.get("/desk/calls")
@door(secretaries)
def manage_calls() -> str:
    """All calls and rehearsals, newest first."""
    before = request.args.get("before", 0, type=int)
    rows = managed_calls(before=before)
    listed = rows[:PAGE]
    older = url_for(".manage_calls", before=listed[-1].id) if len(rows) > PAGE else None
    return render_template(
        "contests/manage_list.html",
        rows=listed,
        moment=now(),
        newer=url_for(".manage_calls") if before else None,
        older=older,
    )


@pages.route("/desk/calls/new", methods=["GET", "POST"])
@door(secretaries)
def draft_call() -> Any:
    """Begin a call with its kind and its title."""
    form = StartCallForm()
    if form.validate_on_submit():
        title, sign = both(form, "title"), form.sign.data or ""
        row = drafting.draft_call(current_user, form.kind.data, title, sign)
        return see(url_for(".edit_call", call_id=row.id))
    status = 422 if form.is_submitted() else 200
    return render_template("contests/draft.html", form=form), status


@pages.route("/desk/calls/<int:call_id>", methods=["GET", "POST"])
@door(secretaries)
def edit_call(call_id: int) -> Any:
    """A draft to be written on; a published call to be looked at; a rehearsal has its own page."""
    row = whole_call(call_id)
    if request.method == "GET" and row.rehearsal:
        return redirect(url_for(".rehearsal", call_id=row.id))
    if row.state != "draft":
        return _published(row, ExtendCallForm()) if request.method == "GET" else abort(403)
    form = CallForm() if request.method == "POST" else _form_of(row)
    _offer(form)
    if request.method == "GET":
        return _page(row, form, 200)
    return _save(row, form) if form.validate() else _page(row, form, 422)


def _form_of(row: Call) -> CallForm:
    return CallForm(formdata=None, data=data_of(outline_of(row), row.version))


def _offer(form: CallForm) -> None:
    form.offer(district_list(), unit_list(), staff_with(OFFICIAL))


def _page(row: Call, form: CallForm, status: int) -> tuple[str, int]:
    readings = [_read(form.brief_small_zh, "a"), _read(form.brief_zh, "b")]
    page = render_template(
        "contests/draft_edit.html", row=row, form=form, readings=[one for one in readings if one]
    )
    return page, status


def _read(field: Any, band: str) -> tuple[str, Reading] | None:
    """How a text reads for a band, where some of its sentences are too long: a hint, no barrier."""
    reading = reading_of(field.data or "")
    return (band, reading) if reading and reading.long_for[band] else None


def _save(row: Call, form: CallForm) -> Any:
    """Keep what was typed, then do what the button says."""
    button = request.form.get("do", "save")
    outline = moved(form.outline(), button)
    if button == "usual":
        outline = drafting.with_usual(outline)
    version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
    try:
        drafting.change_call(current_user, row, outline, version=version)
        if button == "publish":
            drafting.require_whole(row, outline)
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return _page(row, form, 422)
    return see(_next(row.id, button))


def _next(call_id: int, button: str) -> str:
    """Where a button leads: to preview, to publish, or back to the place it stands at."""
    if button in ("preview", "publish"):
        return url_for(f".{button}_call", call_id=call_id)
    if button == "save":
        flash(_("草稿存好了。"), "thanks")
        return url_for(".edit_call", call_id=call_id)
    name = button.partition("-")[2].partition(":")[0]
    anchor = name if name in LISTS else "criteria" if button == "usual" else "main"
    return url_for(".edit_call", call_id=call_id, _anchor=anchor)


@pages.route("/desk/calls/<int:call_id>/publish", methods=["GET", "POST"])
@door(secretaries)
def publish_call(call_id: int) -> Any:
    """Ask once more, then put a saved draft to children, or name what is still missing."""
    row = whole_call(call_id, lock=request.method == "POST")
    if request.method == "GET":
        return _asked_once_more(row)
    if row.state == "draft" and request.form.get("version") != str(row.version):
        flash(_("草稿刚刚改过，请再看一遍。"), "fix")
        return see(url_for(".publish_call", call_id=row.id))
    try:
        drafting.publish_call(current_user, call_id)
    except RulesBroken as refusal:
        return _with_refusal(row, refusal)
    flash(_("已经发布，孩子们可以看到了。"), "thanks")
    return see(url_for(".manage_calls"))


def _with_refusal(row: Call, refusal: RulesBroken) -> tuple[str, int]:
    """The draft with every sentence about what it lacks."""
    form = _form_of(row)
    _offer(form)
    form.take(refusal)
    return _page(row, form, 422)


def _asked_once_more(row: Call) -> Any:
    """The last look at a draft before its content stays as it is."""
    if row.state != "draft":
        return redirect(url_for(".edit_call", call_id=row.id))
    return render_template("contests/publish.html", row=row, call=shown(row, 0))


@pages.post("/desk/calls/<int:call_id>/extend")
@door(secretaries)
def extend_call(call_id: int) -> Any:
    """Move the closing date of a published call later."""
    row = whole_call(call_id, lock=True)
    form = ExtendCallForm()
    moment = in_city(form.closes_at.data) if form.validate_on_submit() else None
    try:
        if moment is None:
            raise RuleBroken(_("写上新的结束时间"), field="closes_at")
        drafting.extend_call(current_user, row, moment)
    except RuleBroken as refusal:
        form.take(refusal)
        return _published(row, form), 422
    flash(_("结束时间推后了。"), "thanks")
    return see(url_for(".edit_call", call_id=row.id))


def _published(row: Call, form: ExtendCallForm) -> str:
    return render_template(
        "contests/manage_call.html", row=row, form=form, moment=now(), call=shown(row, 0)
    )


@pages.get("/desk/calls/<int:call_id>/preview")
@door(secretaries)
def preview_call(call_id: int) -> str:
    """The page exactly as a band will see it; nothing can be handed in from here."""
    band = request.args.get("band", "b")
    band = band if band in BANDS else "b"
    flags = call_flags(shown(whole_call(call_id), 0), band)
    return render_template(
        "contests/call.html", **flags | {"phase": "open"}, refusal="", preview="draft"
    )
