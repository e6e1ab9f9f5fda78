"""Locking a card or an address for a while after repeated failures."""

from collections.abc import Callable
from datetime import timedelta

from participation.accounts.happenings import SignInLocked
from participation.accounts.models import Lockout
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import after_end, session
from participation.kernel.errors import Sentence, TooMany
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.rows import insert_once
from participation.kernel.subjects import Subject

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)


def _name(kind: str, value: str) -> str:
    return f"{kind}:{fingerprint('lockout', value).hex()}"


def refuse_locked(kind: str, value: str, sentence: Sentence) -> None:
    """Raises `TooMany` while `value` (a card number, an address) is locked, known or not."""
    row = session().get(Lockout, _name(kind, value))
    if row is None or row.locked_until is None or row.locked_until <= now():
        return
    raise TooMany(sentence, seconds=int((row.locked_until - now()).total_seconds()) + 1)


def note_failed(kind: str, value: str) -> None:
    """Count one failure, although the request that failed is rolled back.

    The fifth within a quarter of an hour locks for as long.
    """
    after_end(_counting(_name(kind, value)))


def _counting(name: str) -> Callable[[], None]:
    def count() -> None:
        insert_once(Lockout, {"name": name, "failures": 0, "failed_at": now()})
        row = session().get_one(Lockout, name, with_for_update=True)
        recent = row.failures if now() - row.failed_at < LOCKED_FOR else 0
        row.failures, row.failed_at = recent + 1, now()
        if row.failures >= MOST_FAILURES:
            row.failures, row.locked_until = 0, now() + LOCKED_FOR
            announce(SignInLocked(subject=Subject("sign-in", name)))

    return count


def forgive(kind: str, value: str) -> None:
    """Forget the failures of `value`: it was used rightly, or its owner has proved to be one."""
    row = session().get(Lockout, _name(kind, value))
    if row is not None:
        session().delete(row)
