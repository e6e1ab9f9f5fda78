"""What became of a month's texts, appeals and reports, and where a month begins."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from participation.moderation.consistency import periods, shares
from participation.moderation.consistency.records import Appealed, Read, Reported


def read(verdict: str = "approved", count: int = 1, **more: Any) -> Read:
    usual: dict[str, Any] = {"kind": "text", "queue": "texts", "reasons": (), "in_time": True}
    return Read(verdict=verdict, count=count, **(usual | more))


def test_texts_by_verdict_reason_class_and_time() -> None:
    found = shares.texts(
        [
            read(count=7),
            read("returned", 2, reasons=("name", "contact"), in_time=False),
            read("returned", reasons=("gone_code", "hurtful"), in_time=None),
            read("refused", reasons=("gone_code",)),
            read("escalated"),
            read("refused", 5, kind="report", reasons=("hurtful",)),
            read("approved", 5, kind="appeal"),
        ],
        withdrawn=3,
    )
    assert found["read"] == 12 and found["withdrawn"] == 3
    assert found["verdicts"] == {"approved": 7, "returned": 3, "refused": 1, "escalated": 1}
    assert found["reasons"] == {"name": 2, "contact": 2, "hurtful": 1}
    assert found["classes"] == {"personal": 2, "bullying": 1}
    assert found["explained"] == 3
    assert found["times"] == {"in_time": 9, "late": 2, "unknown": 1}


def test_an_empty_month() -> None:
    found = shares.texts([], 0)
    assert found["read"] == 0 and found["reasons"] == {} and found["classes"] == {}
    assert shares.queues([]) == []
    assert shares.appeals([]) == {
        **{"decided": 0, "granted": 0, "upheld": 0, "escalated": 0},
        "by_reason": {},
    }
    assert shares.reports([]) == {"decided": 0, "taken_down": 0, "by_reason": {}}


def test_queues_in_their_order() -> None:
    records = [read(count=3), read(queue="care", in_time=False), read(queue="reports", count=2)]
    found = shares.queues([*records, read(queue="care", in_time=None)])
    assert [row["queue"] for row in found] == ["care", "reports", "texts"]
    assert found[0] == {"queue": "care", "read": 2, "in_time": 0, "late": 1, "unknown": 1}


def test_overturned_by_the_reasons_appealed_against() -> None:
    found = shares.appeals(
        [
            Appealed("approved", ("hurtful",), 2),
            Appealed("refused", ("hurtful", "name", "hurtful"), 1),
            Appealed("escalated", ("gone_code",), 1),
        ]
    )
    assert (found["decided"], found["granted"], found["upheld"], found["escalated"]) == (4, 2, 1, 1)
    assert list(found["by_reason"]) == ["name", "hurtful"]
    assert found["by_reason"]["hurtful"]["granted"] == 2
    assert found["by_reason"]["hurtful"]["decided"] == 3
    assert found["by_reason"]["name"]["upheld"] == 1


def test_reports_that_led_to_a_take_down() -> None:
    found = shares.reports(
        [
            Reported("refused", "", 2),
            Reported("approved", "", 1),
            Reported("escalated", "", 1),
            Reported("refused", "hurtful", 2),
            Reported("approved", "hurtful", 1),
            Reported("refused", "personal", 1),
            Reported("refused", "gone_code", 1),
        ]
    )
    assert (found["decided"], found["taken_down"]) == (4, 3)
    assert found["by_reason"] == {
        "personal": {"decided": 1, "taken_down": 1},
        "hurtful": {"decided": 3, "taken_down": 2},
    }


def test_months() -> None:
    assert periods.month_of(date(2026, 7, 31)) == "2026-07"
    assert periods.shifted("2026-01", -1) == "2025-12"
    assert periods.shifted("2026-12", 1) == "2027-01"
    assert periods.shifted("2026-03", -12) == "2025-03"
    assert periods.months_between("2026-11", "2027-02") == [
        *("2026-11", "2026-12", "2027-01", "2027-02"),
    ]
    assert periods.months_between("2027-01", "2026-12") == []
    assert periods.begins("2026-07") == datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert periods.fixed_from("2026-12") == datetime(2027, 1, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-07", True),
        ("2026-13", False),
        ("2026-00", False),
        ("1999-01", False),
        ("2026-7", False),
        ("2026-07-01", False),
        ("２０26-07", False),
        ("", False),
        ("\0", False),
    ],
)
def test_what_is_a_month(text: str, is_one: bool) -> None:
    assert periods.is_month(text) is is_one
