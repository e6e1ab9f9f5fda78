"""The exact figures of each month, for those who answer for the desk and those who work at it."""

from typing import Any

from flask import abort, render_template, request

from participation.accounts.roles import ADMINISTRATOR, MODERATOR, SECRETARY
from participation.kernel.doors import Door, door
from participation.moderation.consistency.periods import first_day
from participation.moderation.queries import months
from participation.moderation.queries.desk import reason_label
from participation.moderation.reasons import CLASSES, REPORTS
from participation.moderation.routing import BY_CODE
from participation.moderation.views.blueprint import pages

figure_readers = Door(
    "figure_readers",
    frozenset({MODERATOR, SECRETARY, ADMINISTRATOR}),
    sign_in="accounts.staff_sign_in",
)


@pages.get("/desk/moderation/figures")
@door(figure_readers)
def figures() -> Any:
    """One month, the newest where none is asked for, and the way to the others."""
    asked, before = request.args.get("month", ""), request.args.get("before", "")
    names = months.month_names(before=before)
    shown = names[: months.PAGE]
    month = months.figures_of(asked or (shown[0] if shown else ""))
    if asked and month is None:
        abort(404)
    return render_template(
        "moderation/figures.html",
        month=month,
        names=[(name, first_day(name)) for name in shown],
        before=before,
        older=shown[-1] if len(names) > len(shown) else "",
        queues=BY_CODE,
        classes=CLASSES,
        reports=REPORTS,
        reason_label=reason_label,
    )
