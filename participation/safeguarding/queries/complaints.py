"""Questions about complaints: by their numbers, never by an id that counts the concerns."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from participation.kernel.codes import tidy
from participation.kernel.database import session
from participation.safeguarding.models import Complaint, Concern
from participation.safeguarding.queries.concerns import concern_for


def complaint_for(who: Any, number: str) -> Concern | None:
    """The complaint of this number as anybody types it; None where there is none for this reader,
    which is so as well once it went to the officers."""
    wanted = select(Complaint.concern_id).where(Complaint.number == tidy(number))
    concern_id = session().scalar(wanted)
    found = concern_for(who, concern_id) if concern_id is not None else None
    return found if found is not None and found.kind == "complaint" else None


def numbers_of(complaints: Iterable[Concern]) -> dict[int, str]:
    """The numbers of these complaints, by their ids."""
    ids = [one.id for one in complaints]
    found = select(Complaint.concern_id, Complaint.number).where(Complaint.concern_id.in_(ids))
    return {row.concern_id: row.number for row in session().execute(found)}


def number_of_complaint(complaint: Concern) -> str:
    """The number of one; empty where it has none."""
    return numbers_of([complaint]).get(complaint.id, "")
