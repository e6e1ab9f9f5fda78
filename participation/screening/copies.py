"""Near copies: which of other texts say almost the same, by the pieces of three characters.

For the desk alone and only when it is asked for: a class that writes alike, a text sent round. Two
children may well have the same thought in the same short words, so it is a hint like the others.
Jaccard's coefficient: A. Z. Broder, On the resemblance and containment of documents, 1997.
"""

import re
from collections.abc import Sequence
from typing import Final

from participation.screening.folding import fold

PIECE: Final = 3
ALIKE: Final = 0.6
MOST: Final = 200
"""So many other texts are looked at; the caller takes the latest."""
SHORTEST: Final = 8
"""Texts of fewer characters are alike by chance."""
_SIGNS: Final = re.compile(r"[\W_]+")


def _pieces(text: str) -> frozenset[str]:
    plain = _SIGNS.sub("", fold(text).plain.text)
    if len(plain) < PIECE:
        return frozenset([plain]) if plain else frozenset()
    return frozenset(plain[start : start + PIECE] for start in range(len(plain) - PIECE + 1))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def likeness(a: str, b: str) -> float:
    """How alike two texts are, 0 to 1, by the pieces they share; signs and width don't count."""
    return _share(_pieces(a), _pieces(b))


def alike(text: str, others: Sequence[str]) -> list[int]:
    """The places in `others` (the first 200) of texts that say almost the same, likest first."""
    mine = _pieces(text)
    if len(mine) < SHORTEST - PIECE + 1:
        return []
    found = [(_share(mine, _pieces(other)), place) for place, other in enumerate(others[:MOST])]
    near = sorted((-share, place) for share, place in found if share >= ALIKE)
    return [place for _share, place in near]
