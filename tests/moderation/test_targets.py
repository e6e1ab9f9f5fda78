"""School hours: nights, weekends, holidays and the days made up for them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.kernel.clock import CITY_ZONE
from participation.moderation.targets import A_DAY, HOURS, add_hours, due, is_open
from participation.settings import ROOT


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY_ZONE)


@pytest.mark.parametrize(
    ("came", "by"),
    [
        ("2026-11-30 09:00", "2026-11-30 13:00"),  # a Monday
        ("2026-11-30 15:30", "2026-12-01 09:30"),
        ("2026-11-30 14:00", "2026-11-30 18:00"),
        ("2026-11-30 07:00", "2026-11-30 12:00"),
        ("2026-11-30 23:10", "2026-12-01 12:00"),
        ("2026-11-30 18:00", "2026-12-01 12:00"),
        ("2026-12-04 17:00", "2026-12-07 11:00"),  # over a weekend
        ("2026-12-05 10:00", "2026-12-07 12:00"),  # on a Saturday
        ("2026-09-30 17:00", "2026-10-08 11:00"),  # over the National Day holidays
        ("2026-10-10 10:00", "2026-10-10 14:00"),  # a Saturday that is made up
    ],
)
def test_four_school_hours(came: str, by: str) -> None:
    assert due(at(came), "texts") == at(by)
    assert due(at(came).astimezone(UTC), "texts").tzinfo is UTC


def test_what_may_need_care_is_read_within_the_hour_and_an_appeal_in_three_days() -> None:
    assert due(at("2026-11-30 09:00"), "care") == at("2026-11-30 10:00")
    assert due(at("2026-11-30 09:00"), "appeals") == at("2026-12-03 09:00")


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("2026-11-30 08:00", True),
        ("2026-11-30 17:59", True),
        ("2026-11-30 18:00", False),
        ("2026-11-30 07:59", False),
        ("2026-12-05 10:00", False),
    ],
)
def test_whether_somebody_is_there(moment: str, answer: bool) -> None:
    assert is_open(at(moment)) is answer


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
    st.integers(1, 60 * 60),
    st.integers(1, 60 * 60),
)
def test_hours_add_up_and_end_while_somebody_is_there(
    moment: datetime, first: int, second: int
) -> None:
    start = moment.replace(tzinfo=CITY_ZONE)
    a, b = timedelta(seconds=first), timedelta(seconds=second)
    end = add_hours(start, a + b)
    assert add_hours(add_hours(start, a), b) == end
    assert end - start >= a + b
    assert is_open(end - timedelta(microseconds=1))
    assert add_hours(start, a + A_DAY) - add_hours(start, a) >= timedelta(days=1)


def test_what_children_are_told_is_the_target() -> None:
    told = (ROOT / "templates" / "consultations" / "parts.html").read_text()
    assert f"上学日 {HOURS['texts']} 小时里" in told
