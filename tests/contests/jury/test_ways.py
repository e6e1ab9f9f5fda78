"""Votes, rubrics and rankings become judgements; what is deferred or half done is none yet."""

from fractions import Fraction
from itertools import permutations

import pytest

from participation.contests.jury.ways import (
    Judgement,
    Open,
    Ranking,
    Rating,
    Rubric,
    Vote,
    from_rankings,
    from_ratings,
    from_votes,
    open_rankings,
    open_ratings,
    open_votes,
)

RUBRIC = Rubric((2, 1, 1))


def test_a_vote_counts_unless_it_is_deferred():
    votes = [Vote(1, 7, True), Vote(1, 8, False), Vote(1, 9, None)]
    assert list(from_votes(votes)) == [Judgement(1, 7, 1.0), Judgement(1, 8, 0.0)]


def test_a_rating_is_the_weighted_mean_of_its_steps():
    ratings = [Rating(1, 7, (5, 3, 4)), Rating(1, 8, (5, None, 4)), Rating(2, 7, (1, 1, 1))]
    assert list(from_ratings(ratings, RUBRIC)) == [Judgement(1, 7, 4.25), Judgement(2, 7, 1.0)]


@pytest.mark.parametrize("steps", [(5, 3), (5, 3, 6), (0, 3, None), (1, 1, 1, 1)])
def test_steps_that_are_none_are_refused(steps):
    with pytest.raises(ValueError):
        list(from_ratings([Rating(1, 7, steps)], RUBRIC))


@pytest.mark.parametrize("weights", [(1, 1), (1, 1, 1, 1, 1, 1), (1, 0, 1)])
def test_a_rubric_has_three_to_five_criteria(weights):
    with pytest.raises(ValueError):
        Rubric(weights)


def values(*rankings):
    return {(one.work, one.juror): one.value for one in from_rankings(rankings)}


def test_places_of_packs_of_different_sizes():
    small = Ranking(1, (1, 2), ((1,), (2,)))
    large = Ranking(2, (1, 2, 3, 4), ((4,), (3,), (1,), (2,)))
    found = values(small, large)
    assert found[1, 1] == pytest.approx(2 / 3) and found[2, 1] == pytest.approx(1 / 3)
    assert found[4, 2] == pytest.approx(4 / 5), "the best of four has surpassed more"


def test_ties_share_the_mean_of_their_places():
    found = values(Ranking(1, (1, 2, 3, 4), ((4,), (1, 2, 3))))
    assert [found[work, 1] for work in (1, 2, 3)] == pytest.approx([2 / 5] * 3)
    assert sum(found.values()) == pytest.approx(2)


def test_a_place_is_what_its_work_can_be_expected_to_surpass():
    """Exactly: over all packs of 2 out of 5 works, the mean share of the others below a place."""
    shares = {1: [], 2: []}
    for better, worse in ((max(p), min(p)) for p in permutations(range(5), 2)):
        shares[1].append(Fraction(better + 1, 6))
        shares[2].append(Fraction(worse + 1, 6))
    found = values(Ranking(1, (1, 2), ((1,), (2,))))
    for place, work in ((1, 1), (2, 2)):
        assert found[work, 1] == pytest.approx(sum(shares[place]) / len(shares[place]))


def test_an_order_counts_when_it_holds_the_whole_pack():
    half = Ranking(1, (1, 2, 3), ((2,), (1,)))
    assert values(half) == {}
    assert open_rankings([half, Ranking(2, (1,), ((1,),))]) == [
        Open(work, 1, 1 / 4, 3 / 4) for work in (1, 2, 3)
    ]


@pytest.mark.parametrize("order", [((1,), (1,)), ((3,),), ((1, 1),)])
def test_orders_that_can_not_be_are_refused(order):
    with pytest.raises(ValueError):
        values(Ranking(1, (1, 2), order))


def test_open_judgements_lie_on_the_scale():
    assert open_votes([(1, 7)]) == [Open(1, 7, 0.0, 1.0)]
    assert open_ratings([(1, 7)]) == [Open(1, 7, 1.0, 5.0)]
