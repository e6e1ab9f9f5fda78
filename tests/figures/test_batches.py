"""Editions of running figures: not too soon, and never a step that shows one child (R73)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.figures.batches import Edition, OtherFigures, may_renew, renew
from participation.figures.publish import protect
from participation.figures.tables import Group, Table, Tables
from participation.figures.thresholds import OFFICIAL, PUBLIC

MONDAY, TUESDAY = date(2026, 5, 4), date(2026, 5, 5)


@pytest.mark.parametrize(
    ("last", "today", "answers", "may"),
    [
        (None, MONDAY, 9, False),
        (None, MONDAY, 10, True),
        (Edition(MONDAY, 50), TUESDAY, 60, True),
        (Edition(MONDAY, 50), TUESDAY, 59, False),
        (Edition(MONDAY, 50), MONDAY, 500, False),
    ],
)
def test_an_edition_waits_for_ten_answers_and_a_day(last, today, answers, may):
    assert may_renew(last, today, answers) is may


def city(rows, of=None, key="q"):
    total = tuple(map(sum, zip(*rows, strict=True)))
    groups = tuple(
        Group(str(n), sum(row), of=of and of + sum(row), schools=9) for n, row in enumerate(rows)
    )
    roster = of and of * len(rows) + sum(total)
    table = Table(key, "single", ("1", "2", "dk", "skip"), total, {"district": tuple(rows)})
    return Tables(Group("all", sum(total), roster, 9), {"district": groups}, (table,))


def values(published):
    for reach in (published.reach, *published.reach_by["district"]):
        yield reach.n.value
        yield reach.of.value if reach.of else None
    question = published.questions[0]
    for line in (question.overall, *question.by["district"]):
        yield line.n.value
        yield from (cell.value for cell in line.cells)


rows = st.lists(st.tuples(*[st.integers(0, 60)] * 4), min_size=3, max_size=3)


@given(rows, rows, st.sampled_from([PUBLIC, OFFICIAL]), st.sampled_from([None, 50]))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_two_editions_never_differ_by_one_to_nine(before, more, profile, of):
    after = [tuple(map(sum, zip(*pair, strict=True))) for pair in zip(before, more, strict=True)]
    last = protect(city(before, of), profile)
    fresh = renew(last, protect(city(after, of), profile))
    pairs = zip(values(last), values(fresh), strict=True)
    moves = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    assert not [move for move in moves if 1 <= move <= 9]


def test_a_number_catches_up_once_it_has_moved_by_ten():
    first = protect(city([(40, 40, 20, 20)] * 3), PUBLIC)
    second = renew(first, protect(city([(42, 40, 20, 20)] * 3), PUBLIC))
    third = renew(second, protect(city([(44, 40, 20, 20)] * 3), PUBLIC))
    counts = [p.questions[0].overall.cells[0].value for p in (first, second, third)]
    assert counts == [120, 120, 130]


def test_shares_are_of_the_numbers_that_are_shown():
    first = protect(city([(40, 40, 20, 20)] * 3), PUBLIC)
    second = renew(first, protect(city([(42, 60, 20, 20)] * 3), PUBLIC))
    overall = second.questions[0].overall
    assert (overall.n.value, overall.cells[0].value, overall.cells[0].share) == (425, 120, 28)


def test_a_line_that_became_too_small_for_shares_has_none():
    rest = [(40, 40, 40, 40)] * 2
    first = protect(city([(25, 5, 5, 5), *rest]), OFFICIAL)
    second = renew(first, protect(city([(20, 5, 2, 2), *rest]), OFFICIAL))
    lines = [p.questions[0].by["district"][0] for p in (first, second)]
    assert [(line.n.value, line.cells[0].value, line.cells[0].share) for line in lines] == [
        (40, 25, 63),
        (29, 25, None),
    ]


def test_raised_thresholds_begin_a_new_series():
    tables = city([(40, 40, 20, 20)] * 3)
    higher = protect(tables, replace(PUBLIC, few=15))
    assert renew(protect(tables, PUBLIC), higher) is higher


def test_editions_of_different_things_are_not_mixed():
    one, other = city([(40, 40, 20, 20)] * 2), city([(40, 40, 20, 20)] * 2, key="other")
    with pytest.raises(OtherFigures):
        renew(protect(one, PUBLIC), protect(other, PUBLIC))
    with pytest.raises(OtherFigures):
        renew(protect(one, PUBLIC), protect(one, OFFICIAL))
