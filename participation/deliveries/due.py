"""The clocks of a dossier: when the reply is due, when it is late, when a receipt is expected."""

from datetime import date, timedelta
from typing import Final

from participation.kernel.calendar import DueDate, add_working_days

REPLY_DAYS: Final = 60
"""Calendar days for a reply where the matter names no day of its own."""
RECEIPT_WORKING_DAYS: Final = 10
"""Working days in which a unit acknowledges or sends back (浙江代表建议办理规定, art. 14)."""
REMIND_EVERY: Final = timedelta(days=7)


def usual_due(sealed_on: date) -> date:
    """The day of the reply where the matter names none: 60 days on, never a day off."""
    return add_working_days(sealed_on + timedelta(days=REPLY_DAYS), 0).date


def last_day(due_on: date) -> DueDate:
    """The last day on which a reply is in time.

    A term that ends on a day off ends with the next working day (民法典 art. 203); made-up working
    days at weekends count. Provisional while the year's days off are not announced.
    """
    return add_working_days(due_on, 0)


def is_late(due_on: date, today: date) -> bool:
    """Is the term over on this day?"""
    return today > due_on and today > last_day(due_on).date


def days_late(due_on: date, answered_on: date) -> int:
    """How many days after its last day the reply came; 0 for one in time."""
    return (answered_on - last_day(due_on).date).days if is_late(due_on, answered_on) else 0


def receipt_expected(sealed_on: date, due_on: date) -> date:
    """The day by which the receipt is expected: in ten working days, and never after the reply."""
    return min(add_working_days(sealed_on, RECEIPT_WORKING_DAYS).date, due_on)


def needs_reminder(due_on: date, reminded_on: date | None, today: date) -> bool:
    """Late, and not reminded in the last seven days (R29)."""
    return is_late(due_on, today) and (reminded_on is None or today - reminded_on >= REMIND_EVERY)
