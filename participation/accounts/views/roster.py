"""Taking a roster over: the file, its dry run row by row, and the yes."""

from typing import Any

from flask import Response, current_app, flash, make_response, render_template, request, url_for
from flask_login import current_user

from participation.accounts.actions import roster as deeds
from participation.accounts.forms.roster import ImportForm, RosterForm
from participation.accounts.importing import DEEDS, ImportPlan
from participation.accounts.models import ImportDraft
from participation.accounts.queries.imports import draft_of, plan_import
from participation.accounts.queries.people import PAGE
from participation.accounts.roles import roster_keepers
from participation.accounts.roster import FIELD_NAMES, Roster, read_roster
from participation.accounts.roster.saying import GENDERS, class_words, say_change
from participation.accounts.views.blueprint import pages
from participation.accounts.views.schools import the_school
from participation.kernel.clock import today
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import ngettext
from participation.kernel.web import see

MOST_LEAVING = 200
"""How many missing pupils one page offers to tick; the others come with the next import."""


@pages.route("/desk/schools/<int:school_id>/roster", methods=["GET", "POST"])
@door(roster_keepers)
def roster_import(school_id: int) -> Any:
    """Choose a file; what is wrong with it as a whole is said here."""
    form, found = RosterForm(), Roster()
    is_sent = request.method == "POST" and form.validate()
    if is_sent:  # before the first statement: reading a file must keep nobody from writing
        found = _uploaded(form)
    school = the_school(school_id)
    if is_sent:
        try:
            draft = deeds.keep_draft(current_user, school_id, found, whole=form.whole.data)
            return see(url_for("accounts.import_roster", draft_id=draft.id.hex()))
        except RuleBroken:
            form.file.errors = [str(problem) for problem in found.problems]
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "school": school, "unread": found.unread}
    return render_template("accounts/roster_import.html", **shown), status


def _uploaded(form: RosterForm) -> Roster:
    limit = current_app.extensions["settings"].upload_limit
    return read_roster(form.file.data.read(limit + 1), today=today(), most_bytes=limit)


@pages.route("/desk/rosters/<draft_id>", methods=["GET", "POST"])
@door(roster_keepers)
def import_roster(draft_id: str) -> Any:
    """The dry run: every row and what it would do; then all of it, or nothing."""
    draft, form = draft_of(current_user, draft_id), ImportForm()
    if request.method == "GET":
        return _shown(draft, ImportForm(formdata=None), 200)
    if not form.validate():
        return _shown(draft, form, 422)
    wanted = {"leaving": form.leaving.data or (), "despite": form.despite.data}
    try:
        plan = deeds.import_roster(current_user, draft_id, digest=form.digest.data, **wanted)
    except RuleBroken as refusal:
        form.take(refusal)
        return _shown(draft, form, 422)
    flash(_taken(plan), "thanks")
    return see(url_for("accounts.school_page", school_id=draft.school_id))


def _taken(plan: ImportPlan) -> str:
    count = plan.counts["add"] + plan.counts["change"]
    return ngettext("名单收好了，动了 %(num)d 个学生", "名单收好了，动了 %(num)d 个学生", count)


def _shown(draft: ImportDraft, form: ImportForm, status: int) -> Response:
    plan, only = plan_import(draft), request.args.get("only", "")
    after = request.args.get("after", 0, type=int)
    lines = plan.doing(only) if only in DEEDS else plan.lines
    shown = [line for line in lines if line.row > after][: PAGE + 1]
    page = render_template(
        "accounts/roster_plan.html",
        draft_id=draft.id.hex(),
        school=the_school(draft.school_id),
        form=form,
        plan=plan,
        only=only if only in DEEDS else "",
        lines=shown[:PAGE],
        after=shown[PAGE - 1].row if len(shown) > PAGE else 0,
        started=after > 0,
        missing=plan.missing[:MOST_LEAVING],
        names=FIELD_NAMES,
        genders=GENDERS,
        class_words=class_words,
        say_change=say_change,
    )
    return make_response(page, status)
