"""Counting papers: each option is counted once for each paper that names it. Pure.

With `most` = 1 it is plurality, above it is approval with a limit (Brams & Fishburn, *Approval
Voting*, 1983). A tie is told as a tie: nothing here draws lots.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 10
"""Papers below which a result is not told at all (R70; the floor of `figures.thresholds`)."""

Choice = tuple[str, ...]
"""The options that one paper names, sorted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many papers count, how often each option is named, and how many papers say nothing.

    `hidden` are the options of circles from which fewer than the minimum of papers came: their
    number is not in `counts`.
    """

    papers: int
    counts: Mapping[str, int]
    spoiled: int = 0
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Who has one of the places for sure, the highest first, and who shares what is left."""

    chosen: tuple[str, ...]
    tied: tuple[str, ...]
    left: int
    """How many places those who are tied share."""


def is_sound(choice: Sequence[str], offered: Collection[str], most: int) -> bool:
    """Does a paper name one to `most` different options that were offered?"""
    return (
        1 <= len(choice) <= most and len(set(choice)) == len(choice) and set(choice) <= {*offered}
    )


def count(piles: Mapping[Choice, int], circles: Mapping[str, str], most: int) -> Tally:
    """Count the piles of equal papers.

    `circles` maps each option to the circle of voters it is offered to alone, "" for everybody.
    """
    counts = dict.fromkeys(sorted(circles), 0)
    papers = spoiled = 0
    for choice, times in piles.items():
        if not is_sound(choice, circles, most):
            spoiled += times
            continue
        papers += times
        for option in choice:
            counts[option] += times
    return Tally(papers, counts, spoiled)


def hide_small(tally: Tally, piles: Mapping[Choice, int], circles: Mapping[str, str]) -> Tally:
    """The same without the numbers of circles of which fewer than `LEAST` papers came (R70)."""
    came: dict[str, int] = {}
    for choice, times in piles.items():
        for circle in {circles[option] for option in choice if circles.get(option)}:
            came[circle] = came.get(circle, 0) + times
    hidden = tuple(o for o in tally.counts if circles[o] and came.get(circles[o], 0) < LEAST)
    shown = {option: n for option, n in tally.counts.items() if option not in hidden}
    return Tally(tally.papers, shown, tally.spoiled, hidden)


def places(counts: Mapping[str, int], seats: int = 1) -> Places:
    """The options that come first; nobody gets a place without a vote.

    Options with the same number that do not all fit are tied for the places that are left.
    """
    chosen: list[str] = []
    for number in sorted({n for n in counts.values() if n}, reverse=True):
        equal = sorted(option for option, n in counts.items() if n == number)
        free = seats - len(chosen)
        if free <= 0:
            break
        if len(equal) > free:
            return Places(tuple(chosen), tuple(equal), free)
        chosen += equal
    return Places(tuple(chosen), (), 0)
