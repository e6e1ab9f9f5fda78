"""Open data: the published figures, and nothing but them, as CSV and JSON."""

import json

from flask import Response, render_template, request

from participation.consultations.queries import agenda, results
from participation.deliveries.sealing import csv_bytes
from participation.front.month_rows import rows_of
from participation.front.months import public_months
from participation.front.views.blueprint import pages
from participation.front.views.home import bounds
from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing
from participation.moderation.queries.months import MOST_PUBLIC

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@pages.get("/open-data")
@door(anyone)
def open_data() -> str:
    """The matters whose figures may be taken away."""
    return render_template("front/open_data.html", leaf=agenda.frozen_topics(**bounds()))


@pages.get("/open-data/<int:consultation_id>.<kind>")
@door(anyone)
def open_data_file(consultation_id: int, kind: str) -> Response:
    """The public figures of one matter.

    The ETag is made of these very bytes: of anything more, guesses at it could be checked.
    """
    if kind not in KINDS:
        raise Missing
    return _file(_bytes(consultation_id, kind), kind, f"topic-{consultation_id}")


@pages.get("/open-data/moderation.csv")
@door(anyone)
def open_data_moderation() -> Response:
    """The public figures of every month of moderation that is final."""
    rows = rows_of(public_months(most=MOST_PUBLIC))
    return _file(csv_bytes(rows), "csv", "moderation")


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=KINDS[kind])
    answer.add_etag()
    answer.headers["Cache-Control"] = "public, max-age=60"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer.make_conditional(request)
    return answer


def _bytes(consultation_id: int, kind: str) -> bytes:
    if kind == "csv":
        return csv_bytes(results.public_rows(consultation_id))
    return json.dumps(results.public_data(consultation_id), ensure_ascii=False, indent=1).encode()
