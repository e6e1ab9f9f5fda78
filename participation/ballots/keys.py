"""The two keys of a voting, sealed by the server's key: one names voters, one opens the box."""

import hmac
import secrets

from participation.kernel.vault import place_of, vault

_PURPOSE = "ballots"


def new_roll_key() -> bytes:
    """A fresh key of pseudonyms. It is random and not worked out of the server's key, so that with
    its end even that key can't tell who stood on the roll."""
    return secrets.token_bytes(32)


def pseudonym(roll_key: bytes, person_id: int) -> bytes:
    """The 16-byte pseudonym of a person on the roll of this key."""
    return hmac.digest(roll_key, f"voter|{person_id}".encode(), "sha256")[:16]


def sealed_key(voting_id: int, column: str, key: bytes) -> bytes:
    """A key as its column holds it."""
    return vault(_PURPOSE).seal(key.hex(), place_of("ballots_votings", voting_id, column))


def opened_key(voting_id: int, column: str, sealed: bytes) -> bytes:
    """The key that a column holds; raises `Unopened` where the server's key is another one."""
    place = place_of("ballots_votings", voting_id, column)
    return bytes.fromhex(vault(_PURPOSE).open(sealed, place))
