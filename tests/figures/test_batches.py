"""Editions of running figures: not too soon, and never a step that shows one child (R73)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.figures.batches import Edition, OtherFigures, may_renew, renew
from participation.figures.publish import protect
from participation.figures.tables import Group, Table, Tables
from participation.figures.thresholds import OFFICIAL, PUBLIC

NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "now", "changes", "may"),
    [
        (None, NOON, 9, False),
        (None, NOON, 10, True),
        (Edition(NOON, 50), NOON + DAY, 60, True),
        (Edition(NOON, 50), NOON + DAY, 59, False),
        (Edition(NOON, 50), NOON + DAY - timedelta(seconds=1), 500, False),
    ],
)
def test_an_edition_waits_for_ten_answers_and_a_day(last, now, changes, may):
    assert may_renew(last, now, changes) is may


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


def test_editions_of_different_things_are_not_mixed():
    one, other = city([(40, 40, 20, 20)] * 2), city([(40, 40, 20, 20)] * 2, key="other")
    with pytest.raises(OtherFigures):
        renew(protect(one, PUBLIC), protect(other, PUBLIC))
    with pytest.raises(OtherFigures):
        renew(protect(one, PUBLIC), protect(one, OFFICIAL))
