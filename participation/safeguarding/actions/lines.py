"""The log of a concern: one sealed line for everything that is done, only ever added to."""

from typing import Any

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.rows import put_row
from participation.kernel.subjects import Subject
from participation.safeguarding.models import Concern, Emergency, IdentityRequest, LogLine, Reading
from participation.safeguarding.sealing import seal_fields


def subject_of(concern: Concern) -> Subject:
    """How the rest of the house names a concern."""
    return Subject("concern", str(concern.id))


def write_line(concern: Concern, kind: str, by: int | None, told: dict[str, Any]) -> LogLine:
    """Add one line; `told` is sealed."""
    line = LogLine(concern_id=concern.id, kind=kind, by=by, at=now())
    seal_fields(line, told)
    return line


def hold(row: Concern | IdentityRequest | Emergency) -> None:
    """See a row as it is at this moment and keep others from changing it until the deed is done.

    Of two officers who decide at once the second one sees what the first did.
    """
    session().refresh(row, with_for_update=True)


def note_reading(concern: Concern, person_id: int) -> None:
    """Keep when this person opened the concern last."""
    session().flush()
    row = {"concern_id": concern.id, "person_id": person_id, "at": now()}
    put_row(Reading, row, key=("concern_id", "person_id"))
    session().get(Reading, (concern.id, person_id), populate_existing=True)
