"""The work desk: what waits for this staff person, the most pressing first."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import render_template
from flask_login import current_user

from participation.accounts.roles import MODERATOR, OFFICIAL, SAFEGUARDING, SECRETARY, staff
from participation.consultations.queries import topics as lists
from participation.deliveries.queries import board, late_count, waiting_count
from participation.front.views.blueprint import pages
from participation.kernel.clock import today
from participation.kernel.doors import door
from participation.moderation.queries import scope_of, waiting_counts
from participation.safeguarding.queries import board_of

SHOWN = 5


@pages.get("/desk")
@door(staff)
def desk() -> str:
    """The start of the work desk, by role."""
    gather = GATHERED.get(current_user.role, _nothing)
    return render_template("front/desk.html", today=today(), **gather(current_user))


def _nothing(_who: Any) -> dict[str, Any]:
    return {"dossiers": None, "topics": None, "texts": None, "waiting": 0, "late": 0, "board": None}


def _dossiers(who: Any) -> dict[str, Any]:
    return _nothing(who) | {
        "dossiers": board(who).dossiers[:SHOWN],
        "waiting": waiting_count(who),
        "late": late_count(who),
    }


def _secretary(who: Any) -> dict[str, Any]:
    return _dossiers(who) | {"topics": lists.open_topics().topics[:SHOWN]}


def _moderator(who: Any) -> dict[str, Any]:
    if not who.vetted:
        return _nothing(who)
    return _nothing(who) | {"texts": waiting_counts(scope_of(who.person_id, who.school_id))}


def _officer(who: Any) -> dict[str, Any]:
    return _nothing(who) | {"board": board_of(who) if who.confirmed and who.vetted else None}


GATHERED: Final[Mapping[str, Callable[[Any], dict[str, Any]]]] = {
    MODERATOR: _moderator,
    OFFICIAL: _dossiers,
    SAFEGUARDING: _officer,
    SECRETARY: _secretary,
}
