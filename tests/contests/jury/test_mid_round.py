"""Jurors come and go and the quorum changes in mid-round: finished judgements stay as they are."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.contests.jury.assignment import JurorLoad, assign, handed_over
from tests.contests.jury.cases import city, half_done, rounds, seats


@pytest.fixture
def begun():
    case = city()
    found = assign(**case)
    already, open_seats = half_done(found, random.Random(5))
    return case | {"already": already, "open_seats": open_seats}


def whole(case, found):
    """All jurors of each work, finished and open."""
    by = seats(found)
    return {work: [*case["already"].get(work, ()), *by[work]] for work in case["works"]}


def test_dealing_anew_without_a_change_moves_nothing(begun):
    found = assign(**begun)
    assert (found.given, found.taken) == ((), ())


@given(rounds())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_dealing_twice_is_dealing_once(case):
    once = assign(**case)
    twice = assign(**case | {"open_seats": {w: set(s) for w, s in seats(once).items()}})
    assert sum(map(len, twice.packs.values())) == sum(map(len, once.packs.values()))
    assert unevenness(case, twice) == pytest.approx(unevenness(case, once))


def unevenness(case, found):
    return sum((found.loads[one.juror] + one.credit) ** 2 / one.share for one in case["jurors"])


@pytest.mark.parametrize("quorum", [3, 4, 5, 6])
def test_the_quorum_changes(begun, quorum):
    found = assign(**begun | {"quorum": quorum})
    for work, jurors in whole(begun, found).items():
        assert len(jurors) == len(set(jurors))
        assert len(jurors) == max(quorum, len(begun["already"].get(work, ())))
    fewest, most = {3: (0, 60), 4: (0, 0), 5: (600, 700), 6: (1200, 1300)}[quorum]
    assert fewest <= len(found.given) <= most


def test_a_juror_comes(begun):
    found = assign(**begun | {"jurors": [*begun["jurors"], JurorLoad(50)]})
    assert {len(set(jurors)) for jurors in whole(begun, found).values()} == {4}
    assert found.loads[50] == len(found.packs[50]) and found.loads[50] >= 184
    assert {juror for _work, juror in found.given} >= {50}
    assert len(found.given) <= 230, "open seats move no more than evenness asks"


def test_a_juror_goes_and_what_she_finished_counts(begun):
    stay = [one for one in begun["jurors"] if one.juror != 3]
    found = assign(**begun | {"jurors": stay})
    assert 3 not in found.packs
    assert {len(set(jurors)) for jurors in whole(begun, found).values()} == {4}
    assert any(3 in jurors for jurors in whole(begun, found).values())
    gone = {(work, juror) for work, juror in found.taken if juror == 3}
    assert gone == {(work, 3) for work, jurors in begun["open_seats"].items() if 3 in jurors}


def test_a_stand_in_takes_over_the_open_pack_and_no_more(begun):
    finished = sum(3 in jurors for jurors in begun["already"].values())
    stay = [one for one in begun["jurors"] if one.juror != 3]
    found = assign(
        **begun
        | {
            "jurors": [*stay, JurorLoad(50, credit=finished)],
            "open_seats": handed_over(begun["open_seats"], 3, 50),
        }
    )
    assert (found.given, found.taken) == ((), ())
    assert set(found.packs[50]) == {w for w, s in begun["open_seats"].items() if 3 in s}


def test_a_stand_in_with_conflicts_hands_those_on(begun):
    conflicts = begun["conflicts"] | {50: {w for w, s in begun["open_seats"].items() if 3 in s}}
    stay = [one for one in begun["jurors"] if one.juror != 3]
    found = assign(
        **begun
        | {
            "jurors": [*stay, JurorLoad(50)],
            "conflicts": conflicts,
            "open_seats": handed_over(begun["open_seats"], 3, 50),
        }
    )
    assert not set(found.packs[50]) & conflicts[50]
    assert {len(set(jurors)) for jurors in whole(begun, found).values()} == {4}


def test_a_conflict_found_later_sets_the_judgement_aside():
    jurors = [JurorLoad(number) for number in range(1, 6)]
    found = assign([1], jurors, 3, {2: {1}}, already={1: {1, 2, 3}}, seed=b"x")
    assert found.set_aside == ((1, 2),)
    assert len(found.given) == 1 and found.given[0][1] in (4, 5)


@given(st.integers(0, 30), st.integers(1, 40))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_evenness_counts_what_is_finished(done, works):
    """Who worked early is not asked for more (montage#21)."""
    jurors = [JurorLoad(number) for number in range(5)]
    already = {work: {0} for work in range(min(done, works))}
    found = assign(range(works), jurors, 3, already=already, seed=b"x")
    assert max(found.loads.values()) - min(found.loads.values()) <= max(1, done)
    if done <= works * 3 // 5:
        assert max(found.loads.values()) - min(found.loads.values()) <= 1
