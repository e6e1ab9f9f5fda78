"""What the pages promise, in working days of the Chinese calendar."""

from datetime import UTC, date, datetime

import pytest

from participation.safeguarding.models import Concern
from participation.safeguarding.promises import due_of, read_by, settled_by


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (date(2025, 9, 3), date(2025, 9, 4)),
        (date(2025, 9, 5), date(2025, 9, 8)),
        (date(2025, 9, 30), date(2025, 10, 9)),
        (date(2025, 9, 27), date(2025, 9, 28)),
    ],
)
def test_help_is_read_on_the_next_working_day(written: date, read: date) -> None:
    assert read_by(written) == read


def test_a_complaint_is_settled_within_fifteen_working_days() -> None:
    assert settled_by(date(2025, 9, 1)) == date(2025, 9, 22)


def test_due_by_the_city_s_day_and_the_kind() -> None:
    late = datetime(2025, 9, 3, 17, tzinfo=UTC)
    assert due_of(Concern(kind="help", written_at=late)) == date(2025, 9, 5)
    assert due_of(Concern(kind="complaint", written_at=late)) == date(2025, 9, 25)
