"""Officials read the public edition too: side by side, two editions must give nothing away (R71).

The attacker sees every cell, mark and reason of both.
"""

import pytest
from hypothesis import HealthCheck, given, settings

from participation.figures.board import Board, Spot
from participation.figures.publish import protect, protect_both
from participation.figures.rounding import SOFT
from participation.figures.suppression import Shield, shield_both
from participation.figures.tables import Group, Table, Tables
from participation.figures.thresholds import OFFICIAL, PUBLIC, Profile
from tests.figures.attack import hidden_numbers, recovered
from tests.figures.cities import Crowd, cities, count, grown_city, listed_cities

SLOW = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def found_out(tables, official=OFFICIAL, public=PUBLIC):
    """What officials with both editions, and the public with its own, can work out."""
    for_officials, for_public = (e.to_json() for e in protect_both(tables, official, public))
    return [
        *recovered(for_officials, for_public, blanks=True),
        *recovered(for_public, blanks=True),
    ]


@SLOW
@given(cities())
def test_both_editions_of_a_small_city_give_nothing_away(tables):
    assert found_out(tables) == []


@SLOW
@given(cities(largest=60, crowds=16))
def test_nor_those_of_a_larger_one(tables):
    assert found_out(tables) == []


@SLOW
@given(listed_cities())
def test_nor_when_it_is_known_how_many_could_have_answered(tables):
    assert found_out(tables) == []


@SLOW
@given(cities(largest=30))
def test_nor_when_a_city_hides_more_than_it_must(tables):
    public = Profile("public", few=12, base=40, schools=3, step=5)
    assert found_out(tables, Profile("official", few=8, base=40, schools=0, step=1), public) == []


def shown(edition):
    """How many cells show a number, and how many anything at all, of so many."""
    cells = [
        cell
        for question in edition["questions"]
        for lines in ([question["all"]], *question["by"].values())
        for line in lines
        for cell in line["cells"]
    ]
    numbers = sum(cell["as"] != "hidden" for cell in cells)
    return numbers, sum(cell["as"] != "hidden" or cell["share"] is not None for cell in cells)


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_questions_of_a_city_are_safe_and_lose_next_to_nothing(seed):
    tables = grown_city(712, seed)
    apart = [protect(tables, profile).to_json() for profile in (OFFICIAL, PUBLIC)]
    both = [edition.to_json() for edition in protect_both(tables, OFFICIAL, PUBLIC)]
    assert len(recovered(*apart)) > 10
    assert recovered(*both, blanks=True) == []
    for before, after in zip(apart, both, strict=True):
        for one, other in zip(shown(before), shown(after), strict=True):
            assert other >= 0.99 * one


def test_where_nothing_is_hidden_the_editions_are_those_protected_alone():
    groups = [(b, d, g) for b in "abc" for d in "12" for g in "fmx"]
    tables = count([Crowd(g, ((c,),), 40) for g in groups for c in range(4)], [(2, 0)])
    both = protect_both(tables, OFFICIAL, PUBLIC)
    assert both == (protect(tables, OFFICIAL), protect(tables, PUBLIC))
    assert [list(hidden_numbers(edition.to_json())) for edition in both] == [[], []]


@SLOW
@given(cities(largest=30))
def test_the_same_tables_always_give_the_same_editions(tables):
    assert protect_both(tables, OFFICIAL, PUBLIC) == protect_both(tables, OFFICIAL, PUBLIC)


@SLOW
@given(cities(largest=40, crowds=16))
def test_every_hidden_number_is_still_safe_after_the_last_was_secured(tables):
    boards = Board(tables, OFFICIAL), Board(tables, PUBLIC)
    shield_both(*boards)
    before = [dict(board.versions) for board in boards]
    shield_both(*boards)
    assert [board.versions for board in boards] == before


def test_a_walk_that_a_later_coarsening_gives_away_is_noticed():
    """To the nearest 4 nobody can tell 14 from 15, to the nearest 10 everybody can."""
    profile = Profile("official", few=5, base=30, schools=0, step=4)
    rows = ((14, 3, 15, 0), (2, 40, 2, 14), (0, 40, 4, 0))
    total = tuple(map(sum, zip(*rows, strict=True)))
    table = Table("q", "single", ("1", "2", "dk", "skip"), total, {"district": rows})
    groups = tuple(Group(str(place), sum(row)) for place, row in enumerate(rows))
    board = Board(Tables(Group("all", sum(total)), {"district": groups}, (table,)), profile)
    first = Shield(board)
    first.hold()
    board.coarsen(Spot(0, (0, 0), 3), SOFT)
    assert first.hold()
    assert not Shield(board).hold()
