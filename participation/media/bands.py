"""The eight bytes of a fingerprint, by which pictures that look alike meet.

Two fingerprints of 64 bits that differ in at most seven of them have at least one byte in common
(pigeonhole), so only those that share a byte have to be compared. Source: Norouzi, Punjani, Fleet,
"Fast Search in Hamming Space with Multi-Index Hashing" (CVPR 2012).
"""

from typing import Final

BANDS: Final = 8
FURTHEST: Final = BANDS - 1
"""The largest distance at which no pair is missed."""


def band_codes(fingerprint: int) -> list[int]:
    """The eight codes of a fingerprint: place × 256 + the byte there."""
    return [place * 256 + byte for place, byte in enumerate(fingerprint.to_bytes(BANDS, "big"))]
