"""Order by lot from a seed that is published afterwards, so that anybody can draw it again.

The lot of a work is SHA-256 over the seed, a bar and the number of the work in decimal digits; the
smallest lot comes first. It depends on nothing else: a work more or less moves no other one.
"""

from collections.abc import Iterable
from hashlib import sha256


def lot(seed: bytes, *numbers: int) -> bytes:
    """The lot of these numbers (32 bytes), the same in every language and year."""
    return sha256(seed + b"|" + "|".join(map(str, numbers)).encode()).digest()


def drawn(seed: bytes, works: Iterable[int]) -> tuple[int, ...]:
    """The works in the order of their lots, the winner of a tie first."""
    return tuple(sorted(works, key=lambda work: lot(seed, work)))


def commitment(seed: bytes) -> str:
    """What is published before a round, so that the seed can't be chosen after it (hex)."""
    return sha256(seed).hexdigest()
