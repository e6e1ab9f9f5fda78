"""Small pure parts of the desk: load, bars, what changed, the fold of what was decided."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.moderation.comparing import Change, changes
from participation.moderation.redaction import (
    BAR,
    blacked_out,
    chosen_again,
    merged,
    spans_of,
    spans_of_words,
)
from participation.moderation.standing import fold
from participation.moderation.welfare import MOST_A_DAY, load

NOON = datetime(2026, 11, 30, 4, tzinfo=UTC)


def side(found: list[Change], which: str) -> list[Change]:
    """One side of the page: the text before (gone) or the text now (new)."""
    return [change for change in found if change.how in ("same", which)]


def minutes(*ago: int) -> list[datetime]:
    return [NOON - timedelta(minutes=each) for each in ago]


class TestLoad:
    def test_nothing_read(self) -> None:
        found = load([], NOON, read=0)
        assert (found.read, found.stretch, found.is_full, found.wants_pause) == (
            0,
            timedelta(0),
            False,
            False,
        )

    def test_forty_minutes_without_a_pause(self) -> None:
        assert load(minutes(40, 36, 32, 28, 24, 20, 16, 12, 8, 4), NOON, read=5).wants_pause
        assert not load(minutes(39, 36, 32, 28, 24, 20, 16, 12, 8, 4), NOON, read=5).wants_pause

    def test_a_pause_begins_anew(self) -> None:
        found = load(minutes(60, 56, 10, 8, 4), NOON, read=5)
        assert (found.read, found.stretch) == (5, timedelta(minutes=10))

    def test_a_pause_that_lasts_still(self) -> None:
        assert load(minutes(60, 56, 5), NOON, read=5).stretch == timedelta(0)

    def test_a_full_day(self) -> None:
        assert load([NOON], NOON, read=MOST_A_DAY).is_full
        assert not load([NOON], NOON, read=MOST_A_DAY - 1).is_full


class TestBars:
    def test_what_was_chosen_is_found_again(self) -> None:
        text = "我叫王语桐，打138，住\n向阳院"
        hints = [{"what": "name", "start": 2, "end": 5}, {"what": "phone", "start": 7, "end": 10}]
        assert chosen_again(text, hints, [[2, 5]]) == (["0"], [])
        assert chosen_again(text, hints, [[7, 10], [11, 16]]) == (["1"], ["住", "向阳院"])
        assert chosen_again(text, hints, [[1, 6]]) == (["0"], ["叫王语桐，"])
        assert chosen_again(text, hints, [[2, 5], [0, 1], [0, 1]]) == (["0"], ["我"])

    def test_marks_by_number(self) -> None:
        hints = [{"what": "name", "start": 2, "end": 5}, {"what": "phone", "start": 7, "end": 18}]
        assert spans_of(hints, ["1", "x", "9", "-1", "²"]) == [(7, 18)]

    def test_words_wherever_they_stand(self) -> None:
        assert spans_of_words("小明和小明", ["小明", "", "没有"]) == [(0, 2), (3, 5)]

    def test_overlapping_places_are_one_bar(self) -> None:
        assert merged([(3, 5), (0, 2), (1, 4), (9, 20), (7, 7), (-3, -1)], 10) == [(0, 5), (9, 10)]
        assert blacked_out("我叫王语桐，多种树", [(2, 5), (2, 4)]) == f"我叫{BAR}，多种树"

    @given(
        st.text(alphabet="ab王小", max_size=30),
        st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=6),
    )
    def test_what_is_left_stood_there_and_what_is_covered_is_gone(
        self, text: str, spans: list[tuple[int, int]]
    ) -> None:
        covered = {at for start, end in merged(spans, len(text)) for at in range(start, end)}
        left = "".join(letter for at, letter in enumerate(text) if at not in covered)
        assert blacked_out(text, spans).replace(BAR, "") == left


class TestChanges:
    def test_taken_out_and_put_in(self) -> None:
        found = changes("我叫王语桐，多种树", "多种些树")
        assert "".join(one.text for one in side(found, "gone")) == "我叫王语桐，多种树"
        assert "".join(one.text for one in side(found, "new")) == "多种些树"
        assert [one.text for one in found if one.how == "new"] == ["些"]

    def test_another_text_altogether(self) -> None:
        found = changes("冬天放学天黑", "绿灯只有十五秒，天")
        assert [(one.how, one.text) for one in found] == [
            ("gone", "冬天放学天黑"),
            ("new", "绿灯只有十五秒，天"),
        ]

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_both_sides_are_whole(self, before: str, now: str) -> None:
        found = changes(before, now)
        assert "".join(one.text for one in side(found, "gone")) == before
        assert "".join(one.text for one in side(found, "new")) == now


class TestFold:
    @pytest.mark.parametrize(
        ("verdicts", "state"),
        [
            ([], "waiting"),
            (["approved"], "approved"),
            (["returned", "undone"], "waiting"),
            (["refused", "undone", "approved"], "approved"),
        ],
    )
    def test_one_after_the_other(self, verdicts: list[str], state: str) -> None:
        assert fold(verdicts) == state

    @pytest.mark.parametrize("verdicts", [["undone"], ["approved", "refused"], ["deleted"]])
    def test_what_can_t_follow(self, verdicts: list[str]) -> None:
        with pytest.raises(ValueError, match="can't follow"):
            fold(verdicts)
