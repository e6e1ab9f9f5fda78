"""A call being written: each missing part has its own sentence, lists move by buttons."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from participation.contests.gaps import date_gaps, gaps, judged_from
from participation.contests.outline import CallOutline, PlannedCriterion, PlannedPart, moved
from participation.kernel.clock import city_day, now
from participation.kernel.tables import Words
from tests.contests import calling
from tests.support.cast import Cast

TWO_PEOPLE = cast(Cast, SimpleNamespace(unit=SimpleNamespace(id=1), official=SimpleNamespace(id=2)))
NOTHING = Words()
UNNAMED = PlannedCriterion(Words(), Words(zh="好"))
DAY = timedelta(days=1)


def whole(**changes: Any) -> CallOutline:
    return calling.outline(TWO_PEOPLE, **changes)


def fields(outline: CallOutline) -> list[str]:
    return [broken.field for broken in gaps(outline, now())]


def parts(count: int) -> tuple[PlannedPart, ...]:
    return tuple(PlannedPart(Words(zh=f"第{place}")) for place in range(count))


def criteria(count: int) -> tuple[PlannedCriterion, ...]:
    return tuple(PlannedCriterion(Words(zh="看"), Words(zh="好")) for _place in range(count))


def test_a_whole_one_lacks_nothing() -> None:
    assert fields(whole()) == []
    assert fields(calling.chosen_by_children(TWO_PEOPLE)) == []
    assert fields(whole(ranked=False, criteria=(), notice_from=None, notice_until=None)) == []


def test_an_empty_one_names_everything_at_once() -> None:
    found = fields(CallOutline(years=2))
    assert found == [
        *("title_zh", "sign", "brief_zh", "rules_zh", "bands", "use_for_zh", "use_where_zh"),
        *("criteria", "opens_at", "closes_at", "notice_from", "notice_until", "shows_until"),
        *("unit_id", "official_id", "answer_due"),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sign": "龘"}, "sign"),
        ({"brief_small": NOTHING}, "brief_small_zh"),
        ({"pictures_most": 0}, "pictures_most"),
        ({"recording": True}, "recording"),
        ({"years": 0}, "years"),
        ({"years": 11}, "years"),
        ({"use_for": Words(zh="永久使用")}, "use_for_zh"),
        ({"use_where": Words(zh="本市", en="for ever")}, "use_where_en"),
        ({"uses": (PlannedPart(Words(zh="版权归主办方")),)}, "uses-0-title_zh"),
        ({"uses": (PlannedPart(),)}, "uses-0-title_zh"),
        ({"uses": parts(7)}, "uses"),
        ({"themes": (PlannedPart(),)}, "themes-0-title_zh"),
        ({"themes": parts(13)}, "themes"),
        ({"prizes": Words(zh="奖金 500 元")}, "prizes_zh"),
        ({"prizes": Words(zh="彩笔", en="A scholarship")}, "prizes_en"),
        ({"criteria": criteria(2)}, "criteria"),
        ({"criteria": criteria(6)}, "criteria"),
        (
            {"criteria": (*criteria(2), PlannedCriterion(NOTHING, Words(zh="好")))},
            "criteria-2-title_zh",
        ),
        ({"criteria": (*criteria(2), PlannedCriterion(Words(zh="看")))}, "criteria-2-praise_zh"),
        ({"answer_due": None}, "answer_due"),
    ],
)
def test_each_has_its_own_sentence(changes: dict[str, Any], field: str) -> None:
    assert fields(whole(**changes)) == [field]


def test_bands_without_the_youngest_need_no_small_brief() -> None:
    assert fields(whole(bands="bc", brief_small=NOTHING)) == []


class TestDates:
    def test_over_or_the_wrong_way_round(self) -> None:
        opens = now() - 10 * DAY
        assert fields(whole(opens_at=opens, closes_at=opens + DAY)) == ["closes_at"]
        late = whole(opens_at=now() + 40 * DAY)
        assert fields(late) == ["closes_at"]
        assert [one.field for one in date_gaps(late)] == ["closes_at"]

    def test_the_notice_follows_and_comes_down(self) -> None:
        outline = whole()
        first, last = outline.notice_from, outline.notice_until
        assert outline.closes_at and first and last
        end = city_day(outline.closes_at)
        assert judged_from(outline) == end
        assert judged_from(replace(outline, closes_at=None)) is None
        assert fields(replace(outline, notice_from=end)) == ["notice_from"]
        assert fields(replace(outline, notice_until=first + DAY)) == ["notice_until"]
        assert fields(replace(outline, shows_until=last - DAY)) == ["shows_until"]
        assert fields(replace(outline, shows_until=last + 91 * DAY)) == ["shows_until"]
        assert fields(replace(outline, answer_due=last)) == ["answer_due"]
        shown = replace(outline, ranked=False, answer_due=end)
        assert fields(shown) == ["answer_due"]
        assert fields(replace(shown, answer_due=end + DAY)) == []

    def test_the_choice_stands_between_close_and_notice(self) -> None:
        chosen = calling.chosen_by_children(TWO_PEOPLE)
        opens, closes = chosen.choice_opens_at, chosen.choice_closes_at
        assert chosen.closes_at and opens and closes
        assert fields(replace(chosen, ranked=False)) == ["choice"]
        gone = replace(chosen, choice_opens_at=None, choice_closes_at=None)
        assert fields(gone) == ["choice_opens_at", "choice_closes_at"]
        early = replace(chosen, choice_opens_at=chosen.closes_at - DAY)
        assert fields(early) == ["choice_opens_at"]
        turned = replace(chosen, choice_opens_at=closes, choice_closes_at=opens)
        assert fields(turned) == ["choice_closes_at"]
        assert [one.field for one in date_gaps(turned)] == ["choice_closes_at"]
        assert judged_from(chosen) == city_day(closes)
        assert fields(replace(chosen, notice_from=city_day(closes))) == ["notice_from"]


class TestMoving:
    @pytest.mark.parametrize(
        ("button", "titles"),
        [
            ("add-themes", ["第0", "第1", "第2", None]),
            ("up-themes:1", ["第1", "第0", "第2"]),
            ("down-themes:1", ["第0", "第2", "第1"]),
            ("remove-themes:0", ["第1", "第2"]),
            ("up-themes:0", ["第0", "第1", "第2"]),
            ("down-themes:9", ["第0", "第1", "第2"]),
            ("up-themes:x", ["第0", "第1", "第2"]),
            ("turn-themes:1", ["第0", "第1", "第2"]),
            ("add-title", ["第0", "第1", "第2"]),
            ("save", ["第0", "第1", "第2"]),
        ],
    )
    def test_lists(self, button: str, titles: list[str | None]) -> None:
        found = moved(whole(themes=parts(3)), button)
        assert [one.title.get("zh") for one in found.themes] == titles
