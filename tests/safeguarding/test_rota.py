"""Gaps, overlaps and honest promises. Pure."""

from datetime import date, datetime, timedelta

import pytest

from participation.safeguarding.rota import (
    Promise,
    Stretch,
    gaps,
    overlaps,
    promise,
    week,
    week_of,
)
from tests.safeguarding.test_clocks import city


def on(day: str, begins: str, ends: str) -> Stretch:
    return Stretch(city(day, begins), city(day, ends))


DAY = Stretch(city("2025-09-03", "00:00"), city("2025-09-04", "00:00"))


def test_a_week_goes_from_monday_to_monday() -> None:
    assert week_of(date(2025, 9, 7)) == week_of(date(2025, 9, 1)) == date(2025, 9, 1)
    assert week(date(2025, 9, 1)) == Stretch(
        city("2025-09-01", "00:00"), city("2025-09-08", "00:00")
    )


def test_to_follow_on_is_not_to_overlap() -> None:
    one = on("2025-09-03", "08:00", "12:00")
    assert not overlaps(
        one, [on("2025-09-03", "12:00", "20:00"), on("2025-09-03", "06:00", "08:00")]
    )
    for other in ("07:00", "09:00"), ("11:59", "13:00"), ("09:00", "10:00"), ("07:00", "13:00"):
        assert overlaps(one, [on("2025-09-03", *other)])


def test_gaps_before_between_and_after() -> None:
    held = [on("2025-09-03", "12:00", "20:00"), on("2025-09-03", "08:00", "11:00")]
    assert gaps(DAY, held) == [
        on("2025-09-03", "00:00", "08:00"),
        on("2025-09-03", "11:00", "12:00"),
        Stretch(city("2025-09-03", "20:00"), DAY.ends),
    ]
    assert gaps(DAY, []) == [DAY]
    assert gaps(DAY, [Stretch(DAY.begins - timedelta(hours=1), DAY.ends)]) == []
    later = on("2025-09-05", "08:00", "11:00")
    assert gaps(DAY, [later]) == [DAY]


@pytest.mark.parametrize(
    ("moment", "duty", "by"),
    [
        ("14:00", ("08:00", "22:00"), city("2025-09-03", "20:00")),
        ("08:30", ("08:00", "22:00"), city("2025-09-03", "10:00")),
        ("09:30", ("08:00", "22:00"), city("2025-09-03", "20:00")),
        ("19:30", ("08:00", "21:00"), city("2025-09-04", "10:00")),
        ("07:00", ("18:00", "22:00"), city("2025-09-03", "20:00")),
    ],
)
def test_promised_is_what_the_rota_holds(moment: str, duty: tuple[str, str], by: datetime) -> None:
    held = [on("2025-09-03", *duty)]
    assert promise(city("2025-09-03", moment), held) == Promise(by, sure=True)


def test_night_and_weekend_with_and_without_a_rota() -> None:
    friday_night = city("2025-09-05", "23:00")
    through = [Stretch(city("2025-09-05", "20:00"), city("2025-09-06", "08:00"))]
    assert promise(friday_night, through) == Promise(city("2025-09-06", "10:00"), sure=True)
    monday = [on("2025-09-08", "08:00", "18:00")]
    assert promise(friday_night, monday) == Promise(city("2025-09-08", "10:00"), sure=True)
    assert promise(friday_night, []) == Promise(city("2025-09-08", "10:00"), sure=False)
    over = [on("2025-09-05", "08:00", "18:00")]
    assert promise(friday_night, over).sure is False
