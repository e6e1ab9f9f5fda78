"""By when a message is read or answered, in working days: what the pages promise."""

from datetime import date
from typing import Final

from participation.kernel.calendar import add_working_days
from participation.kernel.clock import city_day
from participation.safeguarding.models import Concern

HELP_DAYS: Final = 1
"""Working days within which a safeguarding officer reads a message of the help door."""

COMPLAINT_DAYS: Final = 15
"""Working days within which a complaint is dealt with."""


def read_by(written: date) -> date:
    """The day by whose end a message written on this day has been read."""
    return add_working_days(written, HELP_DAYS).date


def settled_by(written: date) -> date:
    """The day by whose end a complaint made on this day has been dealt with."""
    return add_working_days(written, COMPLAINT_DAYS).date


def due_of(concern: Concern) -> date:
    """The day by whose end this concern is due: read, or for a complaint dealt with."""
    written = city_day(concern.written_at)
    return settled_by(written) if concern.kind == "complaint" else read_by(written)
