"""The figures of a month: counted by the worker, every day until they are final, by no name."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from participation.audit.models import Entry
from participation.kernel.clock import at
from participation.kernel.database import session, unit_of_work
from participation.moderation import actions
from participation.moderation.models import Case, Month, Verdict
from participation.moderation.queries import months
from tests.moderation.reading import (
    ABOUT,
    MAY,
    a_month,
    count,
    decided,
    judged,
    month,
    numbers,
    practised,
    subject,
)
from tests.support.cast import Cast

MONTH = "2026-05"
pytestmark = pytest.mark.usefixtures("in_may")
JUNE_1 = datetime(2026, 6, 1, 3, tzinfo=UTC)
JUNE_2 = datetime(2026, 6, 2, 3, tzinfo=UTC)


def rows() -> list[tuple[str, str, str]]:
    with unit_of_work():
        found = select(Month.month, Month.edition, Month.figures).order_by(Month.month)
        return [(name, edition, text) for name, edition, text in session().execute(found)]


def frozen_entries() -> int:
    with unit_of_work():
        return session().scalar(select(func.count()).where(Entry.what == "MonthFrozen")) or 0


def test_everything_of_a_month(cast: Cast) -> None:
    a_month(cast)
    count(MAY + timedelta(days=1))
    found = month(MONTH)
    assert found is not None and not found.is_final
    figures = found.figures
    texts = figures["texts"]
    assert texts["read"] == 56 and texts["withdrawn"] == 1
    assert texts["verdicts"] == {"approved": 40, "returned": 12, "refused": 3, "escalated": 1}
    assert texts["reasons"] == {"name": 12, "hurtful": 12, "advert": 3}
    assert texts["classes"] == {"personal": 12, "bullying": 12, "commercial": 3}
    assert texts["times"] == {"in_time": 56, "late": 0, "unknown": 0}
    assert figures["schools"] == {"text": 4, "appeal": 2, "report": 2}
    assert [row["queue"] for row in figures["queues"]] == ["reports", "appeals", "short"]
    appeals = figures["appeals"]
    assert (appeals["decided"], appeals["granted"], appeals["upheld"]) == (2, 1, 1)
    assert appeals["by_reason"]["hurtful"] == {
        **{"decided": 2, "granted": 1, "upheld": 1, "escalated": 0},
    }
    assert figures["reports"] == {
        **{"decided": 2, "taken_down": 1},
        "by_reason": {
            "personal": {"decided": 1, "taken_down": 1},
            "hurtful": {"decided": 1, "taken_down": 1},
            "other": {"decided": 1, "taken_down": 0},
        },
    }


def test_agreement_names_nobody(cast: Cast) -> None:
    a_month(cast)
    count(MAY + timedelta(days=1))
    found = month(MONTH)
    assert found is not None
    gold = found.figures["gold"]
    assert (gold["judged"], gold["agreed"]) == (48, 44)
    year = gold["year"]
    assert [(pair["first"], pair["second"], pair["common"]) for pair in year["pairs"]] == [
        ("A", "B", 24)
    ]
    assert year["kappa"] == year["pairs"][0]["kappa"] and 0.8 < year["kappa"] < 1
    assert [one["name"] for one in year["each"]] == ["A", "B"]
    assert sum(sum(row["given"].values()) for row in year["crossed"]) == 48
    people = (cast.moderator, cast.second_moderator)
    for person in people:
        assert str(person.legal_name) not in found.stored
    assert {"by", "person", "judge"} & set(json.loads(found.stored)["gold"]["year"]) == set()


def test_few_known_texts_in_common_say_nothing_of_two(cast: Cast) -> None:
    a_month(cast)
    with at(MAY + timedelta(days=2)), unit_of_work():
        third = cast.administrator
        third.role = "moderator"
        session().merge(third)
        practised(third, {}, most=19)
    count(MAY + timedelta(days=3))
    found = month(MONTH)
    assert found is not None
    year = found.figures["gold"]["year"]
    assert year["judges"] == 3 and year["measured"] == 1
    assert len(year["pairs"]) == 1 and len(year["each"]) == 2
    assert year["judged"] == 48 + 19


def test_a_month_without_anything(cast: Cast) -> None:
    count(MAY)
    found = month(MONTH)
    assert found is not None and set(numbers(found.figures["texts"])) == {0}
    assert found.figures["gold"]["year"]["kappa"] is None
    assert found.figures["gold"]["year"]["why"] == "few"
    assert found.figures["queues"] == []
    assert month("2026-04") is None and month("x") is None


def test_what_nobody_read_here_is_not_counted(cast: Cast) -> None:
    with at(MAY), unit_of_work():
        actions.open_case(subject(1), about=ABOUT, band="b", text="爸爸喝酒就打我，昨天又打了")
        judged(cast.moderator, 2, "escalated")
    count(MAY)
    found = month(MONTH)
    assert found is not None
    assert (found.figures["texts"]["read"], found.figures["texts"]["verdicts"]["escalated"]) == (
        1,
        1,
    )


def test_counting_twice_changes_nothing(cast: Cast) -> None:
    a_month(cast)
    count(MAY + timedelta(days=1))
    first = rows()
    count(MAY + timedelta(days=2))
    assert rows() == first and len(first) == 1
    assert first[0][:2] == (MONTH, "staff")


def test_a_month_is_final_on_the_second_and_stays(cast: Cast) -> None:
    a_month(cast)
    count(JUNE_1)
    found = month(MONTH)
    assert found is not None and not found.is_final and frozen_entries() == 0
    with at(datetime(2026, 5, 29, 3, tzinfo=UTC)), unit_of_work():
        judged(cast.moderator, 90, "approved")
    count(JUNE_2)
    final = month(MONTH)
    assert final is not None and final.is_final and frozen_entries() == 1
    assert final.figures["texts"]["read"] == 57
    with at(datetime(2026, 5, 29, 4, tzinfo=UTC)), unit_of_work():
        judged(cast.moderator, 91, "approved")
    count(JUNE_2 + timedelta(days=1))
    count(JUNE_2 + timedelta(days=40))
    assert month(MONTH) == final and frozen_entries() == 2
    assert [name for name, _edition, _text in rows()] == [MONTH, "2026-06", "2026-07"]


def test_months_that_the_worker_slept_through_are_counted(cast: Cast) -> None:
    with at(MAY), unit_of_work():
        judged(cast.moderator, 1, "approved")
    with at(MAY + timedelta(days=60)), unit_of_work():
        judged(cast.moderator, 2, "approved")
    count(datetime(2026, 9, 1, 3, tzinfo=UTC))
    found = {name: json.loads(text)["texts"]["read"] for name, _edition, text in rows()}
    assert found == {"2026-05": 1, "2026-06": 0, "2026-07": 1, "2026-08": 0, "2026-09": 0}
    with unit_of_work():
        assert months.month_names() == sorted(found, reverse=True)
        assert months.month_names(before="2026-07") == ["2026-06", "2026-05"]
        assert [each.name for each in months.final_months()] == ["2026-07", "2026-06", "2026-05"]
        assert [each.name for each in months.final_months(most=1)] == ["2026-07"]


def test_what_was_taken_back_counts_as_it_was_decided_at_last(cast: Cast) -> None:
    with at(MAY), unit_of_work():
        row = judged(cast.moderator, 1, "refused", "advert")
        case = actions.undo(cast.moderator, row.case_id)
        actions.decide(cast.moderator, case.id, version=case.version, verdict="approved")
    count(MAY)
    found = month(MONTH)
    assert found is not None
    assert found.figures["texts"]["verdicts"]["approved"] == found.figures["texts"]["read"] == 1
    assert found.figures["texts"]["reasons"] == {}


def test_what_was_taken_back_and_waits_does_not_count(cast: Cast) -> None:
    with at(MAY), unit_of_work():
        row = judged(cast.moderator, 1, "refused", "advert")
        actions.undo(cast.moderator, row.case_id)
    count(MAY)
    found = month(MONTH)
    assert found is not None and found.figures["texts"]["read"] == 0


def test_a_late_one_is_late_and_an_old_one_unknown(cast: Cast) -> None:
    with at(MAY), unit_of_work():
        actions.open_case(subject(1), about=ABOUT, band="b", text="多种树")
    with at(MAY + timedelta(days=2)), unit_of_work():
        decided(cast.moderator, "approved")
        row = judged(cast.moderator, 2, "approved")
        row.in_time = None
    count(MAY + timedelta(days=3))
    found = month(MONTH)
    assert found is not None
    assert found.figures["texts"]["times"] == {"in_time": 0, "late": 1, "unknown": 1}


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2026, 5, 31, 15, 59, tzinfo=UTC), "2026-05"),
        (datetime(2026, 5, 31, 16, 1, tzinfo=UTC), "2026-06"),
    ],
)
def test_a_month_is_one_of_the_city(cast: Cast, moment: datetime, name: str) -> None:
    with at(moment), unit_of_work():
        judged(cast.moderator, 1, "approved")
    count(JUNE_2)
    counted = {row[0]: json.loads(row[2])["texts"]["read"] for row in rows()}
    assert counted[name] == 1 and sum(counted.values()) == 1


def test_no_figure_holds_a_word_of_a_child(cast: Cast) -> None:
    with at(MAY), unit_of_work():
        judged(cast.moderator, 1, "refused", "hurtful", text="大家都别理李一林")
        assert session().scalar(select(func.count()).select_from(Case)) == 1
        assert session().scalar(select(func.count()).select_from(Verdict)) == 1
    count(MAY)
    assert "李一林" not in rows()[0][2] and "大家" not in rows()[0][2]
