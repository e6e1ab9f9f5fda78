"""Fingerprints of pictures: near ones are offered to whoever looks, never judged.

A difference hash (N. Krawetz, Kind of Like That, 2013): the picture in 9 × 8 greys, a bit for each
place that is brighter than its right neighbour. Resizing, encoding and a slight crop change few.
"""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final, TypeVar

K = TypeVar("K")

WIDE: Final = 9
HIGH: Final = 8
BITS: Final = (WIDE - 1) * HIGH
NEAR: Final = 8
"""Up to so many of 64 bits may differ between copies of one picture."""


def dhash(greys: Sequence[int]) -> int:
    """The fingerprint of 9 × 8 grey values, row by row from the top left; 64 bits."""
    found = 0
    for place, grey in enumerate(greys):
        if (place + 1) % WIDE:
            found = found << 1 | (grey > greys[place + 1])
    return found


def distance(one: int, other: int) -> int:
    """How many bits differ, 0 to 64."""
    return (one ^ other).bit_count()


def near(
    fingerprints: Iterable[tuple[K, int]], one: int, within: int = NEAR
) -> list[tuple[K, int]]:
    """Which of the named fingerprints differ from `one` in at most `within` bits, nearest first.

    A plain walk: an exclusive or and a count for each, 10,000 in about a millisecond; an index in
    Python would take longer to fill than it saves.
    """
    found = [(name, far) for name, other in fingerprints if (far := distance(one, other)) <= within]
    return sorted(found, key=itemgetter(1))


def signed(fingerprint: int) -> int:
    """The same 64 bits as a signed number, as the BIGINT of a database holds it."""
    return fingerprint - (1 << BITS) if fingerprint >> (BITS - 1) else fingerprint


def unsigned(kept: int) -> int:
    """Back from what `signed` gave."""
    return kept % (1 << BITS)
