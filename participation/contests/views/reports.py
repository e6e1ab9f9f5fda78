"""Somebody says what is wrong with a work that hangs; without signing in."""

from typing import Any, Final

from flask import render_template, request, url_for

from participation.contests.actions.verdicts import report_work as report
from participation.contests.call import ShownCall
from participation.contests.forms.report import WorkReportForm
from participation.contests.models import Entry
from participation.contests.queries import call as public_call
from participation.contests.queries.hanging import hung_entry
from participation.contests.views.blueprint import pages
from participation.kernel import limits
from participation.kernel.doors import anyone, door
from participation.kernel.errors import RuleBroken, TooMany
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.web import see
from participation.moderation.targets import HOURS

A_SCHOOL_AN_HOUR: Final = 120
"""Reports an hour from one address: a whole school may stand behind it."""


@pages.route("/works/<key>/report", methods=["GET", "POST"])
@door(anyone)
def report_work(key: str) -> Any:
    """Say what is wrong with a work; nothing is kept of who says it."""
    entry, form = hung_entry(key), WorkReportForm()
    found = public_call(entry.call_id)
    if not form.validate_on_submit():
        return _page(found, entry, form), 422 if form.is_submitted() else 200
    try:
        _count()
        note = form.note.data or ""
        harm = report(found, entry, reason=form.reason.data or "", note=note)
    except RuleBroken as refusal:
        form.take(refusal)
        return _page(found, entry, form), 422
    except TooMany as refusal:
        form.form_errors.append(str(refusal))
        return _page(found, entry, form), refusal.status
    return see(url_for(".reported_work", call_id=found.id, to="officers" if harm else None))


@pages.get("/calls/<int:call_id>/reported")
@door(anyone)
def reported_work(call_id: int) -> str:
    """Whoever reported is thanked."""
    return render_template(
        "contests/reported.html",
        call=public_call(call_id),
        hours=HOURS["reports"],
        harm=request.args.get("to") == "officers",
    )


def _count() -> None:
    address = fingerprint("address", request.remote_addr or "").hex()
    limits.allow(f"report:{address}", most=A_SCHOOL_AN_HOUR, seconds=3600)


def _page(found: ShownCall, entry: Entry, form: WorkReportForm) -> str:
    return render_template("contests/report.html", call=found, entry=entry, form=form)
