"""What the site remembers, who reads, how numbers are protected: the texts behind every footer."""

from datetime import timedelta
from typing import Final

from flask import abort, render_template

from participation.accounts.queries import district_list
from participation.consultations.telling import count_words, share_words
from participation.front.month_rows import LABELS
from participation.front.months import public_months
from participation.front.views.blueprint import pages
from participation.kernel.doors import anyone, door
from participation.moderation.actions.forgetting import KEEP_FOR
from participation.moderation.queries.answered import APPEAL_FOR
from participation.moderation.queries.cases import REREAD_FOR
from participation.moderation.reasons import CLASSES, REASONS
from participation.moderation.routing import QUEUES
from participation.moderation.targets import A_DAY, CLOSES, HOURS, OPENS
from participation.safeguarding.clocks import FROZEN_YEARS

PAGES: Final = ("remember", "readers", "numbers", "guardians", "accessibility")
HOURS_A_DAY: Final = A_DAY // timedelta(hours=1)


@pages.get("/about/<page>")
@door(anyone)
def about(page: str) -> str:
    """One of the texts about the site."""
    if page not in PAGES:
        abort(404)
    return render_template(
        f"front/about/{page}.html", page=page, districts=district_list(), years=FROZEN_YEARS
    )


@pages.get("/about/moderation")
@door(anyone)
def moderation() -> str:
    """Who reads a child's words, by when and by which rules, and the figures of each month.

    Hours, reasons and terms are those by which the desk works: nothing is typed twice.
    """
    return render_template(
        "front/about/moderation.html",
        page="moderation",
        queues=[(queue, HOURS[queue.code]) for queue in QUEUES],
        school_hours=(OPENS.hour, CLOSES.hour, HOURS_A_DAY),
        years=FROZEN_YEARS,
        classes=CLASSES,
        reasons=REASONS,
        days={"appeal": APPEAL_FOR.days, "kept": KEEP_FOR.days, "reread": REREAD_FOR.days},
        months=public_months(),
        labels=LABELS,
        count_words=count_words,
        share_words=share_words,
    )


@pages.get("/about/components")
@door(anyone)
def components() -> str:
    """The living style page: every component as it is used."""
    return render_template("front/components.html")
