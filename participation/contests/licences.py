"""How long the rights to a work last, and what a guardian is asked: pure."""

from datetime import date


def last_day(given_on: date, years: int) -> date:
    """The last day of rights given for so many years: the day before the same date (R66).

    29 February counts as 28 February in a year without it.
    """
    day = given_on.day
    if (given_on.month, day) == (2, 29):
        day = 28
    same = date(given_on.year + years, given_on.month, day)
    return date.fromordinal(same.toordinal() - 1)
