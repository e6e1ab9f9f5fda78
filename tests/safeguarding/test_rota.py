"""Gaps and overlaps. Pure."""

from datetime import date, timedelta

from participation.safeguarding.rota import Stretch, gaps, overlaps, week, week_of
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
