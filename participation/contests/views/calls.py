"""The calls for everybody: the list by phase, and one call with its rights and its road."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Response, render_template, request
from flask_login import current_user

from participation.contests.call import ShownCall
from participation.contests.models import KINDS
from participation.contests.policies.entries import may_begin_work
from participation.contests.queries import call as public_call
from participation.contests.queries import coming_calls, days_left, open_calls, over_calls
from participation.contests.queries.answers import answer_of
from participation.contests.queries.listing import CallPage
from participation.contests.queries.own import beginning
from participation.contests.rights import rights_for_children, rights_for_guardians
from participation.contests.views.blueprint import pages
from participation.contests.views.walls import revalidated, wall_flags
from participation.kernel.clock import now
from participation.kernel.doors import anyone, door


def _open_for_visitor(kind: str, after: str) -> CallPage:
    """A child sees what is put to her band and district; everyone else sees all of it."""
    if not current_user.is_child:
        return open_calls(kind=kind, after=after)
    band, district = current_user.band, current_user.district_id
    return open_calls(band=band, district_id=district, kind=kind, after=after)


PHASES: Final[Mapping[str, Callable[[str, str], CallPage]]] = {
    "open": _open_for_visitor,
    "coming": lambda kind, after: coming_calls(kind=kind, after=after),
    "over": lambda kind, after: over_calls(kind=kind, after=after),
}


@pages.get("/calls")
@door(anyone)
def calls() -> str:
    """The calls that are open, coming or over, of all kinds or of one, by page."""
    phase = request.args.get("when", "open")
    phase = phase if phase in PHASES else "open"
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    after = request.args.get("after", "")
    return render_template(
        "contests/calls.html",
        phase=phase,
        kind=kind,
        kinds=KINDS,
        page=PHASES[phase](kind, after),
        first=not after,
        days_left=days_left,
    )


@pages.get("/calls/<int:call_id>")
@door(anyone)
def call(call_id: int) -> Response:
    """One call, for everybody."""
    found = public_call(call_id)
    band = current_user.band if current_user.is_child else ""
    refusal = may_begin_work.refusal(current_user, beginning(current_user, found), now())
    flags = call_flags(found, band) | wall_flags(found)
    flags["answer"] = answer_of(found) if found.state == "ended" else None
    return revalidated(
        render_template("contests/call.html", **flags, refusal=str(refusal or ""), preview="")
    )


def call_flags(found: ShownCall, band: str) -> dict[str, Any]:
    """What the page of a call shows of it for a band, whoever reads it."""
    return {
        "call": found,
        "band": band,
        "phase": found.phase(now()),
        "days_left": days_left(found),
        "rights": rights_for_children(found),
        "guardian_rights": rights_for_guardians(found),
    }
