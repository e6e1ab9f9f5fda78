"""Scores of works, raw and adjusted for the severity of jurors, side by side.

Raw is the mean of the judgements of a work; adjusted is by the model of `severity`. Both are
rounded to nine decimals: what is equal then is a tie, and a tie rule is declared before the round.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from participation.contests.jury.assignment import LEAST_QUORUM
from participation.contests.jury.severity import Equations, Fit
from participation.contests.jury.ways import Judgement

DECIMALS: Final = 9


class Basis(StrEnum):
    """Which score decides; declared before the round."""

    RAW = "raw"
    ADJUSTED = "adjusted"


class Standing(StrEnum):
    """How many judgements a work has: its quorum, at least three, or too few to be closed (R68)."""

    FULL = "full"
    PARTIAL = "partial"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Score:
    """One work. `group`: the connected group of jurors and works within which `adjusted` compares.

    `raw` is None without a judgement, `adjusted` also where the data can't tell severity.
    """

    work: int
    judgements: int
    standing: Standing
    raw: float | None
    adjusted: float | None
    group: int | None


@dataclass(frozen=True, slots=True)
class JurorLine:
    """One juror: how many judgements, their mean, and how much lower than the others' (severity).

    After rankings the mean says nothing, and severity is how strong the pack was.
    """

    juror: int
    judgements: int
    mean: float | None
    severity: float | None
    group: int | None


@dataclass(frozen=True, slots=True)
class Scores:
    """All works and jurors of a round; `groups` is more than 1 when the jury falls apart."""

    works: Mapping[int, Score]
    jurors: Mapping[int, JurorLine]
    groups: int
    error_variance: float | None
    juror_variance: float | None


class Tally:
    """The finished judgements of a round, from which scores are made, with or without a juror.

    Judgements of works that are not in `works` (withdrawn ones) are left out. `jurors` names also
    those who have judged nothing yet. Raises ValueError when a juror judges a work twice.
    """

    def __init__(
        self, works: Iterable[int], judgements: Iterable[Judgement], jurors: Iterable[int] = ()
    ) -> None:
        self.given: dict[int, dict[int, float]] = {work: {} for work in works}
        kept = [one for one in judgements if one.work in self.given]
        self.jurors = sorted({one.juror for one in kept}.union(jurors))
        self.places = {juror: place for place, juror in enumerate(self.jurors)}
        for one in kept:
            if (place := self.places[one.juror]) in self.given[one.work]:
                raise ValueError("a juror judges a work once")
            self.given[one.work][place] = one.value

    @cached_property
    def equations(self) -> Equations:
        """The sums of the model over all works."""
        made = Equations(len(self.jurors))
        for given in self.given.values():
            made.add(given)
        return made

    @cached_property
    def fit(self) -> Fit:
        """The model of `severity`."""
        return self.equations.fit()

    @cached_property
    def means(self) -> dict[int, float]:
        """The mean of each work that has a judgement."""
        return {work: _mean(given) for work, given in self.given.items() if given}

    def points(self, works: Iterable[int], basis: Basis) -> tuple[Basis, dict[int, float]]:
        """The deciding scores of works that are judged apart from others, and on which basis.

        RAW in spite of `basis` when the adjusted scores of these works can't be compared.
        """
        means = self.means
        judged = [work for work in works if self.given[work]]
        if basis is Basis.RAW or not self.comparable(judged):
            return Basis.RAW, {work: round(means[work], DECIMALS) for work in judged}
        return basis, {work: self.adjusted(work) for work in judged}

    def comparable(self, works: Iterable[int]) -> bool:
        """Whether judged works can be compared by adjusted scores: known, and in one group."""
        if self.fit.effects is None:
            return False
        return self.fit.groups_in_all == 1 or len({self.group(work) for work in works}) <= 1

    def group(self, work: int) -> int | None:
        """The connected group of a work; None before its first judgement."""
        return next((self.fit.groups[place] for place in self.given[work]), None)

    def adjusted(self, work: int) -> float:
        """The adjusted score of a judged work; ask `comparable` or `fit.effects` first."""
        effects, given = self.fit.effects or (), self.given[work]
        leniency = sum([effects[place] for place in given]) / len(given)
        return round(self.means[work] - leniency, DECIMALS)

    def awaits(self, work: int, juror: int) -> bool:
        """Whether this judgement is still missing of a work of the round."""
        return work in self.given and self.places[juror] not in self.given[work]

    def not_closable(self, works: Iterable[int]) -> tuple[int, ...]:
        """Those of the works that have fewer than three judgements (R68)."""
        return tuple(work for work in works if len(self.given[work]) < LEAST_QUORUM)

    def without(self, juror: int) -> "Tally":
        """The same round as if this juror had judged nothing."""
        return _Without(self, self.places[juror])

    def scores(self, quorum: int) -> Scores:
        """All scores, side by side."""
        return Scores(
            works={work: self._score(work, quorum) for work in self.given},
            jurors=_lines(self.given, self.jurors, self.fit),
            groups=self.fit.groups_in_all,
            error_variance=self.fit.error_variance,
            juror_variance=self.fit.juror_variance,
        )

    def standing(self, works: Iterable[int], quorum: int) -> Standing:
        """The lowest standing among works: FULL closes, PARTIAL closes with its sensitivity kept
        (`robustness`), SHORT must be given to other jurors first (R68)."""
        return _standing(min((len(self.given[work]) for work in works), default=quorum), quorum)

    def _score(self, work: int, quorum: int) -> Score:
        n = len(self.given[work])
        raw = round(self.means[work], DECIMALS) if n else None
        adjusted = self.adjusted(work) if n and self.fit.effects is not None else None
        return Score(work, n, _standing(n, quorum), raw, adjusted, self.group(work))


class _Without(Tally):
    """A round less the judgements of one juror; only what she touched is reckoned anew."""

    def __init__(self, whole: Tally, place: int) -> None:
        self.whole, self.jurors, self.places = whole, whole.jurors, whole.places
        self.less = {
            work: {other: value for other, value in given.items() if other != place}
            for work, given in whole.given.items()
            if place in given
        }
        self.given = whole.given | self.less

    @cached_property
    def equations(self) -> Equations:
        made = self.whole.equations.copy()
        for work, given in self.less.items():
            made.add(self.whole.given[work], -1)
            made.add(given)
        return made

    @cached_property
    def means(self) -> dict[int, float]:
        return self.whole.means | {work: _mean(given) for work, given in self.less.items() if given}


def _standing(judgements: int, quorum: int) -> Standing:
    if judgements < LEAST_QUORUM:
        return Standing.SHORT
    return Standing.FULL if judgements >= quorum else Standing.PARTIAL


def _mean(given: Mapping[int, float]) -> float:
    return sum(given.values()) / len(given)


def _lines(
    given: Mapping[int, Mapping[int, float]], jurors: Collection[int], fit: Fit
) -> dict[int, JurorLine]:
    counts, sums = [0] * len(jurors), [0.0] * len(jurors)
    for values in given.values():
        for place, value in values.items():
            counts[place] += 1
            sums[place] += value
    return {
        juror: JurorLine(
            juror,
            n,
            round(total / n, DECIMALS) if n else None,
            round(0.0 - fit.effects[place], DECIMALS) if n and fit.effects else None,
            fit.groups[place],
        )
        for place, (juror, n, total) in enumerate(zip(jurors, counts, sums, strict=True))
    }
