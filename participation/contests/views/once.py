"""What a page tells once: kept in the visit from the sending to the next page, and no longer."""

from typing import Final

from flask import session as visit

TOLD: Final = "told_work"


def tell_once(call_id: int) -> None:
    """Let the next page of this call say that a work went to the safeguarding officers."""
    visit[TOLD] = call_id


def is_told_now(call_id: int) -> bool:
    """Is this the page that says it? Asking takes it away."""
    return bool(visit.pop(TOLD, None) == call_id)
