"""A child's login card: its number, the secret of its QR code and the three pictures."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from participation.kernel import codes
from participation.kernel.i18n import LazyWords, _l
from participation.kernel.pseudonyms import fingerprint

PICTURES: Final[dict[str, LazyWords]] = {
    "fish": _l("鱼"),
    "kite": _l("风筝"),
    "moon": _l("月亮"),
    "leaf": _l("叶子"),
    "drum": _l("鼓"),
    "boat": _l("小船"),
    "umbrella": _l("雨伞"),
    "star": _l("星星"),
    "bird": _l("小鸟"),
}
"""The nine pictures; `static/img/pic-<name>.svg` draws them."""

CHOSEN: Final = 3
LETTERS: Final = 4
SECRET_BITS: Final = 64

_chance = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A fresh card as it is printed, once; only fingerprints of it are kept."""

    person_id: int
    name: str
    number: str
    secret: str = field(repr=False)
    pictures: tuple[str, ...] = field(repr=False)


def new_number(school_code: str, taken: Iterable[str]) -> str:
    """A number of this school that is not among `taken`: the school's letters and four more."""
    used = frozenset(taken)
    while True:
        letters = "".join(secrets.choice(codes.ALPHABET) for _ in range(LETTERS))
        number = codes.tidy(school_code) + letters
        if number not in used:
            return number


def new_card(person_id: int, name: str, number: str) -> IssuedCard:
    """A fresh secret and three of the nine pictures for a number."""
    pictures = tuple(_chance.sample(list(PICTURES), CHOSEN))
    return IssuedCard(person_id, name, number, codes.new_code(SECRET_BITS), pictures)


def typed_number(text: str) -> str:
    """What a child typed, as a number is stored: any case, dashes or look-alike letters."""
    return codes.tidy(text)[: 2 * LETTERS]


def secret_key(secret: str) -> bytes:
    """The keyed fingerprint under which the secret of a QR code is kept."""
    return fingerprint("card", codes.tidy(secret))


def pictures_key(number: str, pictures: Iterable[str]) -> bytes:
    """The keyed fingerprint of a card's pictures, in whatever order they were chosen.

    It depends on the number, so that two children with the same pictures can't be told.
    """
    return fingerprint("pictures", "|".join((number, *sorted(set(pictures)))))
