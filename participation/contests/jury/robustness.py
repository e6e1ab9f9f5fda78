"""Would the result be another without one juror, or once a late one has finished?

One late juror must not hold up a round: it may close without her when every work has three
judgements (R68), and what her judgements could still have changed is written down.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from participation.contests.jury.bounds import Bounds, Ends
from participation.contests.jury.lots import lot
from participation.contests.jury.scoring import DECIMALS, Basis, Tally
from participation.contests.jury.selection import Cut, Field, Ties, within
from participation.contests.jury.ways import Open

Plan = Sequence[tuple[Field, Cut]]
"""The bands that are ranked, and the cut of each."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the result would be without one juror: the works that would go on, and no more."""

    juror: int
    entering: tuple[int, ...]
    leaving: tuple[int, ...]

    @property
    def changes(self) -> bool:
        """Whether anything would be different."""
        return bool(self.entering or self.leaving)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A work whose standing an open judgement could change, and the scores it could come to."""

    work: int
    band: str
    goes_on_now: bool
    open: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What is recorded when a round closes with judgements missing; plain values, to be stored.

    `reassign`: works that must be given to other jurors first (R68). `exact`: each work of `unsure`
    could really change; else (adjusted scores) no other work could.
    """

    open: int
    works_open: int
    jurors_late: int
    goes_on: int
    unsure: tuple[Unsure, ...]
    reassign: tuple[int, ...]
    exact: bool

    @property
    def may_close(self) -> bool:
        """Whether the round may be closed as it is."""
        return not self.reassign

    @property
    def could_change(self) -> bool:
        """Whether a completion of the open judgements could change who goes on."""
        return bool(self.unsure)

    def as_data(self) -> dict[str, Any]:
        """For a JSON column."""
        return asdict(self) | {"may_close": self.may_close, "could_change": self.could_change}


def leave_one_out(tally: Tally, plan: Plan, seed: bytes) -> tuple[LeftOut, ...]:
    """For each juror, whether those who go on would be others without her judgements.

    The cuts and ties stay, severities are estimated anew from the other jurors; a band whose
    adjusted scores no more compare without her is judged by the raw ones.
    """
    now = _going_on(tally, plan, seed)
    found = []
    for juror in tally.jurors:
        then = _going_on(tally.without(juror), plan, seed)
        found.append(LeftOut(juror, tuple(sorted(then - now)), tuple(sorted(now - then))))
    return tuple(found)


def _going_on(tally: Tally, plan: Plan, seed: bytes) -> frozenset[int]:
    return frozenset().union(
        *(within(tally.points(field.works, cut.basis)[1], cut, seed) for field, cut in plan)
    )


def sensitivity(tally: Tally, plan: Plan, missing: Iterable[Open], seed: bytes) -> Sensitivity:
    """What the open judgements could still change, band by band, at the worst.

    A work that goes on now is unsure when it would fall out with its own open judgements at their
    least and all others at their most, and the other way round. For raw scores that is exact: works
    do not depend on each other, and both ends are possible. For adjusted scores the ends come from
    `bounds`, with severity's ratio of variances and the basis as they are now, and may lie further
    out than any completion. Open judgements of works outside the
    round or already made are not looked at.
    """
    by_seat = {(one.work, one.juror): one for one in missing}
    awaited = [one for seat, one in by_seat.items() if tally.awaits(*seat)]
    ends = Ends(tally, awaited)
    unsure: list[Unsure] = []
    goes_on, exact = 0, True
    for field, cut in plan:
        basis, now = tally.points(field.works, cut.basis)
        chosen = within(now, cut, seed)
        goes_on += len(chosen)
        exact = exact and basis is Basis.RAW
        line = _Line(ends.of(field.works, basis), cut, seed)
        unsure += _unsure(field, chosen, line, awaited)
    short = {work for field, _cut in plan for work in tally.not_closable(field.works)}
    return Sensitivity(
        open=len(awaited),
        works_open=len({one.work for one in awaited}),
        jurors_late=len({one.juror for one in awaited}),
        goes_on=goes_on,
        unsure=tuple(unsure),
        reassign=tuple(sorted(short)),
        exact=exact,
    )


def _unsure(
    field: Field, chosen: frozenset[int], line: "_Line", awaited: Iterable[Open]
) -> Iterator[Unsure]:
    waiting = Counter(one.work for one in awaited)
    for work, bounds in sorted(line.ends.items()):
        now = work in chosen
        if line.could_fall(work) if now else line.could_rise(work):
            yield Unsure(work, field.band, now, waiting[work], bounds.least, bounds.most)


Key = tuple[float, int]


class _Line:
    """The cut, and on which side of it a work could come to lie.

    A key is a score and, when lots decide, the place from the end of the lots; otherwise works of
    equal score are equal.
    """

    def __init__(self, ends: Mapping[int, Bounds], cut: Cut, seed: bytes) -> None:
        self.ends, self.cut = ends, cut
        self.lots = dict.fromkeys(ends, 0)
        if cut.ties is Ties.LOT:
            order = sorted(ends, key=lambda work: lot(seed, work), reverse=True)
            self.lots = {work: place for place, work in enumerate(order)}
        self.least = sorted(self._key(work, end.least) for work, end in ends.items())
        self.most = sorted(self._key(work, end.most) for work, end in ends.items())

    def _key(self, work: int, value: float) -> Key:
        return round(value, DECIMALS), self.lots[work]

    def _reaches(self, value: float) -> bool:
        return self.cut.least is None or value >= self.cut.least

    def could_rise(self, work: int) -> bool:
        """Whether the work would go on at its best, all others at their least."""
        best = self._key(work, self.ends[work].most)
        # Itself at its least is never above its best.
        above = len(self.least) - bisect_right(self.least, best)
        return self._reaches(best[0]) and (self.cut.top is None or above < self.cut.top)

    def could_fall(self, work: int) -> bool:
        """Whether the work would not go on at its least, all others at their best."""
        worst = self._key(work, self.ends[work].least)
        own = self._key(work, self.ends[work].most)
        above = len(self.most) - bisect_right(self.most, worst) - (own > worst)
        return not self._reaches(worst[0]) or (self.cut.top is not None and above >= self.cut.top)
