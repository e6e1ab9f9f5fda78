"""Passwords of staff: how they are kept, and which are good enough."""

import secrets
import unicodedata
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from participation.kernel.pseudonyms import fingerprint
from participation.kernel.words import folded

SHORTEST: Final = 12
LONGEST: Final = 200
FEWEST_DIFFERENT: Final = 5

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The small profile of argon2id (OWASP password storage cheat sheet): 19 MiB, two passes."""


def _peppered(password: str) -> str:
    return fingerprint("password", unicodedata.normalize("NFKC", password)).hex()


def hash_password(password: str) -> str:
    """The argon2id hash of a password, peppered by the server key."""
    return _hasher.hash(_peppered(password))


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash(secrets.token_hex())


def is_password(kept: str, password: str) -> bool:
    """Is it the password of this hash? Without a hash ("") it takes as long and says no."""
    try:
        return _hasher.verify(kept or _nobodys(), _peppered(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_long_enough(password: str) -> bool:
    """Twelve characters and more, not the same few again and again (NIST SP 800-63B 3.1.1)."""
    return len(password) >= SHORTEST and len(set(password)) >= FEWEST_DIFFERENT


def tells_who(password: str, email: str, name: str) -> bool:
    """Does the password hold the address, its first part or the name of its owner?"""
    said = folded(password)
    parts = (email, email.partition("@")[0], name)
    return any(len(part) > 1 and folded(part) in said for part in parts)
