"""The three ways of a round – yes or no, rubric, ranking – as judgements on one scale.

What is deferred, or not complete, is no judgement yet and is left out here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

STEPS: Final = 5
"""Steps of a criterion, from 1."""
FEWEST_CRITERIA: Final = 3
MOST_CRITERIA: Final = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finished judgement of a work, as one number; more is better."""

    work: int
    juror: int
    value: float


@dataclass(frozen=True, slots=True)
class Open:
    """A judgement that is still missing, and the numbers it can lie between."""

    work: int
    juror: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Vote:
    """Yes, no, or deferred (None)."""

    work: int
    juror: int
    yes: bool | None


@dataclass(frozen=True, slots=True)
class Rating:
    """A step of 1 to 5 for each criterion, in the order of the rubric; None while it is missing."""

    work: int
    juror: int
    steps: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The weights of three to five criteria. Raises ValueError for others."""

    weights: tuple[int, ...]

    def __post_init__(self) -> None:
        if not FEWEST_CRITERIA <= len(self.weights) <= MOST_CRITERIA or min(self.weights) < 1:
            raise ValueError("a rubric has 3 to 5 criteria of weight 1 or more")


@dataclass(frozen=True, slots=True)
class Ranking:
    """One juror's order of her pack, the best first; what stands together is equally good."""

    juror: int
    pack: tuple[int, ...]
    order: tuple[tuple[int, ...], ...]


def from_votes(votes: Iterable[Vote]) -> Iterator[Judgement]:
    """1 for yes, 0 for no: the mean of a work is its share of yes."""
    for vote in votes:
        if vote.yes is not None:
            yield Judgement(vote.work, vote.juror, float(vote.yes))


def from_ratings(ratings: Iterable[Rating], rubric: Rubric) -> Iterator[Judgement]:
    """The weighted mean of the steps, 1 to 5. Raises ValueError for steps that are none."""
    whole = sum(rubric.weights)
    for rating in ratings:
        given = [step for step in rating.steps if step is not None]
        if len(rating.steps) != len(rubric.weights) or any(not 1 <= s <= STEPS for s in given):
            raise ValueError("a rating has a step of 1 to 5 for each criterion")
        if len(given) == len(rubric.weights):
            points = sum(w * step for w, step in zip(rubric.weights, given, strict=True))
            yield Judgement(rating.work, rating.juror, points / whole)


def from_rankings(rankings: Iterable[Ranking]) -> Iterator[Judgement]:
    """(m + 1 − r) / (m + 1) for place r of m, tied works sharing the mean of their places.

    That is the share of all works which such a work can be expected to surpass when packs are
    drawn by chance (mean of the r-th order statistic of m uniform numbers; Weibull 1939, David and
    Nagaraja, Order Statistics, 2003, § 3.1). Unlike Borda's count it does not grow with the pack,
    and unlike a count divided by m − 1 it does not give the best of two as much as the best of
    fifty: a small pack says less, so its places lie nearer to the middle. How strong a pack is
    comes out as the effect of its juror (`severity`). Plackett–Luce is not used: it has no finite
    answer once a work wins everywhere (Hunter, Annals of Statistics 32, 2004), the usual case here.

    An order counts when it holds the whole pack; before, every place could still change. Raises
    ValueError for an order with a work twice or from another pack.
    """
    for ranking in rankings:
        placed = [work for tied in ranking.order for work in tied]
        if len(set(placed)) < len(placed) or not set(placed) <= set(ranking.pack):
            raise ValueError("an order holds each work of the pack once")
        if len(placed) < len(ranking.pack):
            continue
        before, size = 0, len(placed)
        for tied in ranking.order:
            place = before + (len(tied) + 1) / 2
            before += len(tied)
            for work in tied:
                yield Judgement(work, ranking.juror, (size + 1 - place) / (size + 1))


def open_votes(seats: Iterable[tuple[int, int]]) -> list[Open]:
    """Missing votes of (work, juror)."""
    return [Open(work, juror, 0.0, 1.0) for work, juror in seats]


def open_ratings(seats: Iterable[tuple[int, int]]) -> list[Open]:
    """Missing ratings of (work, juror); what is half filled in can still change."""
    return [Open(work, juror, 1.0, float(STEPS)) for work, juror in seats]


def open_rankings(rankings: Iterable[Ranking]) -> list[Open]:
    """All works of packs whose order is not complete."""
    return [
        Open(work, ranking.juror, 1 / (size + 1), size / (size + 1))
        for ranking in rankings
        if sum(map(len, ranking.order)) < (size := len(ranking.pack))
        for work in ranking.pack
    ]
