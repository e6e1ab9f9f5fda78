"""Between which scores a work can come to lie once open judgements are made."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from participation.contests.jury.scoring import DECIMALS, Basis, Tally
from participation.contests.jury.severity import Equations
from participation.contests.jury.ways import Open


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most."""

    least: float
    most: float


def bounds_of(
    tally: Tally, works: Iterable[int], awaited: Iterable[Open], basis: Basis
) -> dict[int, Bounds]:
    """The bounds of each work that has a judgement or awaits one.

    Raw: the mean with all open judgements at one end; exact. Adjusted: see `_Adjusted`.
    """
    waiting: dict[int, list[Open]] = {}
    for one in awaited:
        waiting.setdefault(one.work, []).append(one)
    some = [work for work in works if tally.given[work] or work in waiting]
    raw = {work: _mean(tally.given[work], waiting.get(work, ())) for work in some}
    return raw if basis is Basis.RAW else _Adjusted(tally, waiting).around(raw)


def _mean(given: Mapping[int, float], waiting: Collection[Open]) -> Bounds:
    known, n = sum(given.values()), len(given) + len(waiting)
    least = known + sum(one.least for one in waiting)
    most = known + sum(one.most for one in waiting)
    return Bounds(round(least / n, DECIMALS), round(most / n, DECIMALS))


class _Adjusted:
    """How the effects of the jurors can move, with the ratio of variances as it is now.

    With λ held, the effects β = (C + λ I)⁻¹ r are linear in the open judgements, C being that of
    the completed round. β_j then lies within Σ |∂β_j / ∂y| · half-width of its value at the middle
    of all open judgements. Adding up such widths is more than any completion can reach, so that
    nothing outside these bounds is possible; how λ itself would change is not part of it.
    """

    def __init__(self, tally: Tally, waiting: Mapping[int, Collection[Open]]) -> None:
        self.tally = tally
        fit = tally.fit
        self.judges = {
            work: {*given, *(tally.places[one.juror] for one in waiting.get(work, ()))}
            for work, given in tally.given.items()
        }
        size = len(tally.jurors)
        self.middle, self.width = [0.0] * size, [0.0] * size
        if fit.juror_variance and fit.error_variance is not None:
            self._move(waiting, fit.error_variance / fit.juror_variance)

    def _move(self, waiting: Mapping[int, Collection[Open]], ridge: float) -> None:
        whole = self.tally.equations.copy()
        for work, some in waiting.items():
            middles = {self.tally.places[one.juror]: (one.least + one.most) / 2 for one in some}
            whole.add(self.tally.given[work], -1)
            whole.add({**self.tally.given[work], **middles})
        groups = whole.groups()
        self.middle = whole.solved(groups, ridge, whole.right)
        inverse = _Inverse(whole, ridge)
        for work, some in waiting.items():
            for one in some:
                half = (one.most - one.least) / 2
                steps = inverse.steps(self.tally.places[one.juror], self.judges[work])
                for place, step in enumerate(steps):
                    self.width[place] += abs(step) * half

    def around(self, raw: Mapping[int, Bounds]) -> dict[int, Bounds]:
        """The bounds of adjusted scores, from those of the raw ones."""
        found = {}
        for work, ends in raw.items():
            judges = self.judges[work]
            middle = sum(self.middle[place] for place in judges) / len(judges)
            width = sum(self.width[place] for place in judges) / len(judges)
            found[work] = Bounds(
                round(ends.least - middle - width, DECIMALS),
                round(ends.most - middle + width, DECIMALS),
            )
        return found


class _Inverse:
    """(C + λ I)⁻¹ column by column, on vectors whose sum is 0 in each connected group."""

    def __init__(self, whole: Equations, ridge: float) -> None:
        size = len(whole.right)
        groups = whole.groups()
        units = ([float(row == column) for row in range(size)] for column in range(size))
        # The ones of `solved` add the same to all of a group, which cancels in `steps`.
        self.columns = [whole.solved(groups, ridge, unit) for unit in units]

    def steps(self, juror: int, judges: Collection[int]) -> list[float]:
        """∂β / ∂y of the judgement that a juror gives a work with these judges."""
        share = 1 / len(judges)
        common = [self.columns[judge] for judge in judges]
        return [
            own - share * sum(column[place] for column in common)
            for place, own in enumerate(self.columns[juror])
        ]
