"""Forgetting what is over: ended sign-ins, used codes and links, old locks and changes."""

from datetime import timedelta

from sqlalchemy import delete, func, or_, select

from participation.accounts.locking import CLOSED, KNOWN_FOR, MONTH
from participation.accounts.models import (
    ConsentCode,
    Lockout,
    PasswordLink,
    SignIn,
    StandingChange,
)
from participation.kernel.clock import now
from participation.kernel.database import session

KEEP = timedelta(days=30)
KEEP_CHANGES = timedelta(days=2)
"""Longer than any cookie lives, so that no cookie still asks about a forgotten change."""
KEEP_CLOSED = timedelta(days=400)


def clear_sign_in_traces() -> None:
    """Delete what no longer opens anything. The newest standing change stays: it is the mark."""
    long_ago = now() - KEEP
    for table in (SignIn, ConsentCode, PasswordLink):
        session().execute(delete(table).where(table.ends_at < long_ago))
    _clear_locks()
    newest = session().scalar(select(func.max(StandingChange.id)))
    old = delete(StandingChange).where(StandingChange.at < now() - KEEP_CHANGES)
    session().execute(old.where(StandingChange.id != newest))


def _clear_locks() -> None:
    """Forget a lock once its month is over and nobody came in there for as long.

    One that is closed waits for somebody who opens it, a school year and no longer.
    """
    unused = or_(Lockout.good_at.is_(None), Lockout.good_at < now() - KNOWN_FOR)
    rests = or_(Lockout.locked_until.is_(None), Lockout.locked_until < CLOSED)
    over = delete(Lockout).where(Lockout.tried_at < now() - MONTH, unused, rests)
    session().execute(over)
    session().execute(delete(Lockout).where(Lockout.tried_at < now() - KEEP_CLOSED))
