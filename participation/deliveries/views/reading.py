"""The board of the officials and secretaries, one dossier, its papers and charts."""

from typing import Any
from urllib.parse import quote

from flask import Response, render_template, request
from flask_login import current_user

from participation.accounts.roles import delivery_watchers
from participation.deliveries import queries
from participation.deliveries.due import is_late, last_day, receipt_expected
from participation.deliveries.forms import ReplySheet
from participation.deliveries.models import Dossier
from participation.deliveries.papers import ANY, MEDIA, file_name, plain_name
from participation.deliveries.queries import seen_mark
from participation.deliveries.reports import chart_of, people_in, report_of
from participation.deliveries.views.blueprint import pages
from participation.kernel.clock import city_day, today
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _, current_locale


@pages.get("/desk/dossiers")
@door(delivery_watchers)
def board() -> Any:
    """What waits for a reply, what is due first on top; or what was answered."""
    answered = request.args.get("state") == "answered"
    page = queries.board(
        current_user,
        answered=answered,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    return render_template("deliveries/board.html", page=page, answered=answered, **clocks())


@pages.get("/desk/dossiers/<int:dossier_id>")
@door(delivery_watchers)
def dossier(dossier_id: int) -> Any:
    """What the children said, sealed; beside it the receipt and the reply."""
    found = queries.dossier_for(current_user, dossier_id)
    given, draft = queries.given_replies(found.id), queries.draft_of(found.id)
    newest = draft or next(iter(given), None)
    sheet = ReplySheet(found, newest, seen_mark(newest))
    return dossier_page(found, sheet)


def dossier_page(found: Dossier, sheet: ReplySheet, status: int = 200) -> Any:
    """The page of a dossier with this state of the reply form."""
    return render_template(
        "deliveries/dossier.html",
        dossier=found,
        report=report_of(found.contents),
        n=people_in(found.contents),
        sheet=sheet,
        draft=queries.draft_of(found.id),
        given=queries.given_replies(found.id),
        ready=queries.ready_papers(found.id),
        sealed_on=city_day(found.sealed_at),
        **clocks(),
    ), status


def clocks() -> dict[str, Any]:
    """What the templates ask about days."""
    return {
        "today": today(),
        "last_day": lambda day: last_day(day).date,
        "is_late": lambda day: is_late(day, today()),
        "receipt_by": lambda each: receipt_expected(city_day(each.sealed_at), each.due_on),
    }


@pages.get("/desk/dossiers/<int:dossier_id>/<any(pdf, csv, json):kind>")
@door(delivery_watchers)
def paper(dossier_id: int, kind: str) -> Response:
    """One paper, the same bytes for every reader; 409 while the worker is making it."""
    found = queries.dossier_for(current_user, dossier_id)
    kept = queries.paper_of(found.id, kind, current_locale() if kind == "pdf" else ANY)
    if kept is None:
        raise RuleBroken(_("这份文件正在做，过一分钟再来。"))
    plain, name = plain_name(found.id, kind), quote(file_name(found.id, str(found.title), kind))
    names = f"filename=\"{plain}\"; filename*=UTF-8''{name}"
    response = Response(kept.content, mimetype=MEDIA[kind])
    response.headers["Content-Disposition"] = f"attachment; {names}"
    return response


@pages.get("/desk/dossiers/<int:dossier_id>/charts/<int:number>.svg")
@door(delivery_watchers)
def chart(dossier_id: int, number: int) -> Response:
    """One chart of the report, as a picture."""
    found = queries.dossier_for(current_user, dossier_id)
    return Response(chart_of(found.contents, number), mimetype="image/svg+xml")
