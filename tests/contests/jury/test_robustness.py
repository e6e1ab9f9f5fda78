"""What one juror less or a late juror could change, against trying everything out."""

import json
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from participation.contests.jury.bounds import Ends
from participation.contests.jury.robustness import leave_one_out, sensitivity
from participation.contests.jury.scoring import Basis, Tally
from participation.contests.jury.selection import Cut, Field, Ties, within
from participation.contests.jury.severity import Equations
from participation.contests.jury.ways import Judgement, Open, open_votes

SEED = b"x"
WORKS = tuple(range(1, 6))
JURORS = range(11, 15)


@st.composite
def unfinished(draw):
    """Votes of five works by four jurors, some of them open, and a cut."""
    judgements, missing = [], []
    for work, juror in product(WORKS, JURORS):
        value = draw(st.sampled_from([0.0, 1.0, None])) if len(missing) < 6 else 1.0
        if value is None:
            missing.append((work, juror))
        else:
            judgements.append(Judgement(work, juror, value))
    cut = Cut(
        top=draw(st.sampled_from([None, 1, 2, 3])),
        least=draw(st.sampled_from([0.5, 0.75])) if draw(st.booleans()) else 0.0,
        ties=draw(st.sampled_from(list(Ties))),
    )
    return judgements, missing, cut


def completions(judgements, missing):
    for values in product([0.0, 1.0], repeat=len(missing)):
        more = [Judgement(*seat, value) for seat, value in zip(missing, values, strict=True)]
        yield Tally(WORKS, [*judgements, *more], JURORS)


def going_on(tally, cut):
    return within(tally.points(WORKS, cut.basis)[1], cut, SEED)


@given(unfinished())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_raw_sensitivity_is_exact(case):
    judgements, missing, cut = case
    tally = Tally(WORKS, judgements, JURORS)
    now = going_on(tally, cut)
    moved = set()
    for completed in completions(judgements, missing):
        moved |= going_on(completed, cut) ^ now
    plan = [(Field("a", WORKS), cut)]
    found = sensitivity(tally, plan, open_votes(missing), SEED)
    assert {one.work for one in found.unsure} == moved
    assert all(one.goes_on_now is (one.work in now) for one in found.unsure)
    assert found.could_change is bool(moved) and found.exact
    assert (found.open, found.goes_on) == (len(missing), len(now))
    assert found.reassign == tally.not_closable(WORKS)
    assert found.may_close == (found.reassign == ())


@given(unfinished())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_adjusted_scores_stay_within_their_bounds(case):
    """For every completion, with the ratio of variances as it was."""
    judgements, missing, _cut = case
    lenient = {11: 0.0, 12: 0.9, 13: 1.7, 14: 2.2}
    shifted = [Judgement(j.work, j.juror, j.value + lenient[j.juror]) for j in judgements]
    tally = Tally(WORKS, shifted, JURORS)
    fit = tally.fit
    assume(fit.juror_variance and fit.error_variance)
    opened = [Open(w, j, lenient[j], lenient[j] + 1) for w, j in missing]
    ends = Ends(tally, opened).of(WORKS, Basis.ADJUSTED)
    for values in product([0.0, 1.0], repeat=len(missing)):
        given = {work: dict(tally.given[work]) for work in WORKS}
        for (work, juror), value in zip(missing, values, strict=True):
            given[work][tally.places[juror]] = value + lenient[juror]
        sums = Equations(len(tally.jurors))
        for one in given.values():
            sums.add(one)
        ridge = fit.error_variance / fit.juror_variance
        (effects,) = sums.solved(sums.groups(), ridge, [sums.right])
        for work in ends:
            judges = given[work]
            score = (sum(judges.values()) - sum(effects[j] for j in judges)) / len(judges)
            assert ends[work].least - 1e-6 <= score <= ends[work].most + 1e-6


