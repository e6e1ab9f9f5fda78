"""The sheets of an exhibition on the secretary's desk: choosing works, and the paper itself."""

from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import secretaries
from participation.contests.call import ShownCall
from participation.contests.drawn import read_place
from participation.contests.policies.printing import may_print_works
from participation.contests.printing import SHEETS, SIZES, sheets_of
from participation.contests.queries import call_of
from participation.contests.queries.hung import HungWork
from participation.contests.queries.printing import Part, works_to_print
from participation.contests.views.blueprint import pages
from participation.contests.views.walls import looking_at
from participation.kernel import pdf
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import Missing
from participation.kernel.i18n import current_locale
from participation.media.queries import content_of


@pages.get("/desk/calls/<int:call_id>/exhibition")
@door(secretaries)
def exhibition(call_id: int) -> str:
    """Which works, how large, for which use; some at a time."""
    found = _call(call_id)
    return render_template(
        "contests/exhibition.html",
        call=found,
        looking=looking_at(found),
        chosen=_chosen(found),
        part=_part(found),
        here=request.args.get("after", ""),
    )


def _call(call_id: int) -> ShownCall:
    found = call_of(call_id)
    may_print_works.require(current_user, found, now())
    return found


def _chosen(found: ShownCall) -> dict[str, Any]:
    """Size and use as they were chosen; what there is not is the usual."""
    size, use = request.args.get("size", ""), request.args.get("use", 0, type=int)
    known = {one.id for one in found.uses}
    return {"size": size if size in SIZES else SIZES[0], "use": use if use in known else 0}


def _part(found: ShownCall) -> Part:
    after = read_place(request.args.get("after", ""))
    return works_to_print(found, looking_at(found), use_id=_chosen(found)["use"], after=after)


@pages.get("/desk/calls/<int:call_id>/exhibition.pdf")
@door(secretaries)
def exhibition_paper(call_id: int) -> Response:
    """The sheets of these works, set while they are sent."""
    found = _call(call_id)
    part, lang = _part(found), current_locale()
    if not part.works:
        raise Missing
    sheets = sheets_of(
        found,
        part.works,
        size=_chosen(found)["size"],
        address=_address,
        content=content_of,
    )

    def body() -> Iterator[bytes]:
        yield pdf.render(SHEETS, sheets.data, lang=lang, pictures=sheets.pictures)

    answer = Response(body(), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"exhibition-{found.id}.pdf")
    return answer


def _address(work: HungWork) -> str:
    site = current_app.extensions["settings"].site_url.rstrip("/")
    return str(site + url_for(".work", key=work.key))
