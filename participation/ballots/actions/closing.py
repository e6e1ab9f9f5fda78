"""Closing by the clock: a voting whose time is over takes no more papers, and a count is asked for.

Nobody presses a button, so nobody can choose a moment that suits them.
"""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import or_, select, update

from participation.ballots.gate import shut
from participation.ballots.happenings import VotingClosed
from participation.ballots.models import Voting
from participation.ballots.queries import voting_by_id
from participation.ballots.sweeping import leave_nothing
from participation.kernel import jobs
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session

CLOSE: Final = "close-voting"
COUNT: Final = "count-voting"
MOST: Final = 200

Deed = Callable[[], None]


def close_due(_arguments: dict[str, Any]) -> Deed:
    """The timer of closing: asks for one job for each voting whose time is over."""
    over = or_(Voting.state == "closed", Voting.closes_at <= now())
    due = session().execute(
        select(Voting.id, Voting.closes_at, Voting.state)
        .where(Voting.state.in_(("open", "closed")), over)
        .order_by(Voting.closes_at, Voting.id)
        .limit(MOST)
    )
    asked = [
        (CLOSE if row.state == "open" else COUNT, f"{row.id}:{row.closes_at.isoformat()}", row.id)
        for row in due
    ]

    def ask() -> None:
        for kind, key, voting_id in asked:
            jobs.enqueue(kind, key, {"id": voting_id})

    return ask


def close_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `close-voting`."""

    def close() -> None:
        close_voting(arguments["id"])

    return close


def close_voting(voting_id: int) -> bool:
    """Close a voting whose time is over, whoever is late; False where it is not due.

    Waits for those who are casting. Announces `VotingClosed` and asks for the count.
    """
    shut(voting_id)
    leave_nothing()
    closed = session().execute(
        update(Voting)
        .where(Voting.id == voting_id, Voting.state == "open", Voting.closes_at <= now())
        .values(state="closed")
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]
        return False
    voting = voting_by_id(voting_id)
    announce(VotingClosed(subject=voting.subject, voting_id=voting_id))
    jobs.enqueue(COUNT, f"{voting_id}:{voting.closes_at.isoformat()}", {"id": voting_id})
    return True
