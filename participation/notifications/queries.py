"""How the post goes: letters that failed, letters that may have come twice, what still waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from participation.kernel.database import session
from participation.kernel.mail import Letter
from participation.kernel.paging import Leaf, leaf

_SHOWN = (
    Letter.key,
    Letter.to_address,
    Letter.subject,
    Letter.state,
    Letter.written_at,
    Letter.attempts,
    Letter.error,
    Letter.sent_at,
)


@dataclass(frozen=True, slots=True)
class Post:
    """How many letters wait, since when the oldest, and how many failed."""

    waiting: int
    oldest: datetime | None
    failed: int


def post_now() -> Post:
    """The state of the outbox now."""
    not_sent = Letter.state.in_(("waiting", "sending"))
    counted = select(func.count(), func.min(Letter.written_at)).where(not_sent)
    waiting, oldest = session().execute(counted).one()
    failed = select(func.count()).select_from(Letter).where(Letter.state == "failed")
    return Post(waiting, oldest, session().scalar(failed) or 0)


def troubled_letters(*, unsure: bool, below: int = 0, above: int = 0) -> Leaf[Letter]:
    """A page of failed letters, or of those that may have come twice; without their words."""
    which = Letter.unsure.is_(True) if unsure else Letter.state == "failed"
    statement = select(Letter).where(which).options(load_only(*_SHOWN))
    return leaf(statement, Letter.id, below=below, above=above)
