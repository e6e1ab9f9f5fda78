"""Thresholds may be raised and never lowered; words and rounding at their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.figures.rounding import (
    BLANK,
    OPEN,
    SHUT,
    SOFT,
    face,
    open_faces,
    to_nearest,
    total_face,
)
from participation.figures.thresholds import OFFICIAL, PUBLIC, Profile, TooLow
from participation.figures.words import Cell, almost, percent


@pytest.mark.parametrize("profile", [PUBLIC, OFFICIAL])
@pytest.mark.parametrize("threshold", ["few", "base", "schools", "step"])
def test_no_threshold_can_be_lowered(profile, threshold):
    values = {n: getattr(profile, n) for n in ("name", "few", "base", "schools", "step")}
    with pytest.raises(TooLow, match=threshold):
        Profile(**{**values, threshold: values[threshold] - 1})
    assert Profile(**{**values, threshold: values[threshold] + 1}) != profile


def test_an_unknown_profile_is_refused():
    with pytest.raises(TooLow, match="secret"):
        Profile("secret", 100, 100, 100, 100)


@pytest.mark.parametrize(
    ("count", "step", "shown"),
    [(10, 5, 10), (12, 5, 10), (13, 5, 15), (17, 5, 15), (395, 10, 400), (394, 10, 390), (7, 1, 7)],
)
def test_rounding_to_the_nearest(count, step, shown):
    assert to_nearest(count, step) == shown


@pytest.mark.parametrize(
    ("count", "n", "mark"),
    [
        (0, 30, "<5"),
        (1, 30, "<5"),
        (2, 30, None),
        (5, 100, None),
        (95, 100, None),
        (96, 100, ">95"),
    ],
)
def test_all_or_nothing_answers_are_marked(count, n, mark):
    assert almost(count, n) == mark


def test_percent_rounds_halves_up_and_never_says_all_or_nothing_in_public():
    assert percent(1, 8, rounded=False) == 13
    assert percent(100, 100, rounded=False) == 100
    assert percent(40, 40, rounded=True) == 95
    assert percent(10, 3000, rounded=True) == 1


@pytest.mark.parametrize(
    ("count", "n", "cell"),
    [
        (9, 100, Cell("hidden", why="few")),
        (10, 100, Cell("rounded", 10)),
        (13, 100, Cell("rounded", 15)),
        (0, 30, Cell("hidden", share="<5", why="few")),
        (0, 29, Cell("hidden", why="few")),
        (30, 30, Cell("hidden", share=">95", why="uniform")),
        (29, 29, Cell("rounded", 30)),
    ],
)
def test_what_the_public_sees(count, n, cell):
    assert face(count, n, OPEN, PUBLIC, several=False) == cell


@pytest.mark.parametrize(
    ("count", "several", "state", "cell"),
    [
        (4, False, OPEN, Cell("hidden", why="few")),
        (5, False, OPEN, Cell("exact", 5)),
        (97, False, OPEN, Cell("exact", 97)),
        (97, True, OPEN, Cell("hidden", why="uniform")),
        (95, True, OPEN, Cell("exact", 95)),
        (44, False, SOFT, Cell("rounded", 40)),
        (44, False, SHUT, Cell("hidden", why="secondary")),
        (4, False, SHUT, Cell("hidden", why="few")),
    ],
)
def test_what_officials_see_of_a_hundred(count, several, state, cell):
    assert face(count, 100, state, OFFICIAL, several=several) == cell


@pytest.mark.parametrize("count", [0, 4, 5, 9, 10, 50, 95, 96, 100])
def test_a_blank_says_nothing_of_its_size(count):
    blank = Cell("hidden", why="secondary")
    assert face(count, 100, BLANK, PUBLIC, several=True) == blank
    assert total_face(count, BLANK, PUBLIC) == blank


@given(
    st.integers(0, 300).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n), min_size=1, max_size=7))
    ),
    st.integers(0, 7),
    st.sampled_from([PUBLIC, OFFICIAL, Profile("official", 8, 40, 0, 3)]),
)
def test_a_whole_line_looks_as_its_cells_do(line, options, profile):
    n, counts = line
    assert open_faces(counts, n, profile, options=options) == [
        face(count, n, OPEN, profile, several=column < options)
        for column, count in enumerate(counts)
    ]


def test_small_numbers_of_people_are_hidden():
    assert total_face(9, OPEN, PUBLIC) == Cell("hidden", why="few")
    assert total_face(4, OPEN, OFFICIAL) == Cell("hidden", why="few")
    assert total_face(5, OPEN, OFFICIAL) == Cell("exact", 5)
