"""Asking the worker for what a round needs: to be dealt, weighed or closed."""

import secrets
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from participation.contests.models import Round
from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import session

DEAL: Final = "deal-round"
RECKON: Final = "reckon-round"
SETTLE: Final = "settle-outcomes"
GATHERING: Final = timedelta(seconds=30)
"""For so long changes of a jury are gathered before works are dealt anew."""


def deal_now(round_id: int) -> None:
    """Deal as soon as the worker is free."""
    jobs.enqueue(DEAL, f"{round_id}:{secrets.token_hex(6)}", {"id": round_id})


def deal_later(round_id: int) -> None:
    """Deal anew within a minute; what else changes until then is dealt with at the same go."""
    stretch = int(now().timestamp() // GATHERING.total_seconds()) + 1
    jobs.enqueue(DEAL, f"{round_id}:at-{stretch}", {"id": round_id}, after=now() + GATHERING)


def deal_soon(call_id: int, panel: str) -> None:
    """Deal the open rounds of a panel anew, because its jurors changed."""
    wanted = select(Round.id).where(
        Round.call_id == call_id, Round.panel == panel, Round.state == "open"
    )
    for round_id in session().scalars(wanted.order_by(Round.id)):
        deal_later(round_id)


def reckon(round_id: int, *, close: bool, by: int) -> None:
    """Reckon what a round comes to: to be read beforehand, or to close it."""
    arguments = {"id": round_id, "close": close, "by": by}
    jobs.enqueue(RECKON, f"{round_id}:{secrets.token_hex(6)}", arguments)


def settle(call_id: int, *, by: int) -> None:
    """Write down what became of every work of a call."""
    jobs.enqueue(SETTLE, f"{call_id}:{secrets.token_hex(6)}", {"id": call_id, "by": by})
