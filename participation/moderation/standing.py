"""Where a case stands: nothing but what was done with it, one after the other.

A case keeps its state for the queue's sake; it always equals the fold of what is on record, which
`tests/moderation` holds true for every case it makes.
"""

from collections.abc import Iterable
from typing import Final

WAITING: Final = "waiting"
ENDS: Final = ("approved", "returned", "refused", "escalated")
UNDONE: Final = "undone"


def fold(verdicts: Iterable[str]) -> str:
    """The state after these verdicts, oldest first; raises `ValueError` where they can't follow."""
    state = WAITING
    for verdict in verdicts:
        if verdict == UNDONE and state in ENDS:
            state = WAITING
        elif verdict in ENDS and state == WAITING:
            state = verdict
        else:
            raise ValueError(f"{verdict} can't follow {state}")
    return state
