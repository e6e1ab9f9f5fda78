"""Between which scores a work can come to lie once open judgements are made."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from participation.contests.jury.scoring import DECIMALS, Basis, Tally
from participation.contests.jury.severity import Equations, Matrix
from participation.contests.jury.ways import Open


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most."""

    least: float
    most: float


class Ends:
    """The bounds of all works of a round, given its open judgements.

    Raw: the mean with all open judgements of the work at one end; exact. Adjusted: the effects
    β = (C + λ I)⁻¹ r are linear in the open judgements as long as λ is held, C being that of the
    completed round. β_j lies within Σ |∂β_j / ∂y| · half-width of its value at the middle of all
    open judgements; adding up such widths reaches further than any completion does, so nothing
    outside these bounds is possible. How λ itself would change is not part of it.
    """

    def __init__(self, tally: Tally, awaited: Iterable[Open]) -> None:
        self.tally = tally
        self.waiting: dict[int, list[Open]] = {}
        for one in awaited:
            self.waiting.setdefault(one.work, []).append(one)

    def of(self, works: Iterable[int], basis: Basis) -> dict[int, Bounds]:
        """The bounds of those of the works that have a judgement or await one."""
        some = [work for work in works if self.tally.given[work] or work in self.waiting]
        bounds = self._adjusted if basis is Basis.ADJUSTED else self._raw
        return {work: bounds(work) for work in some}

    def _mean(self, work: int) -> Bounds:
        given, waiting = self.tally.given[work], self.waiting.get(work, ())
        known, n = sum(given.values()), len(given) + len(waiting)
        least = known + sum(one.least for one in waiting)
        most = known + sum(one.most for one in waiting)
        return Bounds(least / n, most / n)

    def _raw(self, work: int) -> Bounds:
        mean = self._mean(work)
        return Bounds(round(mean.least, DECIMALS), round(mean.most, DECIMALS))

    def _adjusted(self, work: int) -> Bounds:
        mean, judges = self._mean(work), self._judges(work)
        middles, widths = self._effects
        middle = sum(middles[place] for place in judges) / len(judges)
        width = sum(widths[place] for place in judges) / len(judges)
        return Bounds(
            round(mean.least - middle - width, DECIMALS),
            round(mean.most - middle + width, DECIMALS),
        )

    def _judges(self, work: int) -> list[int]:
        late = (self.tally.places[one.juror] for one in self.waiting.get(work, ()))
        return [*self.tally.given[work], *late]

    @cached_property
    def _effects(self) -> tuple[list[float], list[float]]:
        """The middle and the half-width of each juror's effect."""
        fit, size = self.tally.fit, len(self.tally.jurors)
        if not fit.juror_variance or fit.error_variance is None:
            return [0.0] * size, [0.0] * size
        whole, ridge = self._completed(), fit.error_variance / fit.juror_variance
        groups = whole.groups()
        units = [[float(row == column) for row in range(size)] for column in range(size)]
        # For a unit, the ones in `solved` shift a whole group alike; `_steps` takes that away.
        middles, *columns = whole.solved(groups, ridge, [whole.right, *units])
        widths = [0.0] * size
        for one in (one for some in self.waiting.values() for one in some):
            half = (one.most - one.least) / 2
            for place, step in enumerate(self._steps(one, columns)):
                widths[place] += abs(step) * half
        return middles, widths

    def _completed(self) -> Equations:
        """The sums of the model with each open judgement at its middle."""
        whole = self.tally.equations.copy()
        for work, some in self.waiting.items():
            middles = {self.tally.places[one.juror]: (one.least + one.most) / 2 for one in some}
            whole.add(self.tally.given[work], -1)
            whole.add({**self.tally.given[work], **middles})
        return whole

    def _steps(self, one: Open, columns: Matrix) -> list[float]:
        """∂β / ∂y of an open judgement."""
        judges = self._judges(one.work)
        common = zip(*(columns[judge] for judge in judges), strict=True)
        own = columns[self.tally.places[one.juror]]
        return [a - sum(b) / len(judges) for a, b in zip(own, common, strict=True)]
