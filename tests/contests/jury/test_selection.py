"""Who goes on: by band, by number or threshold, with ties by a declared rule; and what is told."""

from dataclasses import fields
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.contests.jury.lots import commitment, drawn, lot
from participation.contests.jury.scoring import Basis, Tally
from participation.contests.jury.selection import (
    Cut,
    Field,
    NotClosable,
    Prize,
    Shortlisted,
    Shown,
    Ties,
    Unranked,
    Winner,
    award,
    outcome,
    select,
    within,
)
from participation.contests.jury.ways import Judgement

SEED = b"drawn on the first of June"


def tally_of(**means):
    """Works named w1, w2 …, each with three equal judgements."""
    values = {int(name[1:]): value for name, value in means.items()}
    return Tally(values, [Judgement(w, j, v) for w, v in values.items() for j in range(3)])


FIVE = tally_of(w1=5.0, w2=4.0, w3=4.0, w4=3.0, w5=1.0)
BAND = Field("b", (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("cut", "chosen", "tied"),
    [
        (Cut(top=1), {1}, set()),
        (Cut(top=2), {1, 2, 3}, {2, 3}),
        (Cut(top=3), {1, 2, 3}, set()),
        (Cut(top=9), {1, 2, 3, 4, 5}, set()),
        (Cut(top=0), set(), set()),
        (Cut(least=3.0), {1, 2, 3, 4}, set()),
        (Cut(least=5.5), set(), set()),
        (Cut(top=9, least=3.5), {1, 2, 3}, set()),
        (Cut(top=1, least=3.5), {1}, set()),
        (Cut(top=3, ties=Ties.LOT), {1, 2, 3}, set()),
        (Cut(top=2, ties=Ties.LOT), {1, drawn(SEED, [2, 3])[0]}, {2, 3}),
    ],
)
def test_cuts(cut, chosen, tied):
    found = select(BAND, FIVE, cut, SEED)
    assert (found.chosen, found.tied) == (chosen, tied)
    assert found.others == {1, 2, 3, 4, 5} - chosen and found.band == "b"


def test_bands_are_judged_apart():
    assert select(Field("a", (4, 5)), FIVE, Cut(top=1), SEED).chosen == {4}


@given(
    st.dictionaries(st.integers(1, 30), st.sampled_from([1.0, 2.0, 2.5, 3.0]), max_size=12),
    st.integers(0, 12),
    st.sampled_from([None, 2.0, 2.5]),
    st.binary(max_size=3),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_cuts_by_their_meaning(values, top, least, seed):
    able = {w for w, v in values.items() if least is None or v >= least}
    everybody = within(values, Cut(top, least), seed)
    assert everybody == {w for w in able if sum(values[o] > values[w] for o in able) < top}
    lots = within(values, Cut(top, least, ties=Ties.LOT), seed)
    assert len(lots) == min(top, len(able)) and lots <= everybody
    for tied in (everybody - lots, everybody & lots):
        assert len({values[w] for w in tied}) <= 1 or tied <= lots


def test_the_lot_can_be_drawn_again_by_anybody():
    assert lot(b"abc", 7, 8) == sha256(b"abc|7|8").digest()
    assert commitment(b"abc") == sha256(b"abc").hexdigest()
    assert list(drawn(b"abc", [1, 2, 3])) == sorted(
        [1, 2, 3], key=lambda w: sha256(f"abc|{w}".encode()).hexdigest()
    )


def test_a_cut_says_something():
    for wrong in ({}, {"top": -1}):
        with pytest.raises(ValueError):
            Cut(**wrong)


def test_two_judgements_do_not_close_a_work():
    """R68."""
    tally = Tally([1, 2], [Judgement(w, j, 3.0) for w in (1, 2) for j in range(1 + w)])
    with pytest.raises(NotClosable) as refused:
        select(Field("b", (1, 2)), tally, Cut(top=1), SEED)
    assert refused.value.works == (1,)
    with pytest.raises(NotClosable):
        award(Field("b", (1, 2)), tally, [Prize("first", 1)], Cut(top=1), SEED)
    assert select(Field("b", (2,)), tally, Cut(top=1), SEED).chosen == {2}


def test_preschoolers_are_not_ranked():
    """R65."""
    small = Field("preschool", (1, 2), ranked=False)
    with pytest.raises(Unranked):
        select(small, FIVE, Cut(top=1), SEED)
    with pytest.raises(Unranked):
        award(small, FIVE, [Prize("first", 1)], Cut(top=1), SEED)
    for shortlist, won in (({1}, {}), ((), {1: "first"})):
        with pytest.raises(Unranked):
            outcome(small, frozenset(shortlist), won, SEED)
    told = outcome(small, frozenset(), {}, SEED)
    assert {type(one) for one in told} == {Shown} and {one.work for one in told} == {1, 2}


@pytest.mark.parametrize("basis", list(Basis))
def test_severity_can_decide(basis):
    """Work 9, the best, had the severe jurors."""
    values = {0: 0.0, 1: 0.0, 2: 0.0, 3: -2.0, 4: -2.0}
    judgements = [
        Judgement(
            work, juror, 3 + work * 0.01 + (work == 9) / 2 + values[juror] + work * juror % 2 * 0.1
        )
        for work in range(10)
        for juror in ([0, 1, 3] if work < 9 else [2, 3, 4])
    ] + [Judgement(10, juror, 3.2 + values[juror]) for juror in range(5)]
    tally = Tally(range(11), judgements)
    found = select(Field("a", tuple(range(11))), tally, Cut(top=1, basis=basis), SEED)
    assert found.basis is basis
    assert (9 in found.chosen) is (basis is Basis.ADJUSTED)


def test_raw_scores_decide_where_adjusted_ones_do_not_compare():
    judgements = [Judgement(w, j, float(w + w * j % 3)) for w in (1, 2, 3) for j in range(3)] + [
        Judgement(w, j, float(w + w * j % 3)) for w in (4, 5) for j in range(5, 8)
    ]
    tally = Tally([1, 2, 3, 4, 5], judgements)
    cut = Cut(top=2, basis=Basis.ADJUSTED)
    assert select(Field("a", (1, 2, 3)), tally, cut, SEED).basis is Basis.ADJUSTED
    assert select(Field("a", (1, 2, 3, 4)), tally, cut, SEED).basis is Basis.RAW


PRIZES = [Prize("first", 1), Prize("second", 1), Prize("third", 2)]


def test_prizes_go_down_the_scores():
    assert award(BAND, FIVE, PRIZES, Cut(top=9), SEED) == {
        **{1: "first", 2: "second", 3: "second", 4: "third"}
    }
    by_lot = award(BAND, FIVE, PRIZES, Cut(top=9, ties=Ties.LOT), SEED)
    assert by_lot[drawn(SEED, [2, 3])[0]] == "second" and by_lot[4] == "third"
    assert award(BAND, FIVE, PRIZES, Cut(least=3.5), SEED).keys() == {1, 2, 3}


def test_what_is_published_has_no_place_for_a_rank():
    told = outcome(BAND, frozenset({1, 2, 3}), {1: "first"}, SEED)
    assert [one.work for one in told] == list(drawn(SEED, range(1, 6)))
    assert {one.work: type(one) for one in told} == {
        **{1: Winner, 2: Shortlisted, 3: Shortlisted, 4: Shown, 5: Shown}
    }
    assert {kind: [f.name for f in fields(kind)] for kind in (Winner, Shortlisted, Shown)} == {
        Winner: ["work", "band", "prize"],
        Shortlisted: ["work", "band"],
        Shown: ["work", "band"],
    }
