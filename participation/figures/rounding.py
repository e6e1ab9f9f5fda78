"""What one count looks like once published: exact, rounded or hidden. The only place that says so.

The face of a count is a pure function of the count, its line's size, the profile and how much the
suppression has coarsened it. That is what makes protection checkable: another count with the same
face is a count that no reader can rule out by this cell.
"""

from collections.abc import Sequence
from typing import Final

from participation.figures.thresholds import Profile
from participation.figures.words import (
    ALMOST_ALL,
    EXACT,
    FEW,
    HIDDEN,
    ROUNDED,
    SECONDARY,
    UNIFORM,
    Cell,
    almost,
)

OPEN: Final = 0  # as the profile says
SOFT: Final = 1  # rounded coarsely, to shield a neighbour
SHUT: Final = 2  # hidden, to shield a neighbour
BLANK: Final = 3  # hidden without a word about its size, to shield another edition


def to_nearest(count: int, step: int) -> int:
    """The nearest multiple of `step`, halves upwards (HESA and Ofqual use 5)."""
    return (count + step // 2) // step * step


def total_face(n: int, state: int, profile: Profile) -> Cell:
    """How the number of people in a line is shown."""
    if n < profile.few and state != BLANK:
        return Cell(HIDDEN, why=FEW)
    return _value(n, state, profile)


def face(count: int, n: int, state: int, profile: Profile, *, several: bool) -> Cell:
    """How the count of one answer in a line of `n` people is shown.

    For officials an option of several has a mirror: where fewer than `few` did *not* choose it,
    it is hidden too. The share of a shown count is left to `publish`, which knows the shown n.
    """
    if state == BLANK:
        return Cell(HIDDEN, why=SECONDARY)
    mark = almost(count, n) if profile.is_public and n >= profile.base else None
    if count < profile.few:
        return Cell(HIDDEN, share=mark, why=FEW)
    if mark == ALMOST_ALL or (several and not profile.is_public and n - count < profile.few):
        return Cell(HIDDEN, share=mark, why=UNIFORM)
    return _value(count, state, profile)


def open_faces(counts: Sequence[int], n: int, profile: Profile, *, options: int) -> list[Cell]:
    """The faces of a line in which nothing is coarsened; its first `options` columns are several.

    Most counts of a large line stand well inside all thresholds. They are known by two comparisons
    and rounded here, at a fifth of the cost of asking `face`, which decides about all others.
    """
    few, step = profile.few, profile.step
    half, how = step // 2, EXACT if step == 1 else ROUNDED
    inside = range(few, min(n - few, 19 * n // 20) + 1)
    return [
        Cell(how, (count + half) // step * step)
        if count in inside
        else face(count, n, OPEN, profile, several=column < options)
        for column, count in enumerate(counts)
    ]


def _value(count: int, state: int, profile: Profile) -> Cell:
    if state >= SHUT:
        return Cell(HIDDEN, why=SECONDARY)
    step = profile.blur if state == SOFT and profile.blur else profile.step
    return Cell(EXACT if step == 1 else ROUNDED, to_nearest(count, step))


def states_after(state: int, profile: Profile, last: int = SHUT) -> range:
    """The coarser states a count may still be given, finest first, up to `last`."""
    return range(max(state + 1, SOFT if profile.blur else SHUT), last + 1)
