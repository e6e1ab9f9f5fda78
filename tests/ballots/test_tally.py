"""Counting by piles equals looking at each paper; ties are told as ties."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.ballots.tally import (
    LEAST,
    Choice,
    count,
    hide_small,
    is_sound,
    places,
)

QUICK = settings(max_examples=120, deadline=None)
CIRCLES = {"a1": "a", "a2": "a", "b1": "b", "all": ""}
NONE_OF_OURS = "moon"
papers = st.lists(
    st.lists(st.sampled_from([*CIRCLES, NONE_OF_OURS]), max_size=4).map(lambda c: tuple(sorted(c))),
    max_size=60,
)
numbers = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5))


@given(papers, st.integers(1, 4))
@QUICK
def test_the_piles_count_like_each_paper(cast: list[Choice], most: int) -> None:
    tally = count(Counter(cast), CIRCLES, most)
    good = [c for c in cast if is_sound(c, CIRCLES, most)]
    assert (tally.papers, tally.spoiled) == (len(good), len(cast) - len(good))
    assert tally.counts == {o: sum(o in choice for choice in good) for o in CIRCLES}
    assert sum(tally.counts.values()) == sum(map(len, good))
    assert all(n <= tally.papers for n in tally.counts.values())


@given(papers, papers)
@QUICK
def test_two_boxes_together_count_as_much_as_each(
    first: list[Choice], second: list[Choice]
) -> None:
    both = count(Counter(first + second), CIRCLES, 2)
    one, other = (count(Counter(each), CIRCLES, 2) for each in (first, second))
    assert both.counts == {o: one.counts[o] + other.counts[o] for o in CIRCLES}
    assert both.papers == one.papers + other.papers


@given(st.permutations([("a1",), ("b1",), ("a1", "all"), ("all",), ("all",), ("moon",)]))
@QUICK
def test_the_order_of_papers_means_nothing(cast: list[Choice]) -> None:
    tally = count(Counter(cast), CIRCLES, 2)
    assert tally.counts == {"a1": 2, "a2": 0, "b1": 1, "all": 3}
    assert (tally.papers, tally.spoiled) == (5, 1)


def test_a_paper_names_one_to_so_many_different_options() -> None:
    assert is_sound(("a1",), CIRCLES, 1) and is_sound(("a1", "all"), CIRCLES, 2)
    for wrong in ((), ("a1", "all"), ("a1", "a1"), ("moon",)):
        assert not is_sound(wrong, CIRCLES, 1)


@given(papers)
@QUICK
def test_a_circle_with_few_papers_is_hidden_whole_and_no_other(cast: list[Choice]) -> None:
    piles = Counter(cast)
    whole = count(piles, CIRCLES, 4)
    shown = hide_small(whole, piles, CIRCLES)
    assert {**shown.counts, **dict.fromkeys(shown.hidden)}.keys() == CIRCLES.keys()
    assert "all" not in shown.hidden
    for option in shown.hidden:
        assert whole.counts[option] < LEAST
    for circle in "ab":
        mine = {o for o in CIRCLES if CIRCLES[o] == circle}
        came = sum(bool(mine & {*choice}) for choice in cast)
        assert (mine <= {*shown.hidden}) is (came < LEAST)


@given(numbers, st.integers(1, 9))
@QUICK
def test_places_are_filled_from_the_top(counts: dict[str, int], seats: int) -> None:
    found = places(counts, seats)
    assert not {*found.chosen} & {*found.tied}
    assert len(found.chosen) + found.left <= seats
    assert all(counts[o] for o in (*found.chosen, *found.tied))
    out = [counts[o] for o in counts if o not in {*found.chosen, *found.tied}]
    lowest = [counts[o] for o in (*found.chosen, *found.tied)]
    assert not lowest or not out or max(out) <= min(lowest)
    if found.tied:
        assert len({counts[o] for o in found.tied}) == 1
        assert 0 < found.left < len(found.tied)
        assert len(found.chosen) + found.left == seats
    else:
        assert len(found.chosen) == min(seats, sum(bool(n) for n in counts.values()))


def test_odd_cases() -> None:
    assert places({}).chosen == () and places({"a": 0}).tied == ()
    assert places({"a": 3, "b": 1}).chosen == ("a",)
    tie = places({"a": 3, "b": 3, "c": 1})
    assert (tie.chosen, tie.tied, tie.left) == ((), ("a", "b"), 1)
    rest = places({"a": 5, "b": 3, "c": 3, "d": 1}, seats=2)
    assert (rest.chosen, rest.tied, rest.left) == (("a",), ("b", "c"), 1)
    assert places({"a": 5, "b": 3, "c": 3}, seats=3).chosen == ("a", "b", "c")
    assert count({}, CIRCLES, 1).papers == 0
