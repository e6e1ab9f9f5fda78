"""The clocks of a dossier in the Chinese calendar, with holidays and made-up days."""

from datetime import date

import pytest

from participation.deliveries.due import (
    is_late,
    last_day,
    needs_reminder,
    receipt_expected,
    usual_due,
)


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (date(2026, 7, 10), date(2026, 7, 10)),  # a Friday
        (date(2026, 7, 11), date(2026, 7, 13)),  # a Saturday: the Monday after
        (date(2025, 10, 1), date(2025, 10, 9)),  # National Day and Mid-Autumn in one stretch
        (date(2025, 9, 28), date(2025, 9, 28)),  # a Sunday that is worked for the holiday
        (date(2026, 2, 14), date(2026, 2, 14)),  # a Saturday worked before Spring Festival
        (date(2026, 2, 16), date(2026, 2, 24)),  # inside Spring Festival
    ],
)
def test_a_term_that_ends_on_a_day_off_ends_with_the_next_working_day(
    due: date, last: date
) -> None:
    assert last_day(due).date == last
    assert not is_late(due, due)
    assert not is_late(due, last)
    assert is_late(due, last.replace(day=last.day + 1))


def test_a_year_without_a_notice_is_provisional() -> None:
    assert last_day(date(2031, 7, 10)).provisional
    assert not last_day(date(2026, 7, 10)).provisional


def test_usual_due_is_sixty_days_on_and_never_a_day_off() -> None:
    assert usual_due(date(2026, 5, 11)) == date(2026, 7, 10)
    assert usual_due(date(2026, 5, 12)) == date(2026, 7, 13)


def test_a_receipt_is_expected_in_ten_working_days() -> None:
    late = date(2026, 12, 31)
    assert receipt_expected(date(2026, 7, 1), late) == date(2026, 7, 15)
    assert receipt_expected(date(2025, 9, 26), late) == date(2025, 10, 16)
    assert receipt_expected(date(2026, 7, 1), date(2026, 7, 10)) == date(2026, 7, 10)


@pytest.mark.parametrize(
    ("today", "reminded", "needed"),
    [
        (date(2026, 7, 10), None, False),
        (date(2026, 7, 11), None, True),
        (date(2026, 7, 17), date(2026, 7, 11), False),
        (date(2026, 7, 18), date(2026, 7, 11), True),
    ],
)
def test_reminded_once_in_seven_days(today: date, reminded: date | None, needed: bool) -> None:
    assert needs_reminder(date(2026, 7, 10), reminded, today) is needed
