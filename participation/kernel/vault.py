"""Sealed texts: AES-256-GCM by keys that never stand in the database, one key for each purpose.

A sealed text carries which key closed it, so that keys can be changed: the first key seals, every
key opens. It is tied to its place (table, row, column): moved elsewhere it does not open.
Sources: NIST SP 800-38D (GCM, 96-bit random nonces), RFC 5869 (HKDF).
"""

import hmac
import os
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SAFEGUARDING: Final = "safeguarding"
"""The one purpose that has keys of its own; all others come from the key of pseudonyms."""

_VERSION: Final = b"\x01"
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_MARK_BYTES: Final = 16


class Unopened(Exception):
    """A sealed text does not open: an unknown key, another place, or somebody changed it."""


class _Key:
    """What is derived from one secret for one purpose: a cipher, a key of marks, a public id."""

    def __init__(self, secret: str, purpose: str) -> None:
        self.cipher = AESGCM(_derived(secret, f"{purpose}|seal", 32))
        self.marks = _derived(secret, f"{purpose}|mark", 32)
        self.id = _derived(secret, f"{purpose}|id", _ID_BYTES)


def _derived(secret: str, info: str, length: int) -> bytes:
    made = HKDF(SHA256(), length, salt=b"tongsheng.vault.1", info=info.encode())
    return made.derive(secret.encode())


class Vault:
    """Seals and opens the texts of one purpose. Its repr shows no key."""

    def __init__(self, secrets: Sequence[str], purpose: str) -> None:
        if not secrets:
            raise ValueError("a vault needs at least one key")
        self.purpose = purpose
        self._keys = [_Key(secret, purpose) for secret in secrets]

    def __repr__(self) -> str:
        return f"<Vault {self.purpose}, {len(self._keys)} keys>"

    def seal(self, text: str, place: str) -> bytes:
        """The text, closed for this place (`place_of`) by the first key."""
        return self.seal_bytes(text.encode(), place)

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """The same for what is no text."""
        key, nonce = self._keys[0], os.urandom(_NONCE_BYTES)
        return _VERSION + key.id + nonce + key.cipher.encrypt(nonce, content, self._tie(place))

    def open(self, sealed: bytes, place: str) -> str:
        """The text that was sealed for this place; raises `Unopened` where it can't be had."""
        return self.open_bytes(sealed, place).decode()

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """The same for what is no text."""
        head, nonce, closed = _parted(sealed)
        for key in self._keys:
            if hmac.compare_digest(_VERSION + key.id, head):
                try:
                    return key.cipher.decrypt(nonce, closed, self._tie(place))
                except InvalidTag as problem:
                    raise Unopened(f"{self.purpose}: not sealed for {place}") from problem
        raise Unopened(f"{self.purpose}: sealed by a key that is not here")

    def is_by_first_key(self, sealed: bytes) -> bool:
        """Was it closed by the key that seals now?"""
        return sealed.startswith(_VERSION + self._keys[0].id)

    def mark(self, words: str) -> bytes:
        """A 16-byte keyed mark by which something is found again without being told."""
        return self.marks(words)[0]

    def marks(self, words: str) -> list[bytes]:
        """The marks of the same words by every key, the one that seals first."""
        return [
            hmac.digest(key.marks, words.encode(), "sha256")[:_MARK_BYTES] for key in self._keys
        ]

    def _tie(self, place: str) -> bytes:
        return f"{self.purpose}|{place}".encode()


def _parted(sealed: bytes) -> tuple[bytes, bytes, bytes]:
    nonce_at = len(_VERSION) + _ID_BYTES
    text_at = nonce_at + _NONCE_BYTES
    return sealed[:nonce_at], sealed[nonce_at:text_at], sealed[text_at:]


def place_of(table: str, row: object, column: str) -> str:
    """The name of a place: to what a sealed text is tied."""
    return f"{table}:{row}:{column}"


_secrets: dict[str, tuple[str, ...]] = {}
_vaults: dict[str, Vault] = {}


def use_keys(*, safeguarding: Sequence[str], others: str) -> None:
    """Set the secrets of this process: those of safeguarding, and one for every other purpose."""
    _vaults.clear()
    _secrets.update({SAFEGUARDING: tuple(safeguarding), "": (others,)})


def vault(purpose: str) -> Vault:
    """The vault of a purpose (`safeguarding`, `moderation.originals`), made at its first use.

    Raises `RuntimeError` before `use_keys`.
    """
    if not _secrets:
        raise RuntimeError("no keys: call use_keys() first")
    if purpose not in _vaults:
        secrets = _secrets[SAFEGUARDING if purpose == SAFEGUARDING else ""]
        _vaults[purpose] = Vault(secrets, purpose)
    return _vaults[purpose]
