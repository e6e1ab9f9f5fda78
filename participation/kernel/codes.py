"""Codes that a person can read aloud and type: made, tidied, checked, kept as a fingerprint, drawn.

A code is random characters and one check character, in groups of four: `K7MQ-482X-ABCD-EF`.
The check character is the remainder of the code as a polynomial over GF(32), modulus
x^5 + x^2 + 1 (primitive): it finds every single wrong character and every exchange of two.
"""

import hmac
import secrets
import unicodedata
from functools import reduce
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import segno

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Thirty-two characters, five bits each, without 0, O, 1 and I."""

GROUP: Final = 4
_BITS_EACH: Final = 5
_MODULUS: Final = 0b100101
_MINIMUM_KEY: Final = 16
_LOOKALIKES: Final = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L", "|": "L"})
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}


def new_code(bits: int = 64) -> str:
    """Return a fresh random code of at least `bits` bits, in groups of four.

    The default gives 13 random characters (65 bits) and the check character. Raises `ValueError`
    below 20 bits: shorter codes can be guessed even behind a rate limit.
    """
    if bits < 20:
        raise ValueError("a code needs at least 20 bits")
    letters = "".join(secrets.choice(ALPHABET) for _ in range(-(-bits // _BITS_EACH)))
    return grouped(letters + _check_character(letters))


def grouped(code: str) -> str:
    """Return a tidied code as it is printed: groups of four joined by hyphens."""
    letters = tidy(code)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def tidy(code: str) -> str:
    """Return what a person typed as the bare characters of a code.

    Full-width forms become plain, capitals are made, everything between the groups is dropped, and
    characters that the alphabet leaves out are read as the one that looks like them. Never fails;
    whether the result can be a code is for `is_sound` to say.
    """
    plain = unicodedata.normalize("NFKC", code).upper().translate(_LOOKALIKES)
    return "".join(character for character in plain if character.isalnum())


def is_sound(code: str) -> bool:
    """Say whether a typed code has only known characters and the right check character.

    False means a slip of the finger: no look-up is needed, and no failed attempt is counted.
    """
    letters = tidy(code)
    known = len(letters) > 1 and all(character in _VALUE for character in letters)
    return known and _check_character(letters[:-1]) == letters[-1]


def fingerprint(code: str, key: bytes) -> bytes:
    """Return the HMAC-SHA256 (32 bytes) under which a code is stored and looked up.

    Spelling does not matter: the code is tidied first. Raises `ValueError` for a key under 16
    bytes. Source: RFC 2104, FIPS 198-1.
    """
    if len(key) < _MINIMUM_KEY:
        raise ValueError(f"the key needs at least {_MINIMUM_KEY} bytes")
    return hmac.digest(key, tidy(code).encode(), "sha256")


def qr_svg(url: str, *, alt: str) -> str:
    """Return a QR code (error level M, four modules of margin) as one SVG for page and paper.

    It has a viewBox and no size, so that a stylesheet or a paper template sets it, no inline style
    and no id. `alt` says what the code leads to. Raises `ValueError` for an address too long.
    """
    code = segno.make(url, error="m", micro=False)
    drawing = code.svg_inline(
        omitsize=True, svgclass=None, lineclass=None, dark="#000", light="#fff", border=4
    )
    opening = f"<svg xmlns={quoteattr('http://www.w3.org/2000/svg')} role={quoteattr('img')} "
    opening += f"aria-label={quoteattr(alt)} "
    head, rest = drawing.replace("<svg ", opening, 1).split(">", 1)
    return f"{head}><title>{escape(alt)}</title>{rest}"


def _check_character(letters: str) -> str:
    """Return the character that brings the remainder of `letters` and itself to nothing."""
    return ALPHABET[_times_x(reduce(_append, (_VALUE[letter] for letter in letters), 1))]


def _append(remainder: int, value: int) -> int:
    return _times_x(remainder) ^ value


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _MODULUS if doubled >> _BITS_EACH else doubled
