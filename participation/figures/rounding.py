"""What one count looks like once published: exact, rounded or hidden. The only place that says so.

The face of a count is a pure function of the count, its line's size, the profile and how much the
suppression has coarsened it. That is what makes protection checkable: another count with the same
face is a count that no reader can rule out by this cell.
"""

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


def to_nearest(count: int, step: int) -> int:
    """The nearest multiple of `step`, halves upwards (HESA and Ofqual use 5)."""
    return (count + step // 2) // step * step


def total_face(n: int, state: int, profile: Profile) -> Cell:
    """How the number of people in a line is shown."""
    if n < profile.few:
        return Cell(HIDDEN, why=FEW)
    return _value(n, state, profile)


def face(count: int, n: int, state: int, profile: Profile, *, several: bool) -> Cell:
    """How the count of one answer in a line of `n` people is shown.

    For officials an option of several has a mirror: where fewer than `few` did *not* choose it,
    it is hidden too. The share of a shown count is left to `publish`, which knows the shown n.
    """
    mark = almost(count, n) if profile.is_public and n >= profile.base else None
    if count < profile.few:
        return Cell(HIDDEN, share=mark, why=FEW)
    if mark == ALMOST_ALL or (several and not profile.is_public and n - count < profile.few):
        return Cell(HIDDEN, share=mark, why=UNIFORM)
    return _value(count, state, profile)


def _value(count: int, state: int, profile: Profile) -> Cell:
    if state == SHUT:
        return Cell(HIDDEN, why=SECONDARY)
    step = profile.blur if state == SOFT and profile.blur else profile.step
    return Cell(EXACT if step == 1 else ROUNDED, to_nearest(count, step))


def states_after(state: int, profile: Profile) -> range:
    """The coarser states a count may still be given, finest first."""
    return range(max(state + 1, SOFT if profile.blur else SHUT), SHUT + 1)
