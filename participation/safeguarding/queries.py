"""Questions to the safeguarding desk: which concerns wait for whom."""

from typing import Any, Final

from sqlalchemy import select

from participation.accounts.roles import SAFEGUARDING, SECRETARY
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.safeguarding.models import Concern
from participation.safeguarding.policies import may_read_concern

PAGE: Final = 20
MOST_COUNTED: Final = 100
KINDS_FOR: Final = {SAFEGUARDING: ("help", "moderation"), SECRETARY: ("complaint",)}


def concerns_for(who: Any, *, state: str = "", before: int = 0) -> list[Concern]:
    """One page of the concerns that this reader answers for, newest first, and one more row.

    `state` narrows to new, seen or done; `before` is the last id of the page before.
    """
    found = select(Concern).where(Concern.kind.in_(KINDS_FOR.get(who.role, ())))
    if state:
        found = found.where(Concern.state == state)
    if before:
        found = found.where(Concern.id < before)
    return list(session().scalars(found.order_by(Concern.id.desc()).limit(PAGE + 1)))


def concern_for(who: Any, concern_id: int) -> Concern | None:
    """The concern of this id, or None where there is none for this reader."""
    concern = session().get(Concern, concern_id)
    return concern if concern is not None and may_read_concern(who, concern, now()) else None


def new_count(who: Any) -> int:
    """How many concerns nobody has opened yet, counted no further than 100."""
    kinds = KINDS_FOR.get(who.role, ())
    some = select(Concern.id).where(Concern.kind.in_(kinds), Concern.state == "new")
    return len(session().scalars(some.limit(MOST_COUNTED)).all())
