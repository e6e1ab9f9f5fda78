"""From scores to the next round, the shortlist and the prizes, band by band.

Preschoolers are heard and shown, never ranked (R65). Outside the jury's office nothing below the
shortlist has a place: the types of the public outcome have no room for one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from participation.contests.jury.lots import drawn, lot
from participation.contests.jury.scoring import Basis, Tally


class Ties(StrEnum):
    """What becomes of works that tie across the cut; declared before the round.

    ALL_IN: all of them go on. LOT: the smallest lots of the published seed go on.
    """

    ALL_IN = "all_in"
    LOT = "lot"


class Unranked(ValueError):
    """A band that is only shown (R65)."""


class NotClosable(ValueError):
    """Works with fewer than three judgements (R68)."""

    def __init__(self, works: Iterable[int]) -> None:
        self.works = tuple(works)
        super().__init__(f"{len(self.works)} works have fewer than three judgements")


@dataclass(frozen=True, slots=True)
class Field:
    """The works of one band, which are judged apart from the others."""

    band: str
    works: tuple[int, ...]
    ranked: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """Who goes on: the best `top`, or those who reach `least`, or both when both are given."""

    top: int | None = None
    least: float | None = None
    basis: Basis = Basis.RAW
    ties: Ties = Ties.ALL_IN

    def __post_init__(self) -> None:
        if (self.top is None and self.least is None) or (self.top or 0) < 0:
            raise ValueError("a cut names how many go on, or what they must reach")


@dataclass(frozen=True, slots=True)
class Selection:
    """Who goes on, in no telling order.

    `tied`: works of equal score on both sides of the cut or, when all are let in, past the number.
    `basis` is RAW in spite of the cut when adjusted scores of this band can't be compared.
    """

    band: str
    chosen: frozenset[int]
    others: frozenset[int]
    tied: frozenset[int]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize and how many of them there are in each band."""

    name: str
    count: int


def within(values: Mapping[int, float], cut: Cut, seed: bytes) -> frozenset[int]:
    """The works that a cut lets through."""
    reached = {w: v for w, v in values.items() if cut.least is None or v >= cut.least}
    if cut.top is None:
        return frozenset(reached)
    if cut.ties is Ties.LOT:
        order = sorted(reached, key=lambda work: (-reached[work], lot(seed, work)))
        return frozenset(order[: cut.top])
    rising = sorted(reached.values())
    return frozenset(
        work
        for work, value in reached.items()
        if len(rising) - bisect_right(rising, value) < cut.top
    )


def select(field: Field, tally: Tally, cut: Cut, seed: bytes) -> Selection:
    """Who of a band goes on to the next round, or stands on the shortlist.

    Raises Unranked for a band that is only shown (R65), NotClosable when a work of the band has
    fewer than three judgements (R68).
    """
    basis, values = _closed(field, tally, cut.basis)
    chosen = within(values, cut, seed)
    return Selection(
        field.band, chosen, frozenset(values) - chosen, _tied(values, chosen, cut), basis
    )


def award(
    field: Field, tally: Tally, prizes: Sequence[Prize], cut: Cut, seed: bytes
) -> dict[int, str]:
    """The prize of each winner of a band: the first prizes to the best, then the next.

    `cut` gives basis and tie rule, and may ask for a least score. With ALL_IN two that tie for one
    first prize both get it, and there is one second prize less. Raises as `select`.
    """
    _basis, values = _closed(field, tally, cut.basis)
    won: dict[int, str] = {}
    total = 0
    for prize in prizes:
        total += prize.count
        reached = within(values, Cut(total, cut.least, cut.basis, cut.ties), seed)
        won |= dict.fromkeys(sorted(reached - won.keys()), prize.name)
    return won


def _closed(field: Field, tally: Tally, basis: Basis) -> tuple[Basis, dict[int, float]]:
    if not field.ranked:
        raise Unranked(field.band)
    if short := tally.not_closable(field.works):
        raise NotClosable(short)
    return tally.points(field.works, basis)


def _tied(values: Mapping[int, float], chosen: frozenset[int], cut: Cut) -> frozenset[int]:
    """The works at the score of the cut, when the number fell among them."""
    if cut.top is None or not chosen:
        return frozenset()
    last = min(values[work] for work in chosen)
    at = frozenset(work for work, value in values.items() if value == last)
    return at if len(at - chosen) or len(chosen) > cut.top else frozenset()


# What leaves the jury's office


@dataclass(frozen=True, slots=True)
class Winner:
    """A work with a prize (入选)."""

    work: int
    band: str
    prize: str


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """A work on the shortlist (入围)."""

    work: int
    band: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Any other work: shown and thanked for."""

    work: int
    band: str


Outcome = Winner | Shortlisted | Shown


def outcome(
    field: Field, shortlist: frozenset[int], won: Mapping[int, str], seed: bytes
) -> tuple[Outcome, ...]:
    """What may be published of a band, in the order of lots, which tells nothing of scores.

    Raises Unranked when anything of a band that is only shown is distinguished (R65).
    """
    if not field.ranked and (shortlist or won):
        raise Unranked(field.band)
    return tuple(_one(work, field.band, shortlist, won) for work in drawn(seed, field.works))


def _one(work: int, band: str, shortlist: frozenset[int], won: Mapping[int, str]) -> Outcome:
    if work in won:
        return Winner(work, band, won[work])
    return Shortlisted(work, band) if work in shortlist else Shown(work, band)
