"""Works whose call is over, with what became of them: what the tests of recognition play on."""

from typing import Any

from sqlalchemy import select, update

from participation.contests.call import ShownCall
from participation.contests.models import Call, Criterion, Entry, Outcome
from participation.contests.naming import version_name
from participation.contests.queries import call_of
from participation.kernel import versions
from participation.kernel.database import session, unit_of_work


def moved_to(call: ShownCall, state: str, **changes: Any) -> ShownCall:
    """The call in this state, with these other columns."""
    with unit_of_work():
        values = {"state": state} | changes
        session().execute(update(Call).where(Call.id == call.id).values(**values))
        versions.grow(version_name(call.id))
        return call_of(call.id)


def judged(entry: Entry, level: str = "shown", *, liked: int | None = 0, **changes: Any) -> None:
    """What became of a work; `liked` is the place of the criterion that was liked, or None."""
    with unit_of_work():
        wanted = select(Criterion.id).where(
            Criterion.call_id == entry.call_id, Criterion.place == liked
        )
        liked_id = session().scalar(wanted) if liked is not None else None
        row = {"entry_id": entry.id, "call_id": entry.call_id, "level": level}
        session().merge(Outcome(**(row | {"liked_id": liked_id} | changes)))
