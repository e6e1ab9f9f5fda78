"""When a moderator has read enough: a pause after forty minutes, and so many texts a day.

Reading what hurts wears people out, and a tired reader is an unfair one. Source of the pause: the
design language, section 10; the cap is ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

STRETCH: Final = timedelta(minutes=40)
"""After so long without a pause one is due."""

PAUSE: Final = timedelta(minutes=5)
"""So long without a verdict is a pause."""

LOOK_BACK: Final = timedelta(hours=12)
"""Verdicts of so long ago are asked for: a stretch of reading does not end at midnight."""

MOST_A_DAY: Final = 300


@dataclass(frozen=True, slots=True)
class Load:
    """What one moderator did: `read` today, `stretch` is how long she has been at it without a
    pause, be it over midnight."""

    read: int
    stretch: timedelta

    @property
    def is_full(self) -> bool:
        """Has she read as many as is good for anybody in a day?"""
        return self.read >= MOST_A_DAY

    @property
    def wants_pause(self) -> bool:
        """Is a pause due?"""
        return self.stretch >= STRETCH


def load(verdicts: Sequence[datetime], now: datetime, *, read: int) -> Load:
    """The load of these verdicts of the last hours, oldest first, of which `read` stand today."""
    if not verdicts or now - verdicts[-1] >= PAUSE:
        return Load(read, timedelta(0))
    begun = verdicts[-1]
    for earlier, later in pairwise(reversed(verdicts)):
        if earlier - later >= PAUSE:
            break
        begun = later
    return Load(read, now - begun)
