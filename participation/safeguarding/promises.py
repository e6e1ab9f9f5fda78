"""By when somebody looks: the one place that says it to whoever wrote and to whoever answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from participation.kernel.calendar import add_working_days
from participation.kernel.clock import city_day
from participation.safeguarding.models import Concern

COMPLAINT_DAYS: Final = 15
"""Working days within which a complaint is dealt with."""


@dataclass(frozen=True, slots=True)
class Promise:
    """By when somebody reads; `sure` where an officer is on duty. Otherwise all of them are called
    and the clock is the same, but nobody has said that she will be there."""

    by: datetime
    sure: bool


def due_of(concern: Concern) -> datetime:
    """By when this concern is taken. A complaint has a day instead (`settled_on`): `ValueError`."""
    if concern.due_at is None:
        raise ValueError("a complaint has no clock")
    return concern.due_at


def settled_by(written: date) -> date:
    """The day by whose end a complaint made on this day has been dealt with."""
    return add_working_days(written, COMPLAINT_DAYS).date


def settled_on(complaint: Concern) -> date:
    """The day by whose end this complaint is dealt with: what its page says and what the desk
    says."""
    return settled_by(city_day(complaint.written_at))
