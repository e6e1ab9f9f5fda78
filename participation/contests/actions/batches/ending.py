"""A batch ends: by its teacher, after fourteen days, or with its call. Then nothing joins names to
works any more."""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, or_, select

from participation.contests.actions.entries import end_work
from participation.contests.happenings.batches import BatchEnded
from participation.contests.models import Batch, BatchSheet, Call, Entry
from participation.contests.naming import batch_subject
from participation.contests.queries.batches import Bring
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.jobs import Deed
from participation.media.actions import discard_all

DAYS: Final = 14
"""So long a batch may name its children."""
MOST: Final = 100


def end_batch_of(who: Any, bring: Bring) -> None:
    """Its teacher ends it; she may at any time, also when the call is over."""
    if bring.batch is None:
        raise Missing
    end_batch(bring.batch.id, by=who.person_id)


def end_batch(batch_id: int, *, by: int | None = None) -> None:
    """Photos that are nobody's, drafts that were not handed in and all rows that name somebody go;
    what was handed in stays the child's."""
    batch = session().get(Batch, batch_id, with_for_update=True, populate_existing=True)
    if batch is None:
        return
    drafts = (
        select(Entry)
        .join(BatchSheet, BatchSheet.entry_id == Entry.id)
        .where(BatchSheet.batch_id == batch_id, Entry.standing == "draft", Entry.helper)
        .order_by(Entry.id)
        .execution_options(populate_existing=True)
    )
    for entry in session().scalars(drafts).all():
        end_work(entry)
    discard_all(batch_subject(batch_id), by=by)
    session().execute(delete(BatchSheet).where(BatchSheet.batch_id == batch_id))
    session().execute(delete(Batch).where(Batch.id == batch_id))
    announce(BatchEnded(subject=batch_subject(batch_id), by=by))


def end_batches(_arguments: dict[str, Any]) -> Deed:
    """The timer, once an hour: batches whose days are over, and those of calls that are."""
    over = (
        select(Batch.id)
        .join(Call, Call.id == Batch.call_id)
        .where(
            or_(
                Batch.made_on <= today() - timedelta(days=DAYS),
                Call.state != "published",
                Call.closes_at <= now(),
            )
        )
        .order_by(Batch.id)
        .limit(MOST)
    )
    found = list(session().scalars(over))

    def end() -> None:
        for batch_id in found:
            end_batch(batch_id)

    return end
