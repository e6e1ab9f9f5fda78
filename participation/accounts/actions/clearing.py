"""Forgetting what is over: ended sign-ins, used codes and links, old locks and changes."""

from datetime import timedelta

from sqlalchemy import delete, func, select

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


def clear_sign_in_traces() -> None:
    """Delete what no longer opens anything. The newest standing change stays: it is the mark."""
    long_ago = now() - KEEP
    for table in (SignIn, ConsentCode, PasswordLink):
        session().execute(delete(table).where(table.ends_at < long_ago))
    session().execute(delete(Lockout).where(Lockout.failed_at < now() - KEEP_CHANGES))
    newest = session().scalar(select(func.max(StandingChange.id)))
    old = delete(StandingChange).where(StandingChange.at < now() - KEEP_CHANGES)
    session().execute(old.where(StandingChange.id != newest))
