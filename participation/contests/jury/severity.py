"""How severe jurors are: judgement = work + juror + error, with jurors drawn from one jury.

The additive model of Braun (Understanding scoring reliability: experiments in calibrating essay
readers, J. Educational Statistics 13, 1988); the juror's part is shrunk as by Longford (Reliability
of essay rating and score adjustment, J. Educational and Behavioral Statistics 19, 1994), so that a
juror of few judgements is hardly adjusted for. With y the judgements, θ the works and β the jurors,

    minimise Σ (y_wj − θ_w − β_j)² + λ Σ β_j²,   λ = σ² / τ²,

σ² from the residuals of plain least squares, τ² by the method of moments (Henderson's method 3),
0 at least. With θ eliminated, (C + λ I) β = r is as large as the jury: C_ij sums [i = j] − 1/n_w
over the works both judged, r_j sums y_wj minus the mean of the work. An adjusted score is the mean
of a work minus the mean β of its jurors. β sums to 0 among jurors whom chains of common works
connect; between such groups nothing compares them, whatever a formula might say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

TINY: Final = 1e-12

Matrix = list[list[float]]
Given = Mapping[int, float]
"""What jurors, by their places, gave one work."""
Groups = Sequence[int | None]
"""Of each juror, the number of the connected group; None for one who has judged nothing."""


@dataclass(frozen=True, slots=True)
class Fit:
    """`effects` (β): more than 0 is lenient; None when the data can't tell. `groups`: the number of
    the connected group of each juror, None for one who has judged nothing."""

    effects: tuple[float, ...] | None
    groups: tuple[int | None, ...]
    error_variance: float | None
    juror_variance: float | None

    @property
    def groups_in_all(self) -> int:
        """More than one when the jury falls apart."""
        return len(set(self.groups) - {None})


class Equations:
    """The sums of the model, to which works are added and from which they are taken again."""

    def __init__(self, jurors: int) -> None:
        self.matrix: Matrix = [[0.0] * jurors for _juror in range(jurors)]
        self.right = [0.0] * jurors
        self.meetings = [[0] * jurors for _juror in range(jurors)]
        self.squares = 0.0
        self.works = 0

    def add(self, given: Given, sign: int = 1) -> None:
        """Add a work that was judged, or take it away with `sign` −1."""
        if not given:
            return
        n = len(given)
        mean = sum(given.values()) / n
        self.works += sign
        for juror, value in given.items():
            row, meetings = self.matrix[juror], self.meetings[juror]
            for other in given:
                row[other] -= sign / n
                meetings[other] += sign
            row[juror] += sign
            self.right[juror] += sign * (value - mean)
            self.squares += sign * (value - mean) ** 2

    def copy(self) -> "Equations":
        """The same sums once more."""
        twin = Equations(0)
        twin.matrix = [row[:] for row in self.matrix]
        twin.meetings = [row[:] for row in self.meetings]
        twin.right = self.right[:]
        twin.squares, twin.works = self.squares, self.works
        return twin

    def fit(self) -> Fit:
        """Both variances, the groups, and the effects of the jurors."""
        groups = self.groups()
        judgements = sum(row[place] for place, row in enumerate(self.meetings))
        ranks = sum(group is not None for group in groups) - len(set(groups) - {None})
        freedom = judgements - self.works - ranks
        if freedom <= 0:
            return Fit(None, groups, None, None)
        (plain,) = self.solved(groups, 0.0, [self.right])
        reduction = _times(plain, self.right)
        error = max((self.squares - reduction) / freedom, 0.0)
        trace = sum(row[place] for place, row in enumerate(self.matrix))
        between = (reduction - ranks * error) / trace
        if between <= TINY:
            return Fit((0.0,) * len(groups), groups, error, 0.0)
        (effects,) = self.solved(groups, error / between, [self.right])
        return Fit(tuple(effects), groups, error, between)

    def groups(self) -> tuple[int | None, ...]:
        """Jurors connected by common works have the same number."""
        found: list[int | None] = [None] * len(self.meetings)
        number = 0
        for start, row in enumerate(self.meetings):
            if found[start] is not None or not row[start]:
                continue
            found[start], waiting = number, [start]
            while waiting:
                for other, common in enumerate(self.meetings[waiting.pop()]):
                    if common and found[other] is None:
                        found[other] = number
                        waiting.append(other)
            number += 1
        return tuple(found)

    def solved(
        self, groups: Groups, ridge: float, rights: Sequence[Sequence[float]]
    ) -> list[list[float]]:
        """β of (C + λ I) β = r for each r, with sum 0 in each group; so must be the sum of r there.

        Ones between members of a group make the matrix regular and change no such solution.
        """
        filled = [
            [
                value + (group is not None and group == other)
                for value, other in zip(row, groups, strict=True)
            ]
            for row, group in zip(self.matrix, groups, strict=True)
        ]
        for place, group in enumerate(groups):
            filled[place][place] += ridge if group is not None else 1.0
        return solve(filled, rights)


def solve(matrix: Matrix, rights: Sequence[Sequence[float]]) -> list[list[float]]:
    """x of `matrix` x = r for each of `rights`; the matrix is symmetric positive definite."""
    size = len(matrix)
    rows = [[*row, *more] for row, more in zip(matrix, zip(*rights, strict=True), strict=True)]
    for pivot, row in enumerate(rows):
        for below in rows[pivot + 1 :]:
            if factor := below[pivot] / row[pivot]:
                pairs = zip(below[pivot:], row[pivot:], strict=True)
                below[pivot:] = [lower - factor * upper for lower, upper in pairs]
    return [_backwards(rows, size, column) for column in range(size, size + len(rights))]


def _backwards(rows: Matrix, size: int, column: int) -> list[float]:
    found = [0.0] * size
    for pivot in reversed(range(size)):
        row = rows[pivot]
        known = _times(row[pivot + 1 : size], found[pivot + 1 :])
        found[pivot] = (row[column] - known) / row[pivot]
    return found


def _times(some: Iterable[float], others: Iterable[float]) -> float:
    return sum(a * b for a, b in zip(some, others, strict=True))
