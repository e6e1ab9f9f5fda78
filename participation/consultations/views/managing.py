"""The secretary's desk: all consultations, writing one, seeing it as children will, publishing."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from participation.accounts.queries import district_list, staff_with, unit_list
from participation.accounts.roles import OFFICIAL, secretaries
from participation.consultations.actions import drafting
from participation.consultations.forms.drafting import DraftForm, ExtendForm, StartForm, data_of
from participation.consultations.models import Consultation
from participation.consultations.outline import Outline, moved
from participation.consultations.queries.drafts import (
    managed_topics,
    outline_of,
    whole_consultation,
)
from participation.consultations.queries.topics import PAGE, topic_of
from participation.consultations.topic import Topic
from participation.consultations.views.blueprint import pages
from participation.consultations.views.topic import days_left
from participation.kernel.clock import now
from participation.kernel.codes import new_code
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.longforms import both
from participation.kernel.slots import filled
from participation.kernel.web import see

ANCHORS = ("question", "option", "theme")


@pages.get("/desk/topics")
@door(secretaries)
def manage_list() -> str:
    """All consultations, newest first."""
    before = request.args.get("before", 0, type=int)
    rows = managed_topics(before=before)
    shown = rows[:PAGE]
    older = url_for(".manage_list", before=shown[-1].id) if len(rows) > PAGE else None
    return render_template(
        "consultations/manage_list.html",
        rows=shown,
        moment=now(),
        newer=url_for(".manage_list") if before else None,
        older=older,
    )


@pages.route("/desk/topics/new", methods=["GET", "POST"])
@door(secretaries)
def draft() -> Any:
    """Begin a consultation with its title."""
    form = StartForm()
    if form.validate_on_submit():
        row = drafting.draft_topic(current_user, both(form, "title"), form.sign.data or "")
        return see(url_for(".edit", consultation_id=row.id))
    status = 422 if form.is_submitted() else 200
    return render_template("consultations/draft.html", form=form), status


@pages.route("/desk/topics/<int:consultation_id>", methods=["GET", "POST"])
@door(secretaries)
def edit(consultation_id: int) -> Any:
    """A draft to be written on; a published consultation to be looked at."""
    row = whole_consultation(consultation_id)
    if row.state != "draft":
        return _published(row, ExtendForm()) if request.method == "GET" else abort(403)
    form = DraftForm() if request.method == "POST" else _form_of(row)
    _offer(form, row)
    if request.method == "GET":
        return _page(row, form, 200)
    return _save(row, form) if form.validate() else _page(row, form, 422)


def _form_of(row: Consultation) -> DraftForm:
    return DraftForm(formdata=None, data=data_of(outline_of(row), row.version))


def _offer(form: DraftForm, row: Consultation) -> None:
    options = [
        (str(option.id), str(option.label))
        for question in row.questions
        for option in question.options
        if option.label
    ]
    form.offer(district_list(), unit_list(), staff_with(OFFICIAL), options)


def _page(row: Consultation, form: DraftForm, status: int) -> tuple[str, int]:
    return render_template("consultations/draft_edit.html", row=row, form=form), status


def _save(row: Consultation, form: DraftForm) -> Any:
    """Keep what was typed, then do what the button says."""
    button = request.form.get("do", "save")
    outline: Outline = moved(form.outline(), button, new_code(30))
    version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
    try:
        drafting.change_topic(current_user, row, outline, version=version)
        if button == "publish":
            drafting.require_whole(row, outline)
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return _page(row, form, 422)
    return see(_next(row.id, button))


def _next(consultation_id: int, button: str) -> str:
    """Where a button leads: to preview, to the last question, or back to the place it stands at."""
    if button in ("preview", "publish"):
        return url_for(f".{button}", consultation_id=consultation_id)
    if button == "save":
        flash(_("草稿存好了。"), "thanks")
        return url_for(".edit", consultation_id=consultation_id)
    thing = button.partition("-")[2].partition(":")[0]
    anchor = f"{'question' if thing == 'option' else thing}s" if thing in ANCHORS else "main"
    return url_for(".edit", consultation_id=consultation_id, _anchor=anchor)


@pages.route("/desk/topics/<int:consultation_id>/publish", methods=["GET", "POST"])
@door(secretaries)
def publish(consultation_id: int) -> Any:
    """Ask once more, then put a saved draft to children, or name what is still missing."""
    row = whole_consultation(consultation_id, lock=request.method == "POST")
    if request.method == "GET":
        return _asked_once_more(row)
    if row.state == "draft" and request.form.get("version") != str(row.version):
        flash(_("草稿刚刚改过，请再看一遍。"), "fix")
        return see(url_for(".publish", consultation_id=row.id))
    try:
        drafting.publish_topic(current_user, consultation_id)
    except RulesBroken as refusal:
        form = _form_of(row)
        _offer(form, row)
        form.take(refusal)
        return _page(row, form, 422)
    flash(_("已经发布，孩子们可以看到了。"), "thanks")
    return see(url_for(".manage_list"))


def _asked_once_more(row: Consultation) -> Any:
    """The last look at a draft before its content stays as it is."""
    if row.state != "draft":
        return redirect(url_for(".edit", consultation_id=row.id))
    return render_template("consultations/publish.html", row=row, topic=topic_of(row))


@pages.post("/desk/topics/<int:consultation_id>/extend")
@door(secretaries)
def extend(consultation_id: int) -> Any:
    """Move the closing date of a published consultation later."""
    row = whole_consultation(consultation_id, lock=True)
    form = ExtendForm()
    moment = form.moment() if form.validate_on_submit() else None
    if moment is None:
        form.take(RuleBroken(_("写上新的结束时间"), field="closes_at"))
        return _published(row, form), 422
    try:
        drafting.extend_topic(current_user, row, moment)
    except RuleBroken as refusal:
        form.take(refusal)
        return _published(row, form), 422
    flash(_("结束时间推后了。"), "thanks")
    return see(url_for(".edit", consultation_id=row.id))


def _published(row: Consultation, form: ExtendForm) -> str:
    return render_template(
        "consultations/manage_topic.html", row=row, topic=topic_of(row), form=form, moment=now()
    )


@pages.get("/desk/topics/<int:consultation_id>/preview")
@door(secretaries)
def preview(consultation_id: int) -> str:
    """The pages exactly as a band will see them; nothing can be sent from here."""
    row = whole_consultation(consultation_id)
    topic = topic_of(row)
    band = request.args.get("band", "b")
    part = request.args.get("part", "topic")
    asked = topic.questions_for(band)
    step = min(max(request.args.get("q", 1, type=int), 1), max(len(asked), 1))
    small = "_small" if band == "a" else ""
    name = "topic" if part == "topic" or not asked else f"give_opinion{small}"
    with filled({"answered": "0"}):
        return render_template(
            f"consultations/{name}.html", **_preview_flags(topic, band, part, step)
        )


def _preview_flags(topic: Topic, band: str, part: str, step: int) -> dict[str, Any]:
    return {
        "topic": topic,
        "band": band if band in ("a", "b", "c") else "b",
        "part": part,
        "step": step,
        "days_left": days_left(topic),
        "phase": "open",
        "refusal": "",
        "has_given": False,
        "has_draft": False,
        "has_returned": False,
        "errors": {},
        "preview": True,
    }
