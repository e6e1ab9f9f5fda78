"""A round on the secretary's desk: plan it, open it, see how far it is, close it, read it."""

from collections.abc import Callable
from typing import Any, Final

from flask import Response, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import secretaries
from participation.contests.actions import rounds
from participation.contests.forms.juries import PANEL_CHOICES, RoundForm, data_of_round
from participation.contests.models import PANELS, Call, Round
from participation.contests.policies.juries import may_open_round, may_read_report
from participation.contests.queries.calls import shown, whole_call
from participation.contests.queries.reports import report_page, report_rows
from participation.contests.queries.rounds import (
    bench_of,
    commitment_of,
    packs_of,
    progress_of,
    round_of,
    work_count,
)
from participation.contests.telling import late_sentence
from participation.contests.views.blueprint import pages
from participation.contests.views.panels import back, tried
from participation.deliveries.sealing import csv_bytes
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.web import see

ROUND: Final = "/desk/calls/<int:call_id>/jury/rounds/<int:round_id>"
Deed = Callable[[Call, Round], Any]


@pages.route("/desk/calls/<int:call_id>/jury/rounds/new", methods=["GET", "POST"])
@door(secretaries)
def plan_round(call_id: int) -> Any:
    """Plan a round of a panel."""
    row = whole_call(call_id, lock=request.method == "POST")
    panel = request.values.get("panel", "")
    if panel not in PANELS:
        raise Missing
    form = RoundForm()
    if not form.validate_on_submit():
        return _form_page(row, form, panel, None, 422 if form.is_submitted() else 200)
    try:
        rounds.plan_round(current_user, row, panel, form.stage.data, form.plan(row.bands))
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return _form_page(row, form, panel, None, 422)
    flash(_("这一轮定好了。开始以前都可以改。"), "thanks")
    return back(row, panel)


def _form_page(
    row: Call, form: RoundForm, panel: str, of: Round | None, status: int
) -> tuple[str, int]:
    page = render_template(
        "contests/round_plan.html",
        row=row,
        call=shown(row, 0),
        form=form,
        panel=panel,
        panel_words={one.value: one.label for one in PANEL_CHOICES}[panel],
        round=of,
        works=work_count(of) if of else 0,
        commitment=commitment_of(of) if of else "",
        why=may_open_round.refusal(current_user, bench_of(row, of), now()) if of else None,
    )
    return page, status


@pages.get(ROUND)
@door(secretaries)
def round_page(call_id: int, round_id: int) -> Any:
    """A round: to be written on, on its way, or with what it came to."""
    row, of = whole_call(call_id), round_of(call_id, round_id)
    if of.state == "planned":
        form = RoundForm(formdata=None, data=data_of_round(of))
        return _form_page(row, form, of.panel, of, 200)
    return _report_page(row, of) if of.state == "closed" else _open_page(row, of)


def _open_page(row: Call, of: Round) -> str:
    packs, reckoned = packs_of(of), of.sensitivity or {}
    still = reckoned.get("open") == sum(line.left for line in packs)
    return render_template(
        "contests/round_open.html",
        row=row,
        round=of,
        progress=progress_of(of),
        packs=packs,
        commitment=commitment_of(of),
        late=late_sentence(reckoned) if still else "",
        shortages=sum((of.shortages or {}).values()),
    )


def _report_page(row: Call, of: Round) -> str:
    may_read_report.require(current_user, bench_of(row, of), now())
    return render_template(
        "contests/round_report.html",
        row=row,
        call=shown(row, 0),
        round=of,
        page=report_page(of, after=request.args.get("after", "")),
        late=late_sentence(of.sensitivity) if of.sensitivity else "",
        commitment=commitment_of(of),
    )


@pages.post(ROUND)
@door(secretaries)
def change_round(call_id: int, round_id: int) -> Any:
    """Change a round that has not opened."""
    row = whole_call(call_id, lock=True)
    of, form = round_of(call_id, round_id, lock=True), RoundForm()
    form.stage.data = of.stage
    if not form.validate():
        return _form_page(row, form, of.panel, of, 422)
    version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
    try:
        rounds.change_round(current_user, row, of, form.plan(row.bands), version=version)
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return _form_page(row, form, of.panel, of, 422)
    flash(_("改好了。"), "thanks")
    return _to(row, of)


def _to(row: Call, of: Round) -> Any:
    return see(url_for(".round_page", call_id=row.id, round_id=of.id))


@pages.post(f"{ROUND}/drop")
@door(secretaries)
def drop_round(call_id: int, round_id: int) -> Any:
    """Take away a round that has not opened."""
    row, of = whole_call(call_id, lock=True), round_of(call_id, round_id, lock=True)
    tried(lambda: rounds.drop_round(current_user, row, of), _("去掉了。"))
    return back(row)


def _change_quorum(row: Call, of: Round) -> None:
    rounds.change_quorum(current_user, row, of, request.form.get("quorum", 0, type=int) or 0)


def _close(row: Call, of: Round) -> None:
    partial = request.form.get("partial") == "y"
    rounds.close_round(current_user, row, of, partial=partial)


DEEDS: Final[dict[str, Deed]] = {
    "open": lambda row, of: rounds.open_round(current_user, row, of),
    "deal": lambda row, of: rounds.deal_anew(current_user, row, of),
    "weigh": lambda row, of: rounds.weigh_round(current_user, row, of),
    "quorum": _change_quorum,
    "close": _close,
}


@pages.post(f"{ROUND}/<any(open, deal, weigh, quorum, close):deed>")
@door(secretaries)
def steer_round(call_id: int, round_id: int, deed: str) -> Any:
    """Open it, deal anew, change the quorum, reckon what is missing, or close it."""
    row, of = whole_call(call_id, lock=True), round_of(call_id, round_id, lock=True)
    said = {
        "open": _("开始了。正在把作品分给评委。"),
        "deal": _("正在重新分。评完的都不动。"),
        "quorum": _("改好了，正在重新分。评完的都不动。"),
        "weigh": _("正在算没来的评分会不会改变结果。"),
        "close": _("正在结束这一轮，算结果。"),
    }
    tried(lambda: DEEDS[deed](row, of), said[deed])
    return _to(row, of)


@pages.get(f"{ROUND}/report.csv")
@door(secretaries)
def round_report(call_id: int, round_id: int) -> Response:
    """The report of a closed round: aliases of jurors, codes of works."""
    row, of = whole_call(call_id), round_of(call_id, round_id)
    may_read_report.require(current_user, bench_of(row, of), now())
    answer = Response(csv_bytes(report_rows(of)), content_type="text/csv; charset=utf-8")
    name = f"round-{of.id}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
