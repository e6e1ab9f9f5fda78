"""Boxes, papers, receipts and half hours, without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.ballots.box import ROOM, SEALED, Unreadable, new_box, put_in, take_out
from participation.ballots.bursts import half_hour, in_lesson, large_enough
from participation.ballots.papers import (
    choice_on,
    choice_paper,
    half_hour_on,
    half_hour_paper,
    pile_choice,
    pile_name,
)
from participation.ballots.receipts import Receipt, receipt_from, receipt_of
from participation.ballots.tally import LEAST
from participation.figures.thresholds import FLOORS, PUBLIC
from tests.ballots.polls import OPTIONS

QUICK = settings(max_examples=60, deadline=None)
MOMENT = datetime(2026, 6, 16, 2, 44, 59, tzinfo=UTC)
codes = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)


class TestBox:
    @given(st.lists(codes, min_size=1, max_size=8, unique=True))
    @QUICK
    def test_every_paper_has_one_length_and_opens_again(self, choice: list[str]) -> None:
        public, private = new_box()
        paper = choice_paper(choice)
        sealed = put_in(public, 7, paper)
        assert len(sealed) == SEALED
        assert take_out(private, 7, sealed) == paper
        assert choice_on(paper) == tuple(sorted(choice))

    def test_the_same_paper_never_looks_the_same(self) -> None:
        public, _private = new_box()
        assert len({put_in(public, 7, choice_paper(["cat"])) for _each in range(20)}) == 20

    def test_it_opens_with_its_key_in_its_voting_unchanged(self) -> None:
        (public, private), (_other, wrong) = new_box(), new_box()
        sealed = put_in(public, 7, choice_paper(["cat"]))
        changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        for key, voting, paper in (
            (wrong, 7, sealed),
            (private, 8, sealed),
            (private, 7, changed),
            (private, 7, b""),
        ):
            with pytest.raises(Unreadable):
                take_out(key, voting, paper)

    def test_a_paper_that_is_too_long_is_not_sealed(self) -> None:
        public, _private = new_box()
        with pytest.raises(ValueError, match="240"):
            put_in(public, 7, {"c": "x" * ROOM})

    def test_what_is_no_paper_is_not_read(self) -> None:
        public, private = new_box()
        sealed = put_in(public, 7, ["cat"])  # type: ignore[arg-type]
        with pytest.raises(Unreadable):
            take_out(private, 7, sealed)


class TestPapers:
    def test_the_order_of_tapping_is_not_kept(self) -> None:
        assert choice_paper(["sun", "cat"]) == choice_paper(["cat", "sun"])

    def test_one_tells_the_choice_the_other_the_half_hour(self) -> None:
        other = half_hour_paper(MOMENT, "school-a")
        assert choice_on(other) is None
        assert half_hour_on(other) == ("school-a", MOMENT.replace(minute=30, second=0))
        assert set(other) == {"t", "g"} and set(choice_paper(OPTIONS)) == {"c"}

    @given(st.lists(codes, min_size=1, max_size=5))
    @QUICK
    def test_a_pile_keeps_its_choice(self, choice: list[str]) -> None:
        assert pile_choice(pile_name(tuple(choice))) == tuple(choice)


class TestReceipts:
    def test_it_is_four_pictures_and_two_letters(self) -> None:
        receipt = receipt_of(7, b"sealed")
        assert len(receipt.pictures) == 4 and len(receipt.letters) == 2
        assert receipt == receipt_of(7, b"sealed") != receipt_of(8, b"sealed")
        assert receipt_from(receipt.mark) == receipt

    def test_thousands_rarely_share_one(self) -> None:
        marks = {receipt_of(7, str(n).encode()).mark for n in range(3000)}
        assert len(marks) >= 2990

    @pytest.mark.parametrize(
        "mark", ["", "moon", "moon-fish-fish-star-K", "moon-fish-star-K7", "moon-fish-fish-sun-K7"]
    )
    def test_anything_else_is_none(self, mark: str) -> None:
        with pytest.raises(ValueError, match="receipt"):
            receipt_from(mark)
        with pytest.raises(ValueError, match="receipt"):
            receipt_from("moon-fish-fish-star-k7")

    def test_a_known_one(self) -> None:
        assert receipt_from("moon-fish-fish-star-K7") == Receipt(
            ("moon", "fish", "fish", "star"), "K7"
        )


class TestBursts:
    def test_a_half_hour_begins_at_the_hour_or_half_past(self) -> None:
        assert half_hour(MOMENT).minute == 30
        assert half_hour(MOMENT.replace(minute=29)).minute == 0

    @pytest.mark.parametrize(
        ("utc", "lesson"),
        [
            ("2026-06-15T23:30", False),
            ("2026-06-16T00:00", True),
            ("2026-06-16T03:00", True),
            ("2026-06-16T03:30", False),
            ("2026-06-16T05:30", True),
            ("2026-06-16T08:00", True),
            ("2026-06-16T08:30", False),
            ("2026-06-14T02:00", False),
            ("2026-06-19T02:00", False),
        ],
    )
    def test_lessons_are_those_of_school_days_in_the_city(self, utc: str, lesson: bool) -> None:
        """The 14th is a Sunday, the 19th the Dragon Boat Festival."""
        assert in_lesson(datetime.fromisoformat(utc).replace(tzinfo=UTC)) is lesson

    def test_fewer_than_ten_are_not_kept(self) -> None:
        assert large_enough({("a", MOMENT): 9, ("b", MOMENT): 10}) == {("b", MOMENT): 10}


def test_the_minimum_is_that_of_the_figures() -> None:
    """The two rooms are neighbours and can't ask each other."""
    assert LEAST >= FLOORS["public"]["few"] == PUBLIC.few