ROUND = [
    Judgement(work, juror, value)
    for work, values in {1: (5, 5, 4, 4), 2: (4, 4, 4, 4), 3: (4, 4, 3, 3), 4: (1, 1, 1, 5)}.items()
    for juror, value in zip(JURORS, map(float, values), strict=True)
]
FOUR = Field("b", (1, 2, 3, 4))


def test_a_late_juror_holds_up_nothing():
    """Three of four judgements are there: the round may close, and what could change is kept."""
    late = [j for j in ROUND if j.juror == 14]
    tally = Tally(FOUR.works, [j for j in ROUND if j.juror != 14], JURORS)
    missing = [Open(j.work, 14, 1.0, 5.0) for j in late]
    found = sensitivity(tally, [(FOUR, Cut(top=2))], missing, SEED)
    assert found.may_close and (found.open, found.works_open, found.jurors_late) == (4, 4, 1)
    assert [one.work for one in found.unsure] == [1, 2, 3]
    assert (found.unsure[2].least, found.unsure[2].most) == (3.0, 4.0)
    one_of_a_hundred = sensitivity(tally, [(FOUR, Cut(top=2))], missing[3:], SEED)
    assert not one_of_a_hundred.could_change, "work 4 can't come so far"
    stored = json.loads(json.dumps(found.as_data()))
    assert stored["may_close"] and stored["could_change"] and len(stored["unsure"]) == 3


def test_what_is_made_or_elsewhere_is_not_open():
    tally = Tally(FOUR.works, ROUND)
    missing = [Open(1, 11, 1.0, 5.0), Open(99, 11, 1.0, 5.0)]
    assert sensitivity(tally, [(FOUR, Cut(top=2))], missing, SEED).open == 0


def test_an_open_judgement_named_twice_is_one():
    tally = Tally(FOUR.works, ROUND[:-1], JURORS)
    found = sensitivity(tally, [(FOUR, Cut(top=2))], [Open(4, 14, 1.0, 5.0)] * 2, SEED)
    assert found.open == 1


def test_adjusted_sensitivity_knows_all_that_could_change():
    tally = Tally(FOUR.works, [j for j in ROUND if j.juror != 14], JURORS)
    missing = [Open(work, 14, 1.0, 5.0) for work in FOUR.works]
    found = sensitivity(tally, [(FOUR, Cut(top=2, basis=Basis.ADJUSTED))], missing, SEED)
    assert not found.exact and {one.work for one in found.unsure} >= {1, 2, 3}


def test_adjusted_bounds_without_severity_are_the_raw_ones():
    judgements = [Judgement(w, j, float((w + j) % 2)) for w in range(8) for j in range(4)]
    ends = Ends(Tally(range(8), judgements), ())
    assert ends.of(range(8), Basis.ADJUSTED) == ends.of(range(8), Basis.RAW)


@pytest.mark.parametrize("basis", list(Basis))
def test_leaving_one_out_is_judging_without_her(basis):
    tally = Tally(FOUR.works, ROUND)
    cut = Cut(top=1, basis=basis)
    found = leave_one_out(tally, [(FOUR, cut)], SEED)
    assert [one.juror for one in found] == list(JURORS)
    for one in found:
        less = Tally(FOUR.works, [j for j in ROUND if j.juror != one.juror], JURORS)
        now, then = (within(t.points(FOUR.works, basis)[1], cut, SEED) for t in (tally, less))
        assert set(one.entering) == then - now and set(one.leaving) == now - then
        assert one.changes is (now != then)


def test_one_juror_can_turn_a_result():
    votes = {1: (1, 1, 1, 0), 2: (0, 1, 1, 1), 3: (0, 0, 1, 1)}
    judged = [
        Judgement(w, j, float(v)) for w in votes for j, v in zip(JURORS, votes[w], strict=True)
    ]
    found = leave_one_out(Tally(votes, judged), [(Field("a", (1, 2, 3)), Cut(top=2))], SEED)
    # Without the first two, work 3 comes even with what is in.
    turned = [(one.juror, one.entering, one.leaving) for one in found if one.changes]
    assert turned == [(11, (3,), ()), (12, (3,), ())]
