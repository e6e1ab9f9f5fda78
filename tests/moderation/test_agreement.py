"""Cohen's kappa against worked examples, and what it may never say."""

from collections.abc import Sequence
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.moderation.consistency import agreement
from participation.moderation.consistency.agreement import Kappa, judgements, kappa, mean, pairwise
from participation.moderation.consistency.records import Judged
from participation.moderation.standing import UNDONE

VERDICTS = ("approved", "returned", "refused", "escalated")
Table = Sequence[Sequence[int]]


def raters(table: Table) -> tuple[dict[int, str], dict[int, str]]:
    """Two raters from their table: rows are what the first said, columns what the second said."""
    pairs = [
        (VERDICTS[row], VERDICTS[column])
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _one in range(count)
    ]
    first = {item: said for item, (said, _other) in enumerate(pairs)}
    return first, {item: said for item, (_other, said) in enumerate(pairs)}


def by_hand(table: Table) -> float:
    """(observed − expected) / (1 − expected), straight from the margins."""
    n = sum(map(sum, table))
    observed = sum(table[one][one] for one in range(len(table))) / n
    columns = [sum(column) for column in zip(*table, strict=True)]
    expected = sum(sum(row) * column for row, column in zip(table, columns, strict=True)) / n**2
    return (observed - expected) / (1 - expected)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        # Cohen 1960: two judges, 200 cases, three diagnoses; p_o = 0.70, p_c = 0.41
        (((88, 14, 18), (10, 40, 10), (2, 6, 12)), 0.29 / 0.59),
        # fifty grant proposals, two readers; p_o = 0.70, p_c = 0.50
        (((20, 5), (10, 15)), 0.40),
        # the same agreement, other margins
        (((45, 15), (25, 15)), 0.1304),
        (((25, 35), (5, 35)), 0.2593),
        # nothing but chance, and less than that
        (((25, 25), (25, 25)), 0.0),
        (((0, 25), (25, 0)), -1.0),
        (((25, 0), (0, 25)), 1.0),
    ],
)
def test_published_examples(table: Table, value: float) -> None:
    found = kappa(*raters(table))
    assert found.why == "" and found.value is not None
    assert found.common == sum(map(sum, table))
    assert isclose(found.value, value, abs_tol=5e-5)
    assert isclose(found.value, by_hand(table), abs_tol=1e-9)


said = st.sampled_from(VERDICTS)
pairs_of = st.lists(st.tuples(said, said), min_size=1, max_size=40)


def two(pairs: Sequence[tuple[str, str]]) -> tuple[dict[int, str], dict[int, str]]:
    return (
        {item: pair[0] for item, pair in enumerate(pairs)},
        {item: pair[1] for item, pair in enumerate(pairs)},
    )


@given(pairs_of)
def test_never_above_one_and_the_same_both_ways(pairs: list[tuple[str, str]]) -> None:
    first, second = two(pairs)
    one, other = kappa(first, second, least=1), kappa(second, first, least=1)
    assert (one.common, one.why) == (other.common, other.why)
    if one.value is None:
        assert one.why == "one_kind" and len({each for pair in pairs for each in pair}) == 1
        return
    assert other.value is not None and isclose(one.value, other.value, abs_tol=1e-9)
    assert -1 - 1e-9 <= one.value <= 1 + 1e-9


@given(st.lists(said, min_size=2, max_size=40).filter(lambda all_: len(set(all_)) > 1))
def test_equal_raters_agree_wholly(verdicts: list[str]) -> None:
    mine = dict(enumerate(verdicts))
    found = kappa(mine, dict(mine), least=1)
    assert found.value is not None and isclose(found.value, 1.0)


@given(pairs_of, st.permutations(VERDICTS))
def test_names_of_verdicts_do_not_matter(pairs: list[tuple[str, str]], other: list[str]) -> None:
    named = dict(zip(VERDICTS, other, strict=True))
    first, second = two(pairs)
    renamed = two([(named[a], named[b]) for a, b in pairs])
    before, after = kappa(first, second, least=1), kappa(*renamed, least=1)
    assert before.why == after.why
    if before.value is not None and after.value is not None:
        assert isclose(before.value, after.value, abs_tol=1e-9)


@given(pairs_of)
def test_only_common_texts_count(pairs: list[tuple[str, str]]) -> None:
    first, second = two(pairs)
    more = {**first, **{1000 + item: "refused" for item in range(9)}}
    assert kappa(more, second, least=1) == kappa(first, second, least=1)


def test_too_few_or_one_kind_is_no_number() -> None:
    same = dict.fromkeys(range(19), "approved")
    assert kappa(same, same) == Kappa(None, 19, "few")
    assert kappa({}, {}, least=0) == Kappa(None, 0, "few")
    more = dict.fromkeys(range(20), "approved")
    assert kappa(more, more) == Kappa(None, 20, "one_kind")
    other = {**more, 0: "refused"}
    assert kappa(more, other) == Kappa(0.0, 20)


def test_the_last_verdict_counts_and_an_undone_one_does_not() -> None:
    found = judgements(
        [
            Judged(7, 1, "approved"),
            Judged(7, 1, UNDONE),
            Judged(7, 1, "refused"),
            Judged(7, 2, "approved"),
            Judged(7, 2, UNDONE),
            Judged(8, 2, UNDONE),
            Judged(9, 1, "approved"),
            Judged(9, 1, "returned"),
        ]
    )
    assert found == {7: {1: "refused"}, 9: {1: "returned"}}


def test_pairs_and_their_mean() -> None:
    first, second = raters(((20, 5), (10, 15)))
    found = pairwise({3: first, 1: second, 2: {0: "approved"}})
    assert list(found) == [(1, 2), (1, 3), (2, 3)]
    assert found[1, 2] == Kappa(None, 1, "few")
    value, why = mean(found.values())
    assert value is not None and isclose(value, 0.4) and why == ""
    assert mean([]) == mean([Kappa(None, 3, "few")]) == (None, "few")
    assert mean([Kappa(None, 3, "few"), Kappa(None, 30, "one_kind")]) == (None, "one_kind")
    assert mean([Kappa(0.2, 30), Kappa(0.6, 30), Kappa(None, 1, "few")])[0] == pytest.approx(0.4)


def test_agreement_with_what_is_known() -> None:
    known = {1: "approved", 2: "refused"}
    assert agreement.agreed({1: "approved", 2: "returned", 9: "refused"}, known) == (2, 1)
    assert agreement.agreed({}, known) == (0, 0)
    crossed = agreement.crossed({7: {1: "approved", 2: "returned"}, 8: {2: "returned"}}, known)
    assert crossed == {("approved", "approved"): 1, ("refused", "returned"): 2}


def test_letters_follow_the_table_and_not_the_person() -> None:
    known = {1: "approved", 2: "refused"}
    by = {
        10: {1: "returned", 2: "returned"},
        20: {1: "approved", 2: "refused"},
        30: {1: "approved"},
        40: {1: "approved"},
    }
    assert list(agreement.in_table_order(by, known)) == [20, 10, 30, 40]
    assert [agreement.letters(place) for place in (0, 1, 25, 26, 27, 701, 702)] == [
        *("A", "B", "Z", "AA", "AB", "ZZ", "AAA"),
    ]
