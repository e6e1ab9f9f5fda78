"""What the desk keeps of a child's words, and until when (R48: the shortest time)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import update

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.moderation.actions.opening import drop_originals
from participation.moderation.models import Case, Report
from participation.moderation.queries.cases import texts_to_forget

KEEP_FOR: Final = timedelta(days=45)
"""The thirty days within which a child may appeal, and fifteen in which she is answered."""
AT_ONCE: Final = 500


def forget_texts(_arguments: dict[str, Any]) -> Callable[[], None]:
    """The daily timer: empty the copies of texts whose case ended long ago.

    The words stay where they belong, with their author; verdicts and reasons stay on record.
    """
    ids = texts_to_forget(now() - KEEP_FOR, AT_ONCE)

    def write() -> None:
        session().execute(
            update(Case).where(Case.id.in_(ids)).values(text="", hints=[], cleared=None)
        )
        session().execute(update(Report).where(Report.case_id.in_(ids)).values(note=""))
        drop_originals(ids)

    return write
