"""Deals the works of a round to its jurors: each work its quorum, each juror an even pack.

R68: at least three judgements of each work, by jurors without a conflict. The same function deals
anew in the middle of a round when jurors or the quorum change: finished judgements stay, open seats
move only as far as evenness asks.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from random import Random
from types import MappingProxyType
from typing import Any, Final

from participation.contests.jury.dealing import deal, lacking
from participation.contests.jury.lots import drawn, lot
from participation.contests.jury.seating import JurorLoad, Seating

LEAST_QUORUM: Final = 3
"""R68: with fewer judgements a work is not closable."""
NONE: Final[Mapping[Any, Any]] = MappingProxyType({})

Seats = Mapping[int, Set[int]]
"""Of each work, the jurors before it."""


class Why(StrEnum):
    """Why a work can't reach its quorum."""

    TOO_FEW_JURORS = "too_few_jurors"
    CONFLICTS = "conflicts"
    CAPS = "caps"


@dataclass(frozen=True, slots=True)
class Shortage:
    """A work that can't reach its quorum: so many seats has it, so many jurors could judge it."""

    work: int
    seats: int
    able: int
    why: Why


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who judges what from now on.

    `packs`: each juror's open works in her own order. `loads`: open and finished works of each.
    `given` and `taken`: the (work, juror) pairs that are new, and open ones that are no more.
    `set_aside`: finished judgements in spite of a conflict; they count for no quorum, and the room
    must not score them.
    """

    packs: Mapping[int, tuple[int, ...]]
    loads: Mapping[int, int]
    shortages: tuple[Shortage, ...]
    given: tuple[tuple[int, int], ...]
    taken: tuple[tuple[int, int], ...]
    set_aside: tuple[tuple[int, int], ...]


def assign(
    works: Sequence[int],
    jurors: Sequence[JurorLoad],
    quorum: int,
    conflicts: Mapping[int, Collection[int]] = NONE,
    *,
    already: Seats = NONE,
    open_seats: Seats = NONE,
    strata: Mapping[int, str] = NONE,
    seed: bytes,
) -> Assignment:
    """Deal every work to `quorum` different jurors without conflict, as evenly as can be.

    `conflicts` tells the works a juror must not judge, `already` who has finished a judgement of a
    work (or begun one that must stay with her), `open_seats` the open seats of before, `strata` a
    band or kind of works that each juror should get her part of. Jurors who have left the round
    are simply no more in `jurors`; what they finished counts.

    The most seats are filled that can be; then the sum of load² / share is the least possible:
    loads of equal shares differ by at most one unless conflicts, caps or finished work stand
    against it. The same arguments give the same answer. Raises ValueError for a quorum below
    three (R68), a juror or work named twice, or a share, cap or credit that can't be.
    """
    _check(works, jurors, quorum)
    table = _Table(jurors, conflicts, strata)
    missing = table.lay(drawn(seed, works), quorum, already, open_seats)
    for work, lack in deal(table.seating, missing, Random(seed)).items():
        while lack and table.seating.fill(work):
            lack -= 1
    table.seating.level()
    return table.told(works, quorum, open_seats, seed)


def handed_over(open_seats: Seats, leaving: int, coming: int) -> dict[int, frozenset[int]]:
    """Open seats with `coming` in the place of `leaving`; hers where she sits already.

    Give the result to `assign` as `open_seats`, with the finished judgements of `leaving` as the
    credit of `coming`: she takes over that pack, and evenness asks no more of her.
    """
    return {
        work: frozenset(coming if juror == leaving else juror for juror in seated)
        for work, seated in open_seats.items()
    }


def _shuffled(pack: Collection[int], juror: int, seed: bytes) -> tuple[int, ...]:
    return tuple(sorted(pack, key=lambda work: lot(seed, juror, work)))


def _check(works: Sequence[int], jurors: Sequence[JurorLoad], quorum: int) -> None:
    if quorum < LEAST_QUORUM:
        raise ValueError(f"a quorum is at least {LEAST_QUORUM}")
    if len(set(works)) < len(works) or len({one.juror for one in jurors}) < len(jurors):
        raise ValueError("a work or a juror is named twice")
    if any(one.share < 1 or one.credit < 0 or (one.cap or 0) < 0 for one in jurors):
        raise ValueError("a share is at least 1, a cap and a credit at least 0")


class _Table:
    """The seating with the names of the jurors."""

    def __init__(
        self,
        jurors: Sequence[JurorLoad],
        conflicts: Mapping[int, Collection[int]],
        strata: Mapping[int, str],
    ) -> None:
        self.names = [one.juror for one in jurors]
        self.places = {name: place for place, name in enumerate(self.names)}
        self.credits = [one.credit for one in jurors]
        self.conflicts = {juror: frozenset(barred) for juror, barred in conflicts.items()}
        self.seating = Seating(jurors, strata)
        self.finished: dict[int, set[int]] = {}
        self.set_aside: list[tuple[int, int]] = []

    def lay(
        self, works: Sequence[int], quorum: int, already: Seats, open_seats: Seats
    ) -> dict[int, int]:
        """Lay conflicts, finished judgements and what can stay of open seats; what is missing."""
        for juror, place in self.places.items():
            for work in self.conflicts.get(juror, ()):
                self.seating.barred[work] |= 1 << place
        for work in works:
            self._lay_finished(work, already.get(work, ()))
        lacks = {work: max(quorum - len(self.finished[work]), 0) for work in works}
        common = lacking(self.seating, sum(lacks.values()))
        self.fair = [
            load + ceil(lack) for load, lack in zip(self.seating.loads, common, strict=True)
        ]
        for work in works:
            lacks[work] -= self._lay_open(work, lacks[work], open_seats.get(work, ()))
        return {work: lack for work, lack in lacks.items() if lack}

    def _lay_finished(self, work: int, judged_by: Collection[int]) -> None:
        self.finished[work] = set()
        for juror in sorted(judged_by):
            if work in self.conflicts.get(juror, ()):
                self.set_aside.append((work, juror))
                continue
            self.finished[work].add(juror)
            if juror in self.places:
                self.seating.fix(self.places[juror], work)

    def _lay_open(self, work: int, lack: int, open_to: Collection[int]) -> int:
        """Keep so many open seats, those of the least busy jurors first; how many were kept."""
        seating = self.seating
        able = [self.places[juror] for juror in sorted(open_to) if juror in self.places]
        kept = 0
        for place in sorted(able, key=seating.cost):
            fits = seating.loads[place] < min(self.fair[place], seating.caps[place])
            if kept < lack and fits and not seating.barred[work] >> place & 1:
                seating.seat(place, work)
                kept += 1
        return kept

    def told(self, works: Sequence[int], quorum: int, open_seats: Seats, seed: bytes) -> Assignment:
        """The seating by names."""
        packs = {
            name: [work for some in pack.values() for work in some]
            for name, pack in zip(self.names, self.seating.packs, strict=True)
        }
        seats = {(work, juror) for juror, pack in packs.items() for work in pack}
        before = {(work, juror) for work, seated in open_seats.items() for juror in seated}
        loads = zip(self.names, self.seating.loads, self.credits, strict=True)
        return Assignment(
            packs={juror: _shuffled(pack, juror, seed) for juror, pack in packs.items()},
            loads={juror: load - credit for juror, load, credit in loads},
            shortages=tuple(self._shortages(works, quorum)),
            given=tuple(sorted(seats - before)),
            taken=tuple(sorted(before - seats)),
            set_aside=tuple(self.set_aside),
        )

    def _shortages(self, works: Sequence[int], quorum: int) -> Iterator[Shortage]:
        everyone = len(self.names)
        for work in works:
            finished = self.finished[work]
            if (seats := len(finished) + self.seating.open[work]) >= quorum:
                continue
            barred = sum(work in self.conflicts.get(name, ()) for name in self.names)
            gone = len(finished - self.places.keys())
            able = everyone + gone - barred
            why = Why.CAPS if able >= quorum else Why.CONFLICTS
            if everyone + gone < quorum:
                why = Why.TOO_FEW_JURORS
            yield Shortage(work, seats, able, why)
