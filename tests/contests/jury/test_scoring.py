"""Raw and adjusted scores: the model finds what was put in, and says where it can't tell."""

import random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from participation.contests.jury.assignment import JurorLoad, assign
from participation.contests.jury.scoring import Basis, Score, Standing, Tally
from participation.contests.jury.severity import Equations, solve
from participation.contests.jury.ways import Judgement


def judged(seed=1, works=60, jurors=8, severe=0.6, noise=0.3):
    """A round by jurors of known severity, with the true quality of the works."""
    chance = random.Random(seed)
    packs = assign(range(works), [JurorLoad(j) for j in range(jurors)], 3, seed=b"x").packs
    truth = {work: chance.gauss(3, 0.7) for work in range(works)}
    lenient = {juror: chance.gauss(0, severe) for juror in range(jurors)}
    found = [
        Judgement(work, juror, truth[work] + lenient[juror] + chance.gauss(0, noise))
        for juror, pack in packs.items()
        for work in pack
    ]
    return found, truth, lenient


@st.composite
def tallies(draw, least=1, severe=0):
    seat = st.tuples(st.integers(0, 6), st.integers(0, 4))
    seats = draw(st.sets(seat, min_size=least, max_size=25))
    return [Judgement(w, j, draw(st.integers(1, 5)) + severe * j * 1.0) for w, j in sorted(seats)]


def by_lstsq(judgements, fit):
    """θ and β of the penalised least squares by numpy, from the design written out in full."""
    works = sorted({one.work for one in judgements})
    jurors = sorted({one.juror for one in judgements})
    rows = np.zeros((len(judgements), len(works) + len(jurors)))
    for row, one in zip(rows, judgements, strict=True):
        row[works.index(one.work)] = row[len(works) + jurors.index(one.juror)] = 1
    ridge = np.sqrt(fit.error_variance / fit.juror_variance) * np.eye(len(jurors))
    penalty = np.hstack([np.zeros((len(jurors), len(works))), ridge])
    values = [one.value for one in judgements] + [0.0] * len(jurors)
    found = np.linalg.lstsq(np.vstack([rows, penalty]), np.array(values), rcond=None)[0]
    return dict(zip(works, found, strict=False)), found[len(works) :]


@given(tallies(least=18, severe=3))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_adjusted_scores_solve_the_penalised_least_squares(judgements):
    tally = Tally(range(7), judgements)
    fit = tally.fit
    assume(fit.error_variance and fit.juror_variance)
    assume(fit.error_variance / fit.juror_variance > 1e-6)
    works, effects = by_lstsq(judgements, fit)
    assert fit.effects == pytest.approx(list(effects), abs=1e-6)
    for work, value in works.items():
        assert tally.adjusted(work) == pytest.approx(value, abs=1e-6)


@given(tallies())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_without_a_juror_is_as_if_she_had_not_been(judgements):
    tally = Tally(range(7), judgements)
    for juror in tally.jurors:
        less = Tally(range(7), [j for j in judgements if j.juror != juror], tally.jurors)
        gone = tally.without(juror).scores(3)
        assert gone.works.keys() == less.given.keys()
        for work, score in less.scores(3).works.items():
            assert gone.works[work].raw == score.raw and gone.works[work].group == score.group
            assert gone.works[work].adjusted == pytest.approx(score.adjusted, abs=1e-6)


def test_variances_and_severities_come_out():
    judgements, truth, lenient = judged(works=800, jurors=12)
    scores = Tally(truth, judgements).scores(3)
    middle = sum(lenient.values()) / len(lenient)
    for juror, line in scores.jurors.items():
        assert line.severity == pytest.approx(middle - lenient[juror], abs=0.12)
        assert line.judgements == 200
    assert scores.error_variance == pytest.approx(0.09, abs=0.01)
    assert 0.1 < scores.juror_variance < 1
    assert sum(line.severity for line in scores.jurors.values()) == pytest.approx(0, abs=1e-6)


def test_adjusted_scores_are_nearer_to_the_truth():
    judgements, truth, _lenient = judged(works=300)
    scores = Tally(truth, judgements).scores(3).works

    def error(of):
        off = [of(scores[work]) - truth[work] for work in truth]
        return float(np.std(off))

    assert error(lambda s: s.adjusted) < 0.7 * error(lambda s: s.raw)


def test_without_differences_of_severity_nothing_is_adjusted():
    judgements = [Judgement(w, j, float((w + j) % 2)) for w in range(8) for j in range(4)]
    scores = Tally(range(8), judgements).scores(3)
    assert scores.juror_variance == 0
    assert all(score.raw == score.adjusted for score in scores.works.values())


