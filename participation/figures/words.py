"""The words of published figures, as data: how a cell is shown, why it is hidden, which share.

Nothing here is for human eyes; templates, papers and downloads put the codes into sentences.
"""

from typing import Final, NamedTuple

EXACT: Final = "exact"
ROUNDED: Final = "rounded"
HIDDEN: Final = "hidden"

FEW: Final = "few"
BASE: Final = "base"
SCHOOLS: Final = "schools"
SECONDARY: Final = "secondary"
UNIFORM: Final = "uniform"
REASONS: Final = (FEW, SCHOOLS, BASE, SECONDARY, UNIFORM)

ALMOST_NONE: Final = "<5"
ALMOST_ALL: Final = ">95"

Share = int | str | None


class Cell(NamedTuple):
    """One published number: `how` it is shown, its value, its share of the line, why hidden."""

    how: str
    value: int | None = None
    share: Share = None
    why: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether the count is withheld (a share such as "<5" may still stand)."""
        return self.how == HIDDEN


def almost(count: int, n: int) -> str | None:
    """The mark of an all-or-nothing answer among `n` people: "<5", ">95" or None (R72)."""
    if 20 * count < n:
        return ALMOST_NONE
    return ALMOST_ALL if 20 * count > 19 * n else None


def percent(value: int, base: int, *, rounded: bool) -> int:
    """Whole percent of two displayed numbers, halves upwards; base > 0.

    Of rounded numbers never below 1 or above 95, for those stand in words (`almost`).
    """
    share = (200 * value + base) // (2 * base)
    return min(95, max(1, share)) if rounded else share
