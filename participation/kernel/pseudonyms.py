"""Pseudonyms by a server key: the same child in the same matter, and nobody can tell which.

The key never stands in the database; without it a stored pseudonym can't be joined to a person.
"""

import hashlib
import hmac

from participation.kernel.subjects import Subject

_key = b""


def use_key(key: str) -> None:
    """Set the server key of this process."""
    global _key
    _key = hashlib.sha256(key.encode()).digest()


def _made(purpose: str, identity: int, subject: Subject, size: int) -> bytes:
    if not _key:
        raise RuntimeError("no pseudonym key: call use_key() first")
    words = f"{purpose}|{identity}|{subject}".encode()
    return hmac.digest(_key, words, "sha256")[:size]


def participant_key(person_id: int, subject: Subject) -> bytes:
    """The 16-byte pseudonym of a person in one matter."""
    return _made("participant", person_id, subject, 16)


def school_key(school_id: int, subject: Subject) -> bytes:
    """The 8-byte pseudonym of a school in one matter; serves only to count distinct schools."""
    return _made("school", school_id, subject, 8)


def fingerprint(purpose: str, code: str) -> bytes:
    """The 16-byte keyed fingerprint under which a secret code is kept."""
    return hmac.digest(_key, f"{purpose}|{code}".encode(), "sha256")[:16]
