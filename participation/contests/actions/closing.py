"""Closing by the clock: a call whose time is over takes no works any more, whoever is late.

A timer looks once a minute, so that after a standstill of the house everything that became due
meanwhile is caught up, each call in a transaction of its own. Rehearsals close the same way, and
nobody outside the desks is told of it.
"""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select, update

from participation.contests.happenings.calls import CallClosed
from participation.contests.happenings.rehearsing import RehearsalClosed
from participation.contests.models import Call
from participation.contests.naming import call_subject, version_name
from participation.kernel import jobs, versions
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session

CLOSE: Final = "close-call"
MOST: Final = 200

Deed = Callable[[], None]


def close_due(_arguments: dict[str, Any]) -> Deed:
    """The timer of closing: asks for one job for each call whose time is over."""
    due = (
        session()
        .execute(
            select(Call.id, Call.closes_at)
            .where(Call.state == "published", Call.closes_at <= now())
            .order_by(Call.closes_at, Call.id)
            .limit(MOST)
        )
        .all()
    )

    def ask() -> None:
        for row in due:
            jobs.enqueue(CLOSE, f"{row.id}:{row.closes_at.isoformat()}", {"id": row.id})

    return ask


def close_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `close-call`."""

    def close() -> None:
        close_call(arguments["id"])

    return close


def close_call(call_id: int, *, by: int | None = None) -> bool:
    """Close a call whose time is over; False where it is not due.

    Announces `CallClosed`, or `RehearsalClosed` of a rehearsal. Whoever hands in meanwhile waits
    for this row or finds it closed: an action that hands in reads the call with a lock.
    """
    moment = now()
    rehearsal = session().scalar(
        update(Call)
        .where(Call.id == call_id, Call.state == "published", Call.closes_at <= moment)
        .values(state="closed", closed_at=moment)
        .returning(Call.rehearsal)
        .execution_options(synchronize_session="fetch")
    )
    if rehearsal is None:
        return False
    versions.grow(version_name(call_id))
    told = RehearsalClosed if rehearsal else CallClosed
    announce(told(subject=call_subject(call_id), by=by))
    return True
