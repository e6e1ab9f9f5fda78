"""A consultation being written: each missing part has its own sentence, lists move by buttons."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from participation.consultations.outline import (
    Outline,
    PlannedOption,
    PlannedQuestion,
    PlannedTheme,
    gaps,
    moved,
)
from participation.kernel.clock import now
from participation.kernel.tables import Words
from participation.kernel.words import is_common
from tests.consultations import stage
from tests.support.cast import Cast

TWO_PEOPLE = cast(Cast, SimpleNamespace(unit=SimpleNamespace(id=1), official=SimpleNamespace(id=2)))
EMPTY = Words()


def whole(**changes: Any) -> Outline:
    return stage.outline(TWO_PEOPLE, **changes)


def fields(outline: Outline) -> list[str]:
    return [broken.field for broken in gaps(outline, now())]


def options(count: int) -> tuple[PlannedOption, ...]:
    return tuple(PlannedOption(str(n), Words(zh=f"选项{n}")) for n in range(count))


def question(**changes: Any) -> PlannedQuestion:
    usual = PlannedQuestion("single", Words(zh="问题"), Words(zh="问"), 1, options(2))
    return replace(usual, **changes)


class TestGaps:
    def test_a_whole_outline_has_none(self) -> None:
        assert fields(whole()) == []

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": EMPTY}, "title_zh"),
            ({"title": Words(en="Only English")}, "title_zh"),
            ({"sign": ""}, "sign"),
            ({"sign": "a"}, "sign"),
            ({"sign": "龘"}, "sign"),
            ({"summary": EMPTY}, "summary_zh"),
            ({"decided": EMPTY}, "decided_zh"),
            ({"changeable": EMPTY}, "changeable_zh"),
            ({"bands": ""}, "bands"),
            ({"unit_id": None}, "unit_id"),
            ({"official_id": None}, "official_id"),
            ({"minutes": 0}, "minutes"),
            ({"minutes": 21}, "minutes"),
            ({"opens_at": None}, "opens_at"),
            ({"closes_at": None}, "closes_at"),
            ({"answer_due": None}, "answer_due"),
            ({"follow_up_on": None}, "follow_up_on"),
            ({"themes": ()}, "themes"),
            ({"themes": (PlannedTheme(),)}, "themes-0-title_zh"),
        ],
    )
    def test_each_missing_part_is_named(self, changes: dict[str, Any], field: str) -> None:
        assert fields(whole(**changes)) == [field]

    def test_every_sentence_is_its_own(self) -> None:
        broken = gaps(Outline(minutes=0), now())
        sentences = [str(one) for one in broken]
        assert len(set(sentences)) == len(sentences) >= 13
        assert all(one.field for one in broken)

    def test_only_what_can_change_is_a_consultation(self) -> None:
        [broken] = gaps(whole(changeable=EMPTY), now())
        assert "告知" in str(broken)


class TestTime:
    def test_the_close_lies_ahead(self) -> None:
        past = now() - timedelta(minutes=1)
        assert "closes_at" in fields(whole(opens_at=past - timedelta(days=40), closes_at=past))

    def test_the_close_follows_the_opening(self) -> None:
        opens = now() + timedelta(days=9)
        assert fields(whole(opens_at=opens, closes_at=opens)) == ["closes_at"]

    def test_less_than_thirty_days_needs_a_public_reason(self) -> None:
        short = {"closes_at": now() + timedelta(days=10)}
        assert fields(whole(**short)) == ["short_reason_zh"]
        assert fields(whole(**short, short_reason=Words(zh="学期内要定"))) == []

    def test_days_before_today_are_no_days_for_children(self) -> None:
        opens = now() - timedelta(days=29)
        assert fields(whole(opens_at=opens, closes_at=now() + timedelta(days=2))) == [
            "short_reason_zh"
        ]
        assert fields(whole(opens_at=opens, closes_at=now() + timedelta(days=30))) == []

    def test_the_answer_follows_the_close_and_the_look_back_the_answer(self) -> None:
        day = whole().answer_due
        assert day is not None
        assert fields(whole(answer_due=now().date())) == ["answer_due"]
        assert fields(whole(follow_up_on=day)) == ["follow_up_on"]


class TestQuestions:
    @pytest.mark.parametrize(
        ("questions", "field"),
        [
            ((), "questions"),
            ((question(kind="words", options=()),), "questions"),
            ((question(), *[question(easy=EMPTY)] * 10), "questions"),
            ((question(wording=EMPTY),), "questions-0-wording_zh"),
            ((question(options=options(1)),), "questions-0-options"),
            ((question(easy=EMPTY, options=options(13)), question()), "questions-0-options"),
            ((question(options=(*options(2), PlannedOption("x"))),), "questions-0-options"),
            ((question(kind="several", most=1),), "questions-0-most"),
            ((question(kind="several", most=3),), "questions-0-most"),
            ((question(options=options(7)),), "questions-0-options"),
            ((question(easy=EMPTY),), "questions"),
            (tuple([question()] * 4), "questions"),
        ],
    )
    def test_each_slip_is_named(self, questions: tuple[PlannedQuestion, ...], field: str) -> None:
        found = set(fields(whole(questions=questions)))
        assert field in found
        assert found <= {field, "questions"}

    def test_older_children_may_be_asked_more(self) -> None:
        many = tuple(question(options=options(12)) for _turn in range(10))
        assert fields(whole(bands="bc", questions=many)) == []


class TestSign:
    @pytest.mark.parametrize(("sign", "common"), [("路", True), ("祎", False), ("😀", False)])
    def test_is_common(self, sign: str, common: bool) -> None:
        assert is_common(sign) is common


class TestMoving:
    def test_adding(self) -> None:
        grown = moved(Outline(), "add-question", "K")
        assert [option.key for option in grown.questions[0].options] == ["K-1", "K-2"]
        assert len(moved(grown, "add-option:0", "L").questions[0].options) == 3
        assert len(moved(grown, "add-theme", "M").themes) == 1

    def test_up_and_down_and_away(self) -> None:
        first, second = question(kind="single"), question(kind="several")
        outline = Outline(questions=(first, second), themes=(PlannedTheme(option="a"),))
        assert moved(outline, "up-question:1", "").questions == (second, first)
        assert moved(outline, "down-question:0", "").questions == (second, first)
        assert moved(outline, "remove-question:0", "").questions == (second,)
        assert moved(outline, "remove-theme:0", "").themes == ()
        assert moved(outline, "up-theme:0", "").themes == outline.themes

    def test_options_keep_their_keys_where_they_go(self) -> None:
        outline = Outline(questions=(question(options=options(3)),))
        turned = moved(outline, "up-option:0.2", "").questions[0].options
        assert [option.key for option in turned] == ["0", "2", "1"]
        assert len(moved(outline, "remove-option:0.1", "").questions[0].options) == 2

    @pytest.mark.parametrize(
        "button",
        [
            "save",
            "",
            "up-question:9",
            "up-question",
            "up-question:x",
            "up-option:0",
            "up-option:7.0",
            "sideways-option:0.0",
            "sideways-question:0",
            "up-house:0",
            "add-option",
            "remove-question:0.1",
            "up-question:0",
            "down-question:0",
        ],
    )
    def test_other_buttons_change_nothing(self, button: str) -> None:
        outline = Outline(questions=(question(),))
        assert moved(outline, button, "k") == outline
