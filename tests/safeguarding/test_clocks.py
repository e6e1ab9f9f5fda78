"""By when a concern is taken and when it calls, in minutes and working mornings. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from participation.kernel.clock import CITY_ZONE
from participation.safeguarding import clocks


def city(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}:00").replace(tzinfo=CITY_ZONE)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    clocks.use_minutes(15, 60)
    yield
    clocks.use_minutes(15, 60)


@pytest.mark.parametrize(("level", "minutes"), [(1, 15), (2, 60)])
@pytest.mark.parametrize("hour", ["03:00", "12:00", "23:50"])
def test_minutes_run_day_and_night(level: int, minutes: int, hour: str) -> None:
    began = city("2025-10-01", hour)
    assert clocks.due(level, began) == began + timedelta(minutes=minutes)
    assert clocks.minutes_of(level) == minutes


def test_the_minutes_are_a_setting() -> None:
    clocks.use_minutes(5, 20)
    began = city("2025-10-01", "03:00")
    assert clocks.due(1, began) == began + timedelta(minutes=5)
    assert clocks.due(2, began) == began + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("day", "hour", "until"),
    [
        ("2025-09-03", "09:30", "2025-09-04"),
        ("2025-09-03", "07:59", "2025-09-03"),
        ("2025-09-03", "08:00", "2025-09-04"),
        ("2025-09-05", "18:00", "2025-09-08"),
        ("2025-09-06", "06:00", "2025-09-08"),
        ("2025-09-30", "18:00", "2025-10-09"),
        ("2025-09-27", "12:00", "2025-09-28"),
    ],
)
def test_level_three_is_taken_on_the_next_working_morning(day: str, hour: str, until: str) -> None:
    assert clocks.due(3, city(day, hour)) == city(until, "10:00")


def test_calls_at_once_at_half_at_the_end_and_at_twice_the_time() -> None:
    began = city("2025-09-03", "03:00")
    ends = clocks.due(1, began)
    at = clocks.step_times(1, began, ends)
    minutes = [(at[step] - began).total_seconds() / 60 for step in clocks.STEPS]
    assert minutes == [0, 7.5, 15, 30]


def test_the_clock_of_level_three_stands_still_by_night() -> None:
    began = city("2025-09-05", "18:00")
    at = clocks.step_times(3, began, clocks.due(3, began))
    assert [at[step] for step in clocks.STEPS] == [
        began,
        city("2025-09-08", "09:00"),
        city("2025-09-08", "10:00"),
        city("2025-09-08", "12:00"),
    ]


@pytest.mark.parametrize(
    ("minutes", "calls", "shape"),
    [
        (0, 1, "calm"),
        (29, 1, "calm"),
        (30, 2, "pressing"),
        (59, 2, "pressing"),
        (60, 3, "late"),
        (119, 3, "late"),
        (120, 4, "late"),
    ],
)
def test_what_is_due_and_how_it_is_shown(minutes: int, calls: int, shape: str) -> None:
    began = datetime(2025, 9, 3, 1, tzinfo=UTC)
    ends, moment = clocks.due(2, began), began + timedelta(minutes=minutes)
    assert clocks.steps_due(2, began, ends, moment) == list(clocks.STEPS[:calls])
    assert clocks.shape(2, began, ends, moment) == shape


def test_frozen_for_three_years() -> None:
    assert clocks.frozen_until(city("2025-09-03", "12:00")) == city("2028-09-03", "12:00")
    assert clocks.frozen_until(city("2024-02-29", "12:00")) == city("2027-03-01", "12:00")


@pytest.mark.parametrize(
    ("level", "touched", "ends"),
    [
        (1, "2026-06-18 23:30", ["2026-06-19 00:30", "2026-06-19 01:30", "2026-06-19 02:30"]),
        # The 19th is the Dragon Boat holiday, the 20th and 21st a weekend.
        (2, "2026-06-18 15:00", ["2026-06-22 15:00", "2026-06-23 15:00", "2026-06-24 15:00"]),
        (3, "2026-06-18 15:00", ["2026-06-24 15:00", "2026-06-29 15:00", "2026-07-02 15:00"]),
    ],
)
def test_a_taken_concern_may_lie_so_long(level: int, touched: str, ends: list[str]) -> None:
    times = clocks.idle_times(level, city(*touched.split()))
    assert list(times) == list(clocks.IDLE_STEPS)
    assert [f"{one.astimezone(CITY_ZONE):%Y-%m-%d %H:%M}" for one in times.values()] == ends
