"""The children's choice: looking, asking once more, choosing; afterwards what came first."""

from typing import Any, Final

from flask import render_template, request
from flask_login import current_user

from participation.accounts.cards import PICTURES
from participation.accounts.roles import children, secretaries
from participation.ballots.queries import receipts_of
from participation.contests.actions import choice as actions
from participation.contests.call import ShownCall
from participation.contests.policies.choice import (
    Choosing,
    is_held,
    may_choose_work,
    may_see_choice,
    may_see_choice_bursts,
)
from participation.contests.queries import call, call_of
from participation.contests.queries.choice import (
    Told,
    choosing_of,
    circle_of,
    offered,
    offered_work,
    school_bursts,
    told_choice,
)
from participation.contests.views.blueprint import pages
from participation.kernel.clock import now
from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing

OWN: Final = "own_school"


@pages.get("/calls/<int:call_id>/choice")
@door(anyone)
def choice(call_id: int) -> Any:
    """What a child may choose from, why somebody may not, or what came first."""
    choosing = _choosing(call_id)
    if may_see_choice(current_user, choosing, now()):
        told = _told(choosing)
        return render_template("contests/choice_told.html", call=choosing.call, told=told)
    refusal = may_choose_work.refusal(current_user, choosing, now())
    if refusal is not None:
        return render_template("contests/choice_not.html", call=choosing.call, why=str(refusal))
    page = offered(choosing, request.args.get("page", 1, type=int))
    return render_template("contests/choice.html", call=choosing.call, page=page)


def _choosing(call_id: int) -> Choosing:
    """The choice of a call; there is no page of it where the call asks no children."""
    choosing = choosing_of(current_user, call(call_id))
    if not is_held(current_user, choosing, now()):
        raise Missing
    return choosing


def _told(choosing: Choosing) -> Told:
    """What came first: for everybody, or, where schools chose among their own, for her school."""
    if choosing.call.choice != OWN:
        return told_choice(choosing)
    if not current_user.school_id:
        return Told(why="own")
    return told_choice(choosing, circle_of(current_user.school_id, choosing.call.id))


@pages.route("/calls/<int:call_id>/choice/<key>", methods=["GET", "POST"])
@door(children)
def choose_work(call_id: int, key: str) -> Any:
    """Ask once more, then choose for good; the answer shows the receipt and keeps it nowhere."""
    found = call(call_id)
    if request.method == "POST":
        receipt = actions.choose_work(current_user, found, key)
        return render_template(
            "contests/choice_done.html", call=found, receipt=receipt, pictures=PICTURES
        )
    return _asked_once_more(found, key)


def _asked_once_more(found: ShownCall, key: str) -> str:
    choosing = _choosing(found.id)
    may_choose_work.require(current_user, choosing, now())
    return render_template(
        "contests/choice_confirm.html", call=found, work=offered_work(choosing, key)
    )


@pages.get("/calls/<int:call_id>/choice/receipts")
@door(anyone)
def choice_receipts(call_id: int) -> str:
    """The receipts whose papers were counted, by page, so that each child finds hers."""
    choosing = _choosing(call_id)
    may_see_choice.require(current_user, choosing, now())
    page = receipts_of(choosing.voting, after=request.args.get("after", "")[:60])
    return render_template(
        "contests/choice_receipts.html", call=choosing.call, page=page, pictures=PICTURES
    )


@pages.get("/desk/calls/<int:call_id>/choice")
@door(secretaries)
def manage_choice(call_id: int) -> str:
    """How the choice stands, without a number; after the count the full half hours of schools."""
    choosing = choosing_of(current_user, call_of(call_id))
    if choosing.call.choice == "none":
        raise Missing
    may = may_see_choice_bursts(current_user, choosing, now())
    return render_template(
        "contests/manage_choice.html",
        call=choosing.call,
        voting=choosing.voting,
        bursts=school_bursts(current_user, choosing) if may else None,
        moment=now(),
    )
