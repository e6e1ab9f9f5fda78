"""Forgetting a roll: thirty days after the count nobody can tell any more who stood on it."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select, update

from participation.ballots.models import RollLine, Voting
from participation.ballots.sweeping import leave_nothing
from participation.kernel.clock import now
from participation.kernel.database import session

KEEP_FOR: Final = timedelta(days=30)
"""For a child who says that she was not let in, or that somebody voted in her name."""


def forget_rolls() -> None:
    """Delete the rolls of votings that were counted thirty days ago, and the keys of their names.

    The key is random, so without it even the server's key joins no copy of the roll to a person.
    """
    old = session().scalars(
        select(Voting.id).where(
            Voting.state == "counted",
            Voting.roll_key.is_not(None),
            Voting.counted_at < now() - KEEP_FOR,
        )
    )
    ids = list(old)
    if not ids:
        return
    leave_nothing()
    session().execute(delete(RollLine).where(RollLine.voting_id.in_(ids)))
    session().execute(update(Voting).where(Voting.id.in_(ids)).values(roll_key=None))
