"""Works are dealt to jurors: a full quorum, no conflict, nobody twice, and as even as can be."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from participation.contests.jury.assignment import JurorLoad, Why, assign
from participation.contests.jury.severity import Equations
from tests.contests.jury.cases import city, kept, rounds, seats, spread

TEN = [JurorLoad(number) for number in range(1, 11)]


@given(rounds())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_what_always_holds(case):
    found = assign(**case)
    by = seats(found)
    caps = {one.juror: one.cap for one in case["jurors"]}
    short = {one.work: one for one in found.shortages}
    for work in case["works"]:
        seated, finished = by[work], kept(case, work)
        assert len(set(seated)) == len(seated) and not set(seated) & finished
        assert not any(work in case["conflicts"].get(juror, ()) for juror in seated)
        assert len(seated) + len(finished) <= max(case["quorum"], len(finished))
        assert (len(seated) + len(finished) < case["quorum"]) is (work in short)
        assert work not in short or short[work].seats == len(seated) + len(finished)
    for juror, pack in found.packs.items():
        done = sum(juror in kept(case, work) for work in case["works"])
        assert found.loads[juror] == len(pack) + done
        assert caps[juror] is None or not pack or found.loads[juror] <= caps[juror]
    before = {(w, j) for w, seated in case["open_seats"].items() for j in seated}
    after = {(work, juror) for work, seated in by.items() for juror in seated}
    assert (set(found.given), set(found.taken)) == (after - before, before - after)
    assert set(found.set_aside) == {
        (w, j) for w in case["works"] for j in case["already"][w] - kept(case, w)
    }
    assert found == assign(**case)


def best(case):
    """The most seats that can be filled, and then the least sum of load² / share, by scipy."""
    jurors, works = case["jurors"], case["works"]
    done = {work: kept(case, work) for work in works}
    base = [one.credit + sum(one.juror in done[w] for w in works) for one in jurors]
    room = [
        max(0, one.cap + one.credit - load) if one.cap is not None else len(works)
        for one, load in zip(jurors, base, strict=True)
    ]
    lack = [max(0, case["quorum"] - len(done[work])) for work in works]
    able = [
        (w, j)
        for w, work in enumerate(works)
        for j, one in enumerate(jurors)
        if one.juror not in done[work] and work not in case["conflicts"].get(one.juror, ())
    ]
    end = 1 + len(works) + len(jurors)
    flow = np.zeros((end + 1, end + 1), dtype=np.int32)
    flow[0, 1 : 1 + len(works)] = lack
    for w, j in able:
        flow[1 + w, 1 + len(works) + j] = 1
    flow[1 + len(works) : end, end] = room
    most = maximum_flow(csr_array(flow), 0, end).flow_value
    return most, _least(case, able, lack, room, base, most)


def _least(case, able, lack, room, base, most):
    """A linear programme over a network, so that its answer is whole."""
    slots = [(j, k) for j, size in enumerate(room) for k in range(min(size, len(case["works"])))]
    costs = [0.0] * len(able) + [
        (2 * (base[j] + k) + 1) / case["jurors"][j].share for j, k in slots
    ]
    up = [[float(w == row) for w, _j in able] + [0.0] * len(slots) for row in range(len(lack))]
    equal = [
        [float(j == row) for _w, j in able] + [-float(j == row) for j, _k in slots]
        for row in range(len(room))
    ]
    equal.append([1.0] * len(able) + [0.0] * len(slots))
    if not costs:
        return 0.0
    right = [0.0] * len(room) + [float(most)]
    found = linprog(costs, A_ub=up, b_ub=lack, A_eq=equal, b_eq=right, bounds=(0, 1))
    assert found.status == 0
    return found.fun


@given(rounds())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_assignment_fills_more_seats_or_is_more_even(case):
    found = assign(**case)
    most, least = best(case)
    assert sum(map(len, found.packs.values())) == most
    cost = 0.0
    for one in case["jurors"]:
        after = found.loads[one.juror] + one.credit
        before = after - len(found.packs[one.juror])
        cost += (after**2 - before**2) / one.share
    assert cost == pytest.approx(least, abs=1e-6)


@given(st.integers(3, 5), st.integers(5, 12), st.integers(1, 80), st.binary(min_size=1))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_loads_and_strata_differ_by_one_at_most(quorum, jurors, works, seed):
    case = {"strata": {work: "abc"[work % 3 and work % 2] for work in range(works)}}
    everybody = [JurorLoad(number) for number in range(jurors)]
    found = assign(range(works), everybody, quorum, strata=case["strata"], seed=seed)
    assert max(found.loads.values()) - min(found.loads.values()) <= 1
    assert all(most - least <= 1 for least, most in spread(found, case).values())


def test_strata_are_even_in_spite_of_conflicts():
    case = city()
    found = assign(**case)
    assert set(found.loads.values()) == {200} and not found.shortages
    assert all(most - least <= 2 for least, most in spread(found, case).values())


def test_all_jurors_meet_so_that_their_severities_compare():
    found = seats(assign(range(400), [JurorLoad(n) for n in range(20)], 4, seed=b"x"))
    meetings = Equations(20)
    for seated in found.values():
        meetings.add(dict.fromkeys(seated, 0.0))
    assert set(meetings.groups()) == {0}
    pairs = {pair for seated in found.values() for pair in combinations(sorted(seated), 2)}
    assert len(pairs) == 190


def test_orders_are_shuffled_for_each_juror_and_do_not_move_when_works_come():
    few = assign(range(60), TEN[:3], 3, seed=b"x").packs
    more = assign(range(70), TEN[:3], 3, seed=b"x").packs
    assert len({few[1], few[2], few[3], tuple(sorted(few[1]))}) == 4
    assert [work for work in more[1] if work < 60] == list(few[1])
    assert assign(range(60), TEN[:3], 3, seed=b"y").packs != few


def test_shares_and_caps():
    jurors = [JurorLoad(1, share=2), JurorLoad(2), JurorLoad(3), JurorLoad(4), JurorLoad(5, cap=7)]
    found = assign(range(60), jurors, 3, seed=b"x")
    assert found.loads == {1: 60, 2: 38, 3: 38, 4: 37, 5: 7} or sorted(found.loads.values()) == [
        *(7, 37, 38, 38, 60)
    ]


@pytest.mark.parametrize(
    ("jurors", "conflicts", "why", "seats_", "able"),
    [
        (TEN[:2], {}, Why.TOO_FEW_JURORS, 2, 2),
        (TEN[:4], {1: {7}, 2: {7}}, Why.CONFLICTS, 2, 2),
        ([*TEN[:2], JurorLoad(3, cap=0)], {}, Why.CAPS, 2, 3),
    ],
)
def test_it_says_why_a_work_lacks_jurors(jurors, conflicts, why, seats_, able):
    (one,) = assign([7], jurors, 3, conflicts, seed=b"x").shortages
    assert (one.work, one.seats, one.able, one.why) == (7, seats_, able, why)


def test_a_full_jury_makes_room_by_moving_others():
    """Juror 1 is full of a work that another could take; the one that only she can take wins."""
    jurors = [JurorLoad(1, cap=1), JurorLoad(2), JurorLoad(3), JurorLoad(4)]
    found = assign([1, 2], jurors, 3, {4: {2}}, open_seats={1: {1, 2, 3}}, already={}, seed=b"x")
    assert not found.shortages and seats(found) == {1: [2, 3, 4], 2: [1, 2, 3]}


@pytest.mark.parametrize(
    ("works", "jurors", "quorum"),
    [
        ([1], TEN, 2),
        ([1, 1], TEN, 3),
        ([1], [*TEN, JurorLoad(1)], 3),
        ([1], [JurorLoad(1, share=0)], 3),
        ([1], [JurorLoad(1, cap=-1)], 3),
        ([1], [JurorLoad(1, credit=-1)], 3),
    ],
)
def test_what_can_not_be_is_refused(works, jurors, quorum):
    with pytest.raises(ValueError):
        assign(works, jurors, quorum, seed=b"x")


def test_no_work_and_nobody():
    assert assign([], TEN, 3, seed=b"x").shortages == ()
    assert assign([1], [], 3, seed=b"x").shortages[0].why is Why.TOO_FEW_JURORS
