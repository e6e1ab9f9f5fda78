"""By when a concern is taken, and when it calls again: minutes for danger, a morning for the rest.

The clocks of level 1 and 2 run day and night. That of level 3 stands still until the morning on
which it is due. Times of the design (R53: a drill from flag to officer within 15 minutes).
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from participation.kernel.calendar import add_working_days, is_working_day
from participation.kernel.clock import CITY_ZONE, city_day

LEVELS: Final = (1, 2, 3)
"""1 danger now · 2 urgent · 3 serious."""
UNREAD: Final = 2
"""The level of what nobody has read yet: urgent until an officer knows better."""
OPENS: Final = time(8)
MORNING: Final = time(10)
"""A working morning: officers begin at 8 and have taken what waits by 10, in the city's time."""
STEPS: Final = ("first", "half", "end", "twice")
"""The calls: the officer at once, again at half the time, then the stand-in, then the head."""
FROZEN_YEARS: Final = 3
"""So long after its closing a sealed concern is kept for police, court and supervision. The law
names no time for such files; three years is the general limitation of actions (民法典 art. 188),
which for a minor abused by her guardian runs only from 18 (art. 191): longer by decision of the
head, never shorter."""

IDLE_STEPS: Final = ("idle", "idle_stand_in", "idle_head")
"""The calls about a concern that was taken and then lies: the officer who has it, then the stand-in
as well, then the head."""
IDLE_HOURS: Final = {1: 1}
IDLE_DAYS: Final = {2: 1, 3: 3}
"""So long may a concern lie without a deed of the officer who has it: an hour in danger, otherwise
working days (design)."""

_minutes = {1: 15, 2: 60}


def use_minutes(first: int, second: int) -> None:
    """Set the minutes of level 1 and level 2 for this process (`SAFEGUARDING_MINUTES`)."""
    _minutes.update({1: first, 2: second})


def minutes_of(level: int) -> int:
    """The minutes of level 1 or 2; raises `KeyError` for level 3, which has a morning."""
    return _minutes[level]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CITY_ZONE)


def due(level: int, began: datetime) -> datetime:
    """By when a concern of this level, whose clock began at this moment, is taken.

    Level 3: 10:00 of the next working morning, which is still to come where the clock began before
    8:00 of a working day.
    """
    if level in _minutes:
        return began + timedelta(minutes=_minutes[level])
    day = city_day(began)
    if is_working_day(day) and began < _at(day, OPENS):
        return _at(day, MORNING)
    return _at(add_working_days(day, 1).date, MORNING)


def _span(level: int, began: datetime, ends: datetime) -> tuple[datetime, timedelta]:
    """When the clock begins to run, and how long it runs."""
    if level in _minutes:
        return began, ends - began
    start = _at(city_day(ends), OPENS)
    return start, ends - start


def step_times(level: int, began: datetime, ends: datetime) -> dict[str, datetime]:
    """When each call goes out."""
    start, length = _span(level, began, ends)
    return {"first": began, "half": start + length / 2, "end": ends, "twice": start + 2 * length}


def steps_due(level: int, began: datetime, ends: datetime, moment: datetime) -> list[str]:
    """The calls that are due at this moment, in order."""
    return [step for step, at in step_times(level, began, ends).items() if at <= moment]


def idle_times(level: int, touched: datetime) -> dict[str, datetime]:
    """When each call goes out about a taken concern whose officer did something last at `touched`.

    Each waits as long again as the one before; whole working days end at the same hour.
    """
    return {step: _idle_end(level, touched, turn) for turn, step in enumerate(IDLE_STEPS, start=1)}


def _idle_end(level: int, touched: datetime, turns: int) -> datetime:
    if level in IDLE_HOURS:
        return touched + timedelta(hours=turns * IDLE_HOURS[level])
    local = touched.astimezone(CITY_ZONE)
    day = add_working_days(local.date(), turns * IDLE_DAYS[level]).date
    return datetime.combine(day, local.time(), CITY_ZONE)


def shape(level: int, began: datetime, ends: datetime, moment: datetime) -> str:
    """How a clock is shown: `calm`, `pressing` from half the time on, `late` after its end."""
    times = step_times(level, began, ends)
    if moment >= ends:
        return "late"
    return "pressing" if moment >= times["half"] else "calm"


def frozen_until(closed: datetime) -> datetime:
    """Until when a closed concern may not be removed."""
    day = closed.astimezone(CITY_ZONE)
    try:
        return day.replace(year=day.year + FROZEN_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + FROZEN_YEARS, month=3, day=1)
