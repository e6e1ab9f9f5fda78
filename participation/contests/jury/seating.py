"""The working table of an assignment: who sits before which work, and how seats move fairly.

Seats and jurors form a flow network with convex costs at the jurors: a chain of moves that takes a
seat from one juror and ends at another changes only their two loads. When no chain lowers the sum
of load² / share, none of any kind does, and the loads are as even as conflicts and caps allow
(optimal semi-matchings: Harvey, Ladner, Lovász and Tamir, J. Algorithms 59, 2006).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import lcm
from typing import Final

BOUNDLESS: Final = 1 << 60


def members(some: int) -> Iterator[int]:
    """The jurors of a set."""
    while some:
        lowest = some & -some
        yield lowest.bit_length() - 1
        some ^= lowest


@dataclass(frozen=True, slots=True)
class JurorLoad:
    """A juror and how much she can carry.

    `share`: her part of the work beside the others' (2 is twice the usual). `cap`: most works she
    takes in this round, finished ones included. `credit`: works that count as carried though she
    has not seen them; a stand-in gets those the juror before her has finished.
    """

    juror: int
    share: int = 1
    cap: int | None = None
    credit: int = 0


class Seating:
    """Jurors are numbers from 0 here; a set of jurors is an int with their bits."""

    def __init__(self, jurors: Sequence[JurorLoad], strata: Mapping[int, str]) -> None:
        scale = lcm(*(one.share for one in jurors))
        self.everyone = (1 << len(jurors)) - 1
        self.shares = [one.share for one in jurors]
        self.weights = [scale // one.share for one in jurors]
        self.caps = [BOUNDLESS if one.cap is None else one.cap + one.credit for one in jurors]
        self.loads = [one.credit for one in jurors]
        self.strata = strata
        self.barred: defaultdict[int, int] = defaultdict(int)
        self.packs: list[defaultdict[str, dict[int, None]]] = [defaultdict(dict) for _one in jurors]
        self.open: Counter[int] = Counter()
        self.spread: list[Counter[str]] = [Counter() for _one in jurors]
        self._hopeless = self._reached = 0

    def stratum(self, work: int) -> str:
        """The stratum of a work; those without one are together."""
        return self.strata.get(work, "")

    def fix(self, juror: int, work: int) -> None:
        """A finished judgement: it counts and never moves."""
        self.barred[work] |= 1 << juror
        self.loads[juror] += 1
        self.spread[juror][self.stratum(work)] += 1

    def seat(self, juror: int, work: int) -> None:
        """An open seat."""
        self.fix(juror, work)
        self.packs[juror][self.stratum(work)][work] = None
        self.open[work] += 1

    def unseat(self, juror: int, work: int) -> None:
        """Take an open seat away."""
        stratum = self.stratum(work)
        del self.packs[juror][stratum][work]
        self.open[work] -= 1
        self.barred[work] ^= 1 << juror
        self.loads[juror] -= 1
        self.spread[juror][stratum] -= 1

    def has_room(self, juror: int) -> bool:
        """Whether the juror is below her cap."""
        return self.loads[juror] < self.caps[juror]

    def cost(self, juror: int) -> int:
        """What one work more adds to load² / share, in whole numbers."""
        return (2 * self.loads[juror] + 1) * self.weights[juror]

    def saving(self, juror: int) -> int:
        """What one work less saves."""
        return (2 * self.loads[juror] - 1) * self.weights[juror]

    # Chains of moves

    def fill(self, work: int) -> bool:
        """Find one juror more for a work, if need be by moving others; false when nobody can."""
        willing = self.everyone & ~self.barred[work]
        chain = self._chain(willing & ~self._hopeless, self._roomy())
        if not chain:
            self._hopeless |= self._reached
            return False
        self._shift(chain)
        self.seat(chain[0], work)
        return True

    def level(self) -> None:
        """Move open seats until no move makes the loads more even."""
        jurors = range(len(self.loads))
        # One from each in turn: whoever gave all at once would get half of it back from the next.
        while sum(self._relieve(one) for one in sorted(jurors, key=self.saving, reverse=True)):
            pass

    def _relieve(self, juror: int) -> bool:
        """Take one work from a juror if that makes the loads more even; whether it did."""
        chain = self._chain(1 << juror, self._lighter(juror))
        self._shift(chain)
        return bool(chain)

    def _shift(self, chain: Sequence[int]) -> None:
        """Each juror of the chain gives one work to the next."""
        for giver, taker in reversed(list(pairwise(chain))):
            work = self._gift(giver, taker)
            self.unseat(giver, work)
            self.seat(taker, work)

    def _gift(self, giver: int, taker: int) -> int:
        """A work that can go from one to the other, of the stratum of which one has most more."""
        more = self.spread[giver] - self.spread[taker]
        strata = sorted(self.packs[giver], key=lambda stratum: (-more[stratum], stratum))
        works = (work for stratum in strata for work in self.packs[giver][stratum])
        return next(work for work in works if not self.barred[work] >> taker & 1)

    def _roomy(self) -> int:
        return sum(1 << juror for juror in range(len(self.loads)) if self.has_room(juror))

    def _lighter(self, than: int) -> int:
        saving = self.saving(than)
        return sum(
            1 << juror
            for juror in range(len(self.loads))
            if self.has_room(juror) and self.cost(juror) < saving
        )

    def _chain(self, start: int, goal: int) -> list[int]:
        """The shortest chain of jurors from one of `start` to the lightest of `goal`; [] if none.

        Each can give a work to the next. `_reached` then holds all whom such chains lead to.
        """
        before: dict[int, int] = {}
        self._reached = start
        layer = start if goal else 0
        while layer:
            if found := layer & goal:
                return self._way(min(members(found), key=self.cost), before)
            following = 0
            for juror in members(layer):
                fresh = self._takers(juror, goal) & ~self._reached
                before.update(dict.fromkeys(members(fresh), juror))
                self._reached |= fresh
                following |= fresh
            layer = following
        return []

    def _way(self, end: int, before: Mapping[int, int]) -> list[int]:
        chain = [end]
        while chain[-1] in before:
            chain.append(before[chain[-1]])
        return chain[::-1]

    def _takers(self, juror: int, goal: int) -> int:
        """Who can take some open work of a juror; no need to look on when all of `goal` can."""
        takers = 0
        for works in self.packs[juror].values():
            for work in works:
                takers |= self.everyone & ~self.barred[work]
                if takers & goal == goal:
                    return takers
        return takers