def test_a_juror_of_few_judgements_is_hardly_adjusted_for():
    judgements, truth, _lenient = judged(works=200, jurors=6, noise=0.8)
    few = [Judgement(0, 99, 1.0)]
    scores = Tally(truth, [*judgements, *few]).scores(3)
    plain = [j.value for j in judgements if j.work == 0]
    off = sum(plain) / len(plain) - 1.0
    assert 0 < scores.jurors[99].severity < 0.75 * off


def test_a_perfect_fit_is_no_trouble():
    judgements = [Judgement(w, j, w + j / 2) for w in range(6) for j in range(3)]
    scores = Tally(range(6), judgements).scores(3)
    assert [scores.works[w].adjusted for w in range(6)] == pytest.approx(
        [w + 0.5 for w in range(6)]
    )
    assert [scores.jurors[j].severity for j in range(3)] == pytest.approx([0.5, 0, -0.5])


def test_a_jury_that_falls_apart_is_said_to():
    """Two juries that share no work: within each, severities are told; between them, nothing."""
    chance = random.Random(3)
    judgements = [
        Judgement(w, j, chance.randint(1, 5))
        for w in range(10)
        for j in (range(3) if w < 5 else range(3, 6))
    ]
    tally = Tally(range(11), judgements)
    scores = tally.scores(3)
    assert scores.groups == 2
    assert {scores.works[w].group for w in range(5)} == {0}
    assert {scores.works[w].group for w in range(5, 10)} == {1}
    assert tally.comparable(range(5)) and not tally.comparable(range(10))
    assert tally.points(range(5), Basis.ADJUSTED)[0] is Basis.ADJUSTED
    basis, points = tally.points(range(11), Basis.ADJUSTED)
    assert basis is Basis.RAW and points == {w: scores.works[w].raw for w in range(10)}
    for members in (range(3), range(3, 6)):
        assert sum(scores.jurors[j].severity for j in members) == pytest.approx(0, abs=1e-6)


def test_too_few_judgements_tell_no_severity():
    tally = Tally(range(3), [Judgement(0, 1, 4.0), Judgement(1, 2, 2.0)])
    scores = tally.scores(3)
    assert scores.works[0] == Score(0, 1, Standing.SHORT, 4.0, None, 0)
    assert scores.works[2] == Score(2, 0, Standing.SHORT, None, None, None)
    assert scores.jurors[1].severity is None and scores.error_variance is None
    assert tally.points([0], Basis.ADJUSTED) == (Basis.RAW, {0: 4.0})


def test_standings_and_jurors_who_have_not_begun():
    judgements = [Judgement(w, j, 3.0) for w, n in enumerate((4, 3, 2)) for j in range(n)]
    tally = Tally([0, 1, 2, 3], [*judgements, Judgement(9, 0, 5.0)], [7])
    scores = tally.scores(4)
    full, partial, short = Standing.FULL, Standing.PARTIAL, Standing.SHORT
    assert [scores.works[w].standing for w in range(4)] == [full, partial, short, short]
    assert tally.not_closable(range(4)) == (2, 3)
    lowest = [tally.standing(works, 4) for works in ([0], [0, 1], [0, 1, 2], [])]
    assert lowest == [full, partial, short, full]
    assert 9 not in scores.works, "a withdrawn work"
    line = scores.jurors[7]
    assert (line.judgements, line.mean, line.severity, line.group) == (0, None, None, None)
    assert scores.jurors[0].mean == 3.0
    assert Tally([1], judgements).scores(2).works[1].standing is full, "never below three"
    assert Tally([2], judgements).scores(2).works[2].standing is short
    assert tally.awaits(3, 0) and not tally.awaits(0, 0) and not tally.awaits(9, 0)


def test_a_juror_judges_a_work_once():
    with pytest.raises(ValueError):
        Tally([1], [Judgement(1, 7, 3.0), Judgement(1, 7, 4.0)])


def test_nothing_at_all():
    assert Tally([], []).scores(3).groups == 0


def test_the_sums_forget_what_is_taken_away():
    sums = Equations(3)
    sums.add({0: 1.0, 1: 3.0})
    sums.add({})
    sums.add({0: 1.0, 1: 3.0}, -1)
    assert sums.matrix == [[0.0] * 3] * 3 and sums.works == 0 and sums.squares == 0


@given(st.integers(1, 6), st.integers(0, 99))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_solving(size, seed):
    chance = np.random.default_rng(seed)
    half = chance.normal(size=(size, size))
    matrix, rights = half @ half.T + np.eye(size), chance.normal(size=(2, size))
    found = solve(matrix.tolist(), rights.tolist())
    assert np.allclose(np.array(found), np.linalg.solve(matrix, rights.T).T)
