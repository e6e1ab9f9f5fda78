"""By when a complaint is dealt with, in working days of the Chinese calendar."""

from datetime import UTC, date, datetime

from participation.safeguarding.models import Concern
from participation.safeguarding.promises import due_of, settled_by


def test_a_complaint_is_settled_within_fifteen_working_days() -> None:
    assert settled_by(date(2025, 9, 1)) == date(2025, 9, 22)


def test_due_by_the_clock_or_by_the_city_s_day() -> None:
    late = datetime(2025, 9, 3, 17, tzinfo=UTC)
    end = datetime(2025, 9, 3, 18, tzinfo=UTC)
    assert due_of(Concern(kind="help", written_at=late, due_at=end)) == end
    assert due_of(Concern(kind="complaint", written_at=late)) == datetime(
        2025, 9, 25, 16, tzinfo=UTC
    )
