"""The gate between those who write sheets and the worker that counts them.

Numbers of rows are given before a transaction commits, so on PostgreSQL a sheet with a smaller
number may appear after the count has passed it and would be lost to the tally. Every writer
therefore holds a shared lock of its consultation until its commit; the counter takes the whole
lock for the moment in which it takes its snapshot. On SQLite writers are serial, nothing is
needed. Nothing here counts: numpy never enters a process that serves pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import text

from participation.kernel.database import begin, database, session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.quick import Quick

OVER: Final = _l("这次已经问完了。看看后来怎么样。")
_PLACE: Final = 0x54414C59
"""The first half of the advisory lock's number; the second is the consultation's."""

_SHARED = Quick("SELECT pg_advisory_xact_lock_shared(:place, :id)")
_WHOLE = text("SELECT pg_advisory_xact_lock(:place, :id)")
_STATE = Quick("SELECT state FROM consultations WHERE id = :id")


def enter(consultation_id: int) -> None:
    """Called by whoever writes, changes or deletes a sheet, before it and in the same transaction.

    Raises `RuleBroken` when the consultation was closed while the writer waited at the gate.
    """
    begin()
    if not database().is_sqlite:
        _SHARED.all(place=_PLACE, id=consultation_id)
    if _STATE.value(id=consultation_id) != "published":
        raise RuleBroken(OVER)


def shut(consultation_id: int) -> None:
    """Wait until no writer is inside, and let none in before this transaction ends."""
    if not database().is_sqlite:
        session().execute(_WHOLE, {"place": _PLACE, "id": consultation_id})


@contextmanager
def still(consultation_id: int) -> Iterator[None]:
    """The first use of a unit: what it reads from here on is one moment without open writers.

    On PostgreSQL a second connection holds the lock while the first takes its snapshot inside the
    block (`REPEATABLE READ` takes it with its first statement); writers wait no longer than that.
    """
    if database().is_sqlite:
        yield
        return
    reading = session().connection(execution_options={"isolation_level": "REPEATABLE READ"})
    with database().engine.begin() as gate:
        gate.execute(_WHOLE, {"place": _PLACE, "id": consultation_id})
        reading.execute(text("SELECT 1"))
        yield
