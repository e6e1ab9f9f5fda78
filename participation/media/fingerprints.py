"""Pictures that look alike: the distance of two fingerprints, and the bands by which they meet.

A fingerprint has 64 bits. Two that differ in at most seven of them have at least one of their
eight bytes in common (pigeonhole), so only those that share a byte have to be compared. Source:
Norouzi, Punjani, Fleet, "Fast Search in Hamming Space with Multi-Index Hashing" (CVPR 2012).
"""

from typing import Final

BANDS: Final = 8
FURTHEST: Final = BANDS - 1
"""The largest distance at which no pair is missed."""
_WHOLE: Final = 1 << 64
_HALF: Final = 1 << 63


def distance(one: int, other: int) -> int:
    """In how many of 64 bits two fingerprints differ."""
    return ((one ^ other) & (_WHOLE - 1)).bit_count()


def band_codes(fingerprint: int) -> list[int]:
    """The eight codes of a fingerprint: place × 256 + the byte there."""
    return [
        place * 256 + byte
        for place, byte in enumerate((fingerprint & (_WHOLE - 1)).to_bytes(BANDS, "big"))
    ]


def to_column(fingerprint: int) -> int:
    """As a signed number, which a column of 64 bits can hold."""
    return fingerprint - _WHOLE if fingerprint >= _HALF else fingerprint


def from_column(stored: int) -> int:
    """As the number of 64 bits that it was."""
    return stored & (_WHOLE - 1)
