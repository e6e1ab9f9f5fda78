"""The order of a gallery, drawn anew for each visitor: a way round the ring of works. Pure.

Every work has a drawn number (`Entry.shuffle`). A visitor begins at a drawn place of the ring and
goes round it one way or the other, so that no work is first for everybody, nobody can count places,
and a page costs the same whether a thousand works hang or a million.
"""

from dataclasses import dataclass
from typing import Final

from participation.contests.naming import SHUFFLES

DRAWS: Final = 2 * SHUFFLES
"""So many orders are there: a place to begin, and one of two ways round."""
_STEP: Final = 0x2545F491
"""Odd, so that repeated steps come to every order before one comes again."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One order."""

    number: int

    @property
    def start(self) -> int:
        """The number of the ring at which it begins."""
        return self.number >> 1

    @property
    def onwards(self) -> bool:
        """Does it go towards larger numbers?"""
        return self.number & 1 == 0

    @property
    def another(self) -> "Draw":
        """The order after this one, for who wants to see other works."""
        return Draw((self.number + _STEP) % DRAWS)

    def part(self, shuffle: int) -> int:
        """Is a work in the first part of the way (0), or in that after the end of the ring (1)?"""
        first = shuffle >= self.start if self.onwards else shuffle <= self.start
        return 0 if first else 1


def read_draw(text: str) -> Draw | None:
    """The order in an address; None for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(DRAWS))):
        return None
    return Draw(int(text) % DRAWS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work stands in the ring: its drawn number, and its id where two drew the same."""

    shuffle: int
    id: bytes

    @property
    def mark(self) -> str:
        """The place as it stands in an address."""
        return f"{self.shuffle}.{self.id.hex()}"


def read_place(text: str) -> Place | None:
    """The place in an address; None for what is none, which is the beginning."""
    number, _dot, key = text.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(SHUFFLES))):
        return None
    try:
        held = bytes.fromhex(key)
    except ValueError:
        return None
    return Place(min(int(number), SHUFFLES), held) if len(held) == 16 else None
