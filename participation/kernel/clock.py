"""The one place that asks what time it is, so that tests can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")

_told: ContextVar[datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Tell the house another time inside the block: how the demo city gets a past."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """The city's calendar day at this moment."""
    return now().astimezone(CITY_ZONE).date()


def city_day(moment: datetime) -> date:
    """The city's calendar day of an aware moment."""
    return moment.astimezone(CITY_ZONE).date()


@lru_cache(maxsize=64)
def start_of(day: date) -> datetime:
    """The first moment of a city day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=CITY_ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment after a city day, in UTC."""
    return start_of(day + timedelta(days=1))
