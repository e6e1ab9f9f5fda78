"""Signed, short-lived addresses: which rendition, in which version, until when, for whom.

A private address is signed together with the visit (the sign-in) of whom it was made for: a copied
link opens nothing elsewhere. Ends stand in coarse steps, so that an address stays the same for a
while and a browser may keep what it leads to.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from participation.kernel.clock import now

PRIVATE_FOR: Final = timedelta(minutes=10)
PUBLIC_FOR: Final = timedelta(hours=24)
_STEPS: Final = 4
"""A private address lives for at least three quarters of its time, a public one likewise."""
_PUBLIC: Final = "public"

_key = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a signed address stands for; `until` is in seconds since 1970."""

    file_id: str
    name: str
    version: int
    until: int
    public: bool


def use_key(key: str) -> None:
    """Set the key of this process; the keys of addresses are derived from it by their own salt."""
    global _key
    _key = key


def sign(file_id: str, name: str, version: int, *, viewer: str, lives: timedelta) -> str:
    """The token of an address that lives for `lives`, at least for three quarters of it.

    `viewer` is the visit that it is made for; empty for a public one.
    """
    until = _end(int(lives.total_seconds()))
    return str(_signer(viewer).dumps([file_id, name, version, until]))


def read(token: str, *, viewer: str) -> Ticket | None:
    """What the token stands for; None for a forged one, an old one, or somebody else's."""
    for whose in dict.fromkeys(("", viewer)):
        try:
            held = _signer(whose).loads(token)
        except BadData:
            continue
        file_id, name, version, until = held
        ticket = Ticket(file_id, name, version, until, public=not whose)
        return ticket if ticket.until > now().timestamp() else None
    return None


def _end(seconds: int) -> int:
    step = max(1, seconds // _STEPS)
    return (int(now().timestamp()) // step + _STEPS) * step


def _signer(viewer: str) -> URLSafeSerializer:
    if not _key:
        raise RuntimeError("no key of addresses: call use_key() first")
    salt = f"media.address|visit|{viewer}" if viewer else f"media.address|{_PUBLIC}"
    return URLSafeSerializer(_key, salt=salt, signer_kwargs={"digest_method": sha256})
