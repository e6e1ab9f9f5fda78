"""Receipts in pictures: "my paper was in the box when it was opened", and nothing more. Pure.

A receipt is worked out of the sealed paper, so nothing is stored for it while the voting runs. It
stands in a list after the close without a choice beside it: a receipt that showed *how* somebody
chose would let others ask for it, and the choice would be free no longer.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from participation.accounts.cards import PICTURES
from participation.kernel import codes

CHOSEN: Final = 4
LETTERS: Final = 2
"""9⁴ × 32² receipts, about 6.7 million: two of a thousand children rarely have the same."""
_NAMES: Final = tuple(PICTURES)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Four pictures of the login card in their order, and two letters."""

    pictures: tuple[str, ...]
    letters: str

    @property
    def mark(self) -> str:
        """The receipt as one text: `moon-fish-fish-star-K7`."""
        return "-".join((*self.pictures, self.letters))


def receipt_of(voting_id: int, sealed: bytes) -> Receipt:
    """The receipt of a sealed paper: always the same, and telling nothing of what is inside."""
    seed = hashlib.sha256(f"receipt|{voting_id}|".encode() + sealed).digest()
    number = int.from_bytes(seed)
    pictures = []
    for _place in range(CHOSEN):
        number, chosen = divmod(number, len(_NAMES))
        pictures.append(_NAMES[chosen])
    letters = ""
    for _place in range(LETTERS):
        number, chosen = divmod(number, len(codes.ALPHABET))
        letters += codes.ALPHABET[chosen]
    return Receipt(tuple(pictures), letters)


def receipt_from(mark: str) -> Receipt:
    """Read `mark` back; raises `ValueError` for what is no receipt."""
    *pictures, letters = mark.split("-")
    good = len(pictures) == CHOSEN and set(pictures) <= set(_NAMES)
    if not good or len(letters) != LETTERS or not set(letters) <= set(codes.ALPHABET):
        raise ValueError("not a receipt")
    return Receipt(tuple(pictures), letters)
