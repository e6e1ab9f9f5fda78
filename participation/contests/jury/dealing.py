"""Deals open seats so that loads, strata and company come out even at the first go.

Where conflicts get in the way, what is left is filled and levelled by chains of moves (`seating`).
"""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from random import Random
from typing import Final

from participation.contests.jury.seating import Seating

LITTLE: Final = 1e-6
HALVINGS: Final = 60

Turn = tuple[float, int, float, int]
"""What she has of what she lacks, what she has of the stratum, chance, and the juror."""


def deal(seating: Seating, missing: Mapping[int, int], chance: Random) -> dict[int, int]:
    """Deal so many missing seats of each work; what is still missing of which works.

    Each juror gets of each stratum in proportion to what she lacks to the common level
    (Sainte-Laguë's quotients); of equals, chance decides anew each time, so that all jurors meet
    each other and their severities can be compared.
    """
    dealer = _Dealer(seating, sum(missing.values()), chance)
    strata: defaultdict[str, list[int]] = defaultdict(list)
    for work in missing:
        strata[seating.stratum(work)].append(work)
    left: dict[int, int] = {}
    for stratum, works in strata.items():
        dealer.begin(stratum)
        # Whom few may judge, first.
        for work in sorted(works, key=lambda work: -seating.barred[work].bit_count()):
            if lack := missing[work] - dealer.give(work, missing[work]):
                left[work] = lack
    return left


class _Dealer:
    """A queue of jurors, the one whose turn is next in front."""

    def __init__(self, seating: Seating, seats: int, chance: Random) -> None:
        self.seating, self.chance = seating, chance
        self.lacks = lacking(seating, seats)
        self.given = [0] * len(self.lacks)
        self.queue: list[Turn] = []
        self.stratum = ""

    def begin(self, stratum: str) -> None:
        """Go on to another stratum."""
        self.stratum = stratum
        jurors = range(len(self.given))
        self.queue = [self._turn(juror) for juror in jurors if self.seating.has_room(juror)]
        heapify(self.queue)

    def _turn(self, juror: int) -> Turn:
        part = (self.given[juror] + 0.5) / self.lacks[juror]
        return part, self.seating.spread[juror][self.stratum], self.chance.random(), juror

    def give(self, work: int, seats: int) -> int:
        """Give a work to the next jurors who may judge it; to how many."""
        taken, passed = self._next(self.seating.barred[work], seats)
        for juror in taken:
            self.seating.seat(juror, work)
            self.given[juror] += 1
            if self.seating.has_room(juror):
                heappush(self.queue, self._turn(juror))
        for turn in passed:
            heappush(self.queue, turn)
        return len(taken)

    def _next(self, barred: int, seats: int) -> tuple[list[int], list[Turn]]:
        taken: list[int] = []
        passed: list[Turn] = []
        while len(taken) < seats and self.queue:
            turn = heappop(self.queue)
            if barred >> turn[-1] & 1:
                passed.append(turn)
            else:
                taken.append(turn[-1])
        return taken, passed


def lacking(seating: Seating, seats: int) -> list[float]:
    """What each juror lacks to the level (seats per share) up to which all seats are dealt."""
    jurors = list(zip(seating.shares, seating.loads, seating.caps, strict=True))

    def lacks(level: float) -> list[float]:
        return [max(min(share * level, cap) - load, LITTLE) for share, load, cap in jurors]

    low, high = 0.0, float(seats + max((load for _share, load, _cap in jurors), default=0))
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(lacks(middle)) < seats else (low, middle)
    return lacks(high)
