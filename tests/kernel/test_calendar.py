"""Working days follow the notices of 2025 and 2026, and say so when a year has no notice yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.kernel.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    DueDate,
    add_working_days,
    is_known,
    is_working_day,
    working_days_between,
)

MADE_UP = [
    date(2025, 1, 26),
    date(2025, 2, 8),
    date(2025, 4, 27),
    date(2025, 9, 28),
    date(2025, 10, 11),
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]
OFF_ON_A_WEEKDAY = [
    date(2025, 1, 28),
    date(2025, 2, 4),
    date(2025, 4, 4),
    date(2025, 10, 8),
    date(2026, 1, 2),
    date(2026, 2, 16),
    date(2026, 2, 23),
    date(2026, 10, 7),
]
days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR + 2, 12, 31))


class TestIsWorkingDay:
    @pytest.mark.parametrize("day", MADE_UP, ids=str)
    def test_a_made_up_weekend_day_is_worked(self, day):
        assert day.weekday() >= 5
        assert is_working_day(day)

    @pytest.mark.parametrize("day", OFF_ON_A_WEEKDAY, ids=str)
    def test_a_holiday_on_a_weekday_is_off(self, day):
        assert day.weekday() < 5
        assert not is_working_day(day)

    def test_ordinary_days(self):
        assert is_working_day(date(2026, 11, 25))
        assert not is_working_day(date(2026, 11, 28))

    @pytest.mark.parametrize(("month", "day"), [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
    def test_an_unknown_year_keeps_the_fixed_holidays(self, month, day):
        assert not is_working_day(date(2098, month, day))

    def test_an_unknown_year_works_on_weekdays(self):
        assert is_working_day(date(2098, 5, 5))
        assert not is_working_day(date(2098, 5, 4))
        assert is_working_day(date(1999, 6, 1))

    def test_which_years_are_known(self):
        assert is_known(date(2026, 12, 31))
        assert not is_known(date(2098, 1, 1))
        assert not is_known(date(FIRST_YEAR - 1, 12, 31))


class TestAddWorkingDays:
    @pytest.mark.parametrize(
        ("start", "count", "due"),
        [
            (date(2026, 11, 25), 1, date(2026, 11, 26)),
            (date(2026, 11, 27), 1, date(2026, 11, 30)),
            (date(2026, 9, 30), 1, date(2026, 10, 8)),
            (date(2026, 10, 9), 1, date(2026, 10, 10)),
            (date(2026, 2, 13), 2, date(2026, 2, 24)),
            (date(2025, 12, 31), 1, date(2026, 1, 4)),
            (date(2026, 11, 25), -1, date(2026, 11, 24)),
            (date(2026, 10, 8), -1, date(2026, 9, 30)),
            (date(2026, 10, 8), 0, date(2026, 10, 8)),
            (date(2026, 10, 1), 0, date(2026, 10, 8)),
        ],
    )
    def test_in_known_years(self, start, count, due):
        assert add_working_days(start, count) == DueDate(due, provisional=False)

    def test_a_term_into_an_unknown_year_is_provisional(self):
        last = date(LAST_YEAR, 12, 31)
        due = add_working_days(last, 20)
        assert due.provisional
        assert due.date.year == LAST_YEAR + 1
        assert not add_working_days(last - timedelta(days=60), 5).provisional

    def test_a_term_within_an_unknown_year(self):
        assert add_working_days(date(2098, 4, 30), 1) == DueDate(date(2098, 5, 5), provisional=True)

    @given(days, st.integers(-60, 60))
    def test_a_due_date_is_a_working_day(self, start, count):
        assert is_working_day(add_working_days(start, count).date)


class TestBetween:
    def test_a_week_with_a_made_up_saturday(self):
        assert working_days_between(date(2026, 10, 9), date(2026, 10, 16)) == 6

    def test_the_same_day_is_nothing(self):
        assert working_days_between(date(2026, 11, 25), date(2026, 11, 25)) == 0

    @given(days, st.integers(-60, 60).filter(bool))
    def test_it_is_the_inverse_of_adding(self, start, count):
        assert working_days_between(start, add_working_days(start, count).date) == count
