"""The log of a concern: one sealed line for everything that is done, only ever added to."""

from typing import Any

from participation.kernel.clock import now
from participation.kernel.subjects import Subject
from participation.safeguarding.models import Concern, LogLine
from participation.safeguarding.sealing import seal_fields


def subject_of(concern: Concern) -> Subject:
    """How the rest of the house names a concern."""
    return Subject("concern", str(concern.id))


def write_line(concern: Concern, kind: str, by: int | None, told: dict[str, Any]) -> LogLine:
    """Add one line; `told` is sealed."""
    line = LogLine(concern_id=concern.id, kind=kind, by=by, at=now())
    seal_fields(line, told)
    return line
