"""By when a complaint is dealt with, in working days: what its page promises."""

from datetime import date, datetime
from typing import Final

from participation.kernel.calendar import add_working_days
from participation.kernel.clock import city_day, end_of
from participation.safeguarding.models import Concern

COMPLAINT_DAYS: Final = 15
"""Working days within which a complaint is dealt with."""


def settled_by(written: date) -> date:
    """The day by whose end a complaint made on this day has been dealt with."""
    return add_working_days(written, COMPLAINT_DAYS).date


def due_of(concern: Concern) -> datetime:
    """By when this concern is taken, or for a complaint dealt with (the end of that day)."""
    return concern.due_at or end_of(settled_by(city_day(concern.written_at)))
