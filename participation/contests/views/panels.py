"""The secretary's desk of a jury: the two panels apart, who sits on them, and their rounds."""

from collections.abc import Callable
from typing import Any, Final

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import secretaries
from participation.contests.actions import panels, shortlisting
from participation.contests.forms.juries import FindJurorForm
from participation.contests.models import PANELS, Call
from participation.contests.policies.juries import may_seat_jury, may_settle_outcomes
from participation.contests.queries.calls import shown, whole_call
from participation.contests.queries.panels import (
    adults_like,
    children_like,
    name_of,
    panel_of,
    place_of,
    school_choices,
)
from participation.contests.queries.rounds import outcome_counts, rounds_of
from participation.contests.views.blueprint import pages
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.paging import read_number
from participation.kernel.web import see


@pages.get("/desk/calls/<int:call_id>/jury")
@door(secretaries)
def jury(call_id: int) -> str:
    """Both panels with their rounds, and a search for whom to ask."""
    row = whole_call(call_id)
    form = FindJurorForm(request.args)
    form.offer(school_choices())
    if request.args:
        form.validate()
    return render_template(
        "contests/jury.html",
        row=row,
        call=shown(row, 0),
        panels={panel: panel_of(call_id, panel) for panel in PANELS},
        rounds={panel: rounds_of(call_id, panel) for panel in PANELS},
        form=form,
        found=_found(form),
        searched=bool(request.args),
        name_of=name_of,
        place_of=place_of,
        why=may_seat_jury.refusal(current_user, row, now()),
        outcomes=outcome_counts(call_id),
        why_not_settle=may_settle_outcomes.refusal(current_user, row, now()),
    )


def _found(form: FindJurorForm) -> list[Any]:
    """Whom the search finds: adults by name, children by school with nickname or grade."""
    if form.panel.data == "child":
        return children_like(
            form.school_id.data or 0, form.nickname.data or "", grade=form.grade.data or 0
        )
    return adults_like(form.words.data or "")


def back(call: Call, anchor: str = "main") -> Any:
    """The desk of the jury."""
    return see(url_for(".jury", call_id=call.id, _anchor=anchor))


def tried(deed: Callable[[], Any], said: str) -> None:
    """Do it and say so, or say why not."""
    try:
        deed()
    except RuleBroken as refusal:
        flash(str(refusal), "fix")
    else:
        flash(said, "thanks")


@pages.post("/desk/calls/<int:call_id>/jury/invite")
@door(secretaries)
def invite_juror(call_id: int) -> Any:
    """Ask somebody to sit on a panel."""
    row = whole_call(call_id, lock=True)
    panel = request.form.get("panel", "")
    person_id = request.form.get("person_id", 0, type=int)
    tried(lambda: panels.invite_juror(current_user, row, panel, person_id), _("已经去请了。"))
    return back(row, panel if panel in PANELS else "main")


@pages.post("/desk/calls/<int:call_id>/jury/<int:juror_id>/cap")
@door(secretaries)
def cap_juror(call_id: int, juror_id: int) -> Any:
    """Set how many works a juror takes at most; empty for no limit."""
    row = whole_call(call_id, lock=True)
    most = _number(request.form.get("most", ""))
    tried(lambda: panels.cap_juror(current_user, row, juror_id, most), _("记下了。"))
    return back(row)


def _number(text: str) -> int | None:
    """A number that was typed; 0, which no deed takes, for anything that is none."""
    if not text.strip():
        return None
    try:
        return read_number(text.strip()) if text.strip().isdecimal() else 0
    except ValueError:
        return 0


@pages.post("/desk/calls/<int:call_id>/jury/<int:juror_id>/replace")
@door(secretaries)
def replace_juror(call_id: int, juror_id: int) -> Any:
    """Take a juror from her panel, and let another take over what she left open."""
    row = whole_call(call_id, lock=True)
    stand_in = request.form.get("stand_in", 0, type=int) or None
    tried(
        lambda: panels.replace_juror(current_user, row, juror_id, stand_in),
        _("换好了。她评完的都算数，没评的给别人。"),
    )
    return back(row)


SETTLED: Final = "outcomes"


@pages.post("/desk/calls/<int:call_id>/jury/settle")
@door(secretaries)
def settle_outcomes(call_id: int) -> Any:
    """Write down what became of every work, by the rounds that have closed."""
    row = whole_call(call_id, lock=True)
    tried(
        lambda: shortlisting.settle_outcomes(current_user, row),
        _("正在写下每件作品的结果，一会儿就好。"),
    )
    return back(row, SETTLED)
