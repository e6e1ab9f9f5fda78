"""Every work was liked for something, and that says nothing of how well it did."""

from participation.contests.jury.liking import liked
from participation.contests.jury.ways import Rating


def test_what_stands_out_against_the_other_criteria():
    ratings = [
        *(Rating(1, j, (5, 5, 5)) for j in range(3)),
        *(Rating(2, j, (3, 2, 3)) for j in range(3)),
        *(Rating(3, j, (1, 1, 2)) for j in range(3)),
        Rating(4, 1, (1, None, 5)),
    ]
    assert liked(ratings) == {1: 1, 2: 0, 3: 2}


def test_of_equals_the_first_and_nothing_of_nothing():
    assert liked([Rating(1, 1, (2, 2, 2)), Rating(2, 1, (4, 4, 4))]) == {1: 0, 2: 0}
    assert liked([Rating(1, 1, (2, None, 2))]) == liked([]) == {}
