"""What a moderator sees where something can't be done: never an end, always the way on."""

from typing import Any

from flask import render_template, request
from flask_login import current_user
from werkzeug.exceptions import NotFound

from participation.accounts.models import Person
from participation.accounts.roles import MODERATOR
from participation.kernel.database import begin_unit, settle
from participation.kernel.errors import NOT_FOUND, Missing, RuleBroken, RulesBroken
from participation.kernel.web import error_page
from participation.moderation import queries
from participation.moderation.actions.holding import StillHolding
from participation.moderation.views.blueprint import pages, reader

CARRIED = frozenset({"csrf_token", "version", "verdict", "drop", "resume"})
"""What a form says of itself; the rest was typed or ticked."""


@pages.errorhandler(StillHolding)
def still_holding(refusal: StillHolding) -> Any:
    """Say what is in hand, and ask what becomes of it: a question, not an error."""
    sent = [one for one in request.form.items(multi=True) if one[0] not in ("csrf_token", "drop")]
    return render_template(
        "moderation/holding.html", held=refusal.held, again=request.path, carried=sent
    )


@pages.errorhandler(RuleBroken)
@pages.errorhandler(RulesBroken)
@pages.errorhandler(Missing)
def refused(refusal: RuleBroken | RulesBroken | Missing) -> Any:
    """The sentence, and the way on."""
    return _way_on(refusal.status, str(refusal))


@pages.errorhandler(NotFound)
def not_found(_problem: NotFound) -> Any:
    """Nothing is at this address."""
    return _way_on(404, "")


def _way_on(status: int, sentence: str) -> Any:
    if not _is_at_the_desk():
        return error_page(status, sentence=sentence or None)
    settle(keep=False)  # what was half done does not show
    begin_unit(writes=False)
    who = reader()
    page = render_template(
        "moderation/lost.html",
        status=status,
        sentence=sentence or str(NOT_FOUND),
        held=queries.held_cases(who.id),
        typed=_typed(),
        again=_in_reach(who),
    )
    return page, status


def _is_at_the_desk() -> bool:
    visitor = current_user._get_current_object()
    return bool(visitor.is_authenticated and visitor.role == MODERATOR and visitor.vetted)


def _typed() -> list[tuple[str, str]]:
    """What was typed or ticked in a verdict that did not land, field by field."""
    if request.endpoint != "moderation.decide":
        return []
    sent = request.form.items(multi=True)
    return [(name, value) for name, value in sent if value and name not in CARRIED]


def _in_reach(who: Person) -> int:
    """The case of this address where she may take it again, or has it; else 0."""
    case_id = (request.view_args or {}).get("case_id", 0)
    return case_id if case_id and queries.may_be_taken(who, case_id) else 0
