"""The gate between those who cast and the deed that closes: nobody is inside when the box shuts.

Whoever casts holds a shared lock of the voting until her commit; the close takes the whole one. An
advisory lock leaves no trace in any row, which a lock of the voting's row would. On SQLite writers
are serial and nothing is needed.
"""

from typing import Final

from sqlalchemy import text

from participation.ballots.policies import NOT_NOW
from participation.kernel.database import begin, database, session
from participation.kernel.errors import NotAllowed
from participation.kernel.quick import Quick

_PLACE: Final = 0x42414C4C
"""The first half of the advisory lock's number; the second is the voting's."""

_SHARED = Quick("SELECT pg_advisory_xact_lock_shared(:place, :id)")
_WHOLE = text("SELECT pg_advisory_xact_lock(:place, :id)")
_STATE = Quick("SELECT state FROM ballots_votings WHERE id = :id")


def enter(voting_id: int) -> None:
    """Called before the box or the roll of an open voting is touched, in the same transaction.

    Raises `NotAllowed` when the voting was closed while the caller waited at the gate.
    """
    begin()
    if not database().is_sqlite:
        _SHARED.all(place=_PLACE, id=voting_id)
    if _STATE.value(id=voting_id) != "open":
        raise NotAllowed(NOT_NOW)


def shut(voting_id: int) -> None:
    """Wait until nobody is inside, and let nobody in before this transaction ends."""
    begin()
    if not database().is_sqlite:
        session().execute(_WHOLE, {"place": _PLACE, "id": voting_id})
