"""One work that hangs, for everybody; and saying that something about it is wrong."""

from typing import Any, Final

from flask import Response, render_template, request
from flask_login import current_user

from participation.contests.actions.verdicts import report_work as report
from participation.contests.call import ShownCall
from participation.contests.forms.report import ReportWorkForm
from participation.contests.policies.gallery import may_see_works
from participation.contests.queries import call
from participation.contests.queries.gallery import gallery_for, neighbours
from participation.contests.queries.hung import HungWork, hung_row, hung_work
from participation.contests.views.blueprint import pages
from participation.contests.views.walls import draw_of_visit, looking_at, revalidated
from participation.kernel import limits
from participation.kernel.clock import now
from participation.kernel.doors import anyone, door
from participation.kernel.errors import RuleBroken, TooMany
from participation.kernel.pseudonyms import fingerprint
from participation.moderation.targets import HOURS

A_SCHOOL_AN_HOUR: Final = 120
"""Reports an hour from one address: a whole school may stand behind it."""


@pages.get("/works/<key>")
@door(anyone)
def work(key: str) -> Response:
    """One work, with the ones beside it in her own order."""
    found, call_of_it = _shown(key)
    draw, looking = draw_of_visit(), looking_at(call_of_it)
    sides = neighbours(call_of_it, draw, looking, found.place)
    before, after = (one.hex() if one else "" for one in sides)
    return revalidated(
        render_template(
            "contests/work.html",
            work=found,
            call=call_of_it,
            draw=draw,
            looking=looking,
            before=before,
            after=after,
        )
    )


def _shown(key: str) -> tuple[HungWork, ShownCall]:
    """A work that hangs and its call; refuses who judges in it, for as long as she does."""
    found = hung_work(key)
    call_of_it = call(found.call_id)
    may_see_works.require(current_user, gallery_for(current_user, call_of_it), now())
    return found, call_of_it


@pages.route("/works/<key>/report", methods=["GET", "POST"])
@door(anyone)
def report_work(key: str) -> Any:
    """Say what is wrong with a work that hangs; without signing in."""
    found, call_of_it = _shown(key)
    form = ReportWorkForm()
    if not form.validate_on_submit():
        return _reporting(found, form), 422 if form.is_submitted() else 200
    try:
        _count()
        harm = report(call_of_it, hung_row(key), reason=form.chosen, note=form.note.data or "")
    except RuleBroken as refusal:
        form.take(refusal)
        return _reporting(found, form), 422
    except TooMany as refusal:
        form.form_errors.append(str(refusal))
        return _reporting(found, form), refusal.status
    return render_template(
        "contests/reported.html", call=call_of_it, hours=HOURS["reports"], harm=harm
    )


def _count() -> None:
    address = fingerprint("address", request.remote_addr or "").hex()
    limits.allow(f"report:{address}", most=A_SCHOOL_AN_HOUR, seconds=3600)


def _reporting(found: HungWork, form: ReportWorkForm) -> str:
    return render_template("contests/report_work.html", work=found, form=form)
