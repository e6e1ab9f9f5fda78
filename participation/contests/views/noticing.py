"""The secretary's desk of an outcome: putting it up, the objections to it, the end of the call."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import secretaries
from participation.contests.actions import notice as noticing
from participation.contests.actions import objections as answering
from participation.contests.call import ShownCall
from participation.contests.forms.notice import AnswerObjectionForm, NoticeForm
from participation.contests.models import Objection
from participation.contests.policies.notice import (
    may_answer_objection,
    may_disqualify_work,
    may_end_call,
    may_put_up_notice,
)
from participation.contests.queries import call_of
from participation.contests.queries.notice import (
    noticing_of,
    objection_of,
    objections_in,
    title_of,
)
from participation.contests.views.blueprint import pages
from participation.kernel.clock import now, today
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.paging import read_key
from participation.kernel.web import see


@pages.route("/desk/calls/<int:call_id>/notice", methods=["GET", "POST"])
@door(secretaries)
def put_up_notice(call_id: int) -> Any:
    """How the outcome stands, and putting it up for notice."""
    form = NoticeForm()
    if not form.validate_on_submit():
        form = form if form.is_submitted() else form.usual()
        return _page(call_of(call_id), form), 422 if form.is_submitted() else 200
    try:
        noticing.put_up_notice(current_user, call_id, form.days.data)
    except RuleBroken as refusal:
        form.take(refusal)
        return _page(call_of(call_id), form), 422
    flash(_("公示了。从现在起，大家都能看到，也能提异议。"), "thanks")
    return see(url_for(".put_up_notice", call_id=call_id))


def _page(found: ShownCall, form: NoticeForm) -> str:
    standing, moment = noticing_of(found), now()
    return render_template(
        "contests/manage_notice.html",
        call=found,
        form=form,
        standing=standing,
        why_not=str(may_put_up_notice.refusal(current_user, standing, moment) or ""),
        why_no_end=str(may_end_call.refusal(current_user, standing, moment) or ""),
    )


@pages.post("/desk/calls/<int:call_id>/end")
@door(secretaries)
def end_call(call_id: int) -> Any:
    """The outcome stands."""
    noticing.end_call(current_user, call_id)
    flash(_("结束了。结果送给决策单位。"), "thanks")
    return see(url_for(".put_up_notice", call_id=call_id))


@pages.get("/desk/calls/<int:call_id>/objections")
@door(secretaries)
def objections(call_id: int) -> str:
    """The objections with their clock, the newest first."""
    found = call_of(call_id)
    below, above = (read_key(request.args.get(name)) for name in ("before", "after"))
    page = objections_in(found.id, below=below, above=above)
    return render_template("contests/objections.html", call=found, page=page, day=today())


@pages.route("/desk/objections/<int:objection_id>", methods=["GET", "POST"])
@door(secretaries)
def answer_objection(objection_id: int) -> Any:
    """One objection: its words, and its answer."""
    row, form = objection_of(objection_id), AnswerObjectionForm()
    if not form.validate_on_submit():
        return _answering(row, form), 422 if form.is_submitted() else 200
    try:
        answering.answer_objection(
            current_user, row.id, form.answer.data or "", disqualify=bool(form.disqualify.data)
        )
    except RuleBroken as refusal:
        form.take(refusal)
        return _answering(row, form), 422
    flash(_("答复好了。提的人用编号和小暗号来看。"), "thanks")
    return see(url_for(".objections", call_id=row.call_id))


def _answering(row: Objection, form: AnswerObjectionForm) -> str:
    found, moment = call_of(row.call_id), now()
    return render_template(
        "contests/objection.html",
        call=found,
        objection=row,
        form=form,
        title=title_of(row.entry_id),
        is_open=may_answer_objection(current_user, row, moment),
        may_disqualify=may_disqualify_work(current_user, noticing_of(found), moment),
        day=today(),
    )
