"""The small secret by which a child reads her answer: four of nine pictures and four letters.

The pictures are the ones of the login card, in any order. 126 × 32⁴ secrets, about 2²⁷: enough
behind a limit of tries by place and by letters, since no name stands behind it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from participation.accounts.cards import PICTURES
from participation.kernel import codes

CHOSEN: Final = 4
LETTERS: Final = 4
_CHOICES: Final = tuple(combinations(PICTURES, CHOSEN))
_SEED: Final = 16


@dataclass(frozen=True, slots=True)
class Secret:
    """What the child is shown once; only a keyed mark of it is kept."""

    letters: str = field(repr=False)
    pictures: tuple[str, ...] = field(repr=False)

    @property
    def code(self) -> str:
        """The secret as one text, the same for every order of the pictures."""
        return code_of(self.letters, self.pictures)


def new_secret() -> Secret:
    """A fresh secret."""
    return secret_from(secrets.token_bytes(_SEED))


def secret_from(seed: bytes) -> Secret:
    """The secret of a seed of 16 even bytes: always the same, and telling nothing of the seed."""
    letters = "".join(codes.ALPHABET[byte % len(codes.ALPHABET)] for byte in seed[:LETTERS])
    chosen = int.from_bytes(seed[LETTERS:_SEED]) % len(_CHOICES)
    return Secret(letters, _CHOICES[chosen])


def code_of(letters: str, pictures: Iterable[str]) -> str:
    """What was typed and chosen as one text; any case, any order."""
    return "|".join((codes.tidy(letters)[:LETTERS], *sorted(set(pictures) & set(PICTURES))))
