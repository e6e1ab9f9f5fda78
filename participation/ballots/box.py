"""The box: papers of one length, sealed for a key that is only taken out at the close. Pure.

A web process seals with the public half and has no use for the other one, so no page can know what
lies in the box. Source: RFC 9180 (HPKE: X25519, HKDF-SHA256, AES-256-GCM).
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

ROOM: Final = 240
"""Bytes that one paper may hold; each is padded to it, so that no length tells what is inside."""
SEALED: Final = ROOM + 48
"""Bytes of a sealed paper: 32 of the key made for it and 16 of the tag come on top."""

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Unreadable(Exception):
    """A sealed paper that was not made for this box, or that somebody changed."""


def new_box() -> tuple[bytes, bytes]:
    """A fresh pair of keys, 32 bytes each: the public one closes papers, the private one opens."""
    private = X25519PrivateKey.generate()
    return private.public_key().public_bytes_raw(), private.private_bytes_raw()


def put_in(public: bytes, voting_id: int, paper: Mapping[str, Any]) -> bytes:
    """A paper, sealed for this voting alone. Raises `ValueError` where it is longer than `ROOM`."""
    plain = written(paper)
    if len(plain) > ROOM:
        raise ValueError(f"a paper holds {ROOM} bytes, not {len(plain)}")
    key = X25519PublicKey.from_public_bytes(public)
    return _SUITE.encrypt(plain.ljust(ROOM), key, _tie(voting_id))


def take_out(private: bytes, voting_id: int, sealed: bytes) -> dict[str, Any]:
    """What a sealed paper says; raises `Unreadable`."""
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        paper = json.loads(_SUITE.decrypt(sealed, key, _tie(voting_id)))
    except (InvalidTag, ValueError) as problem:
        raise Unreadable(f"voting {voting_id}: a paper does not open") from problem
    if not isinstance(paper, dict):
        raise Unreadable(f"voting {voting_id}: a paper says nothing")
    return paper


def written(paper: Mapping[str, Any]) -> bytes:
    """A paper before it is padded; blanks at its end mean nothing in JSON."""
    return json.dumps(paper, separators=(",", ":"), sort_keys=True).encode()


def _tie(voting_id: int) -> bytes:
    return f"tongsheng.ballots.1|{voting_id}".encode()
