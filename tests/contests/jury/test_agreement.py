"""Krippendorff's α against the examples he published."""

import pytest

from participation.contests.jury.agreement import alpha_interval, alpha_nominal

NO = None
C = (  # Computing Krippendorff's Alpha-Reliability (2011), C: four observers, twelve units
    (1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3),
    (NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO),
)
A = ((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0))  # A: binary, two observers
WIKI = (  # Content Analysis: three coders, fifteen units
    (NO, NO, NO, NO, NO, 3, 4, 1, 2, 1, 1, 3, 3, NO, 3),
    (1, NO, 2, 1, 3, 3, 4, 3, NO, NO, NO, NO, NO, NO, NO),
    (NO, NO, 2, 1, 3, 4, 4, NO, 2, 1, 1, 3, 3, NO, 4),
)


def units(observers):
    return [[v for v in unit if v is not None] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "nominal", "interval"),
    [(A, 0.095, 0.095), (C, 0.743, 0.849), (WIKI, 0.691, 0.811)],
)
def test_published_examples(observers, nominal, interval):
    assert alpha_nominal(units(observers)) == pytest.approx(nominal, abs=0.0006)
    assert alpha_interval(units(observers)) == pytest.approx(interval, abs=0.0006)


def test_full_agreement_is_one_and_worse_than_chance_is_below_nothing():
    assert alpha_interval([[1, 1, 1], [5, 5]]) == alpha_nominal([[1, 1, 1], [5, 5]]) == 1
    assert alpha_interval([[1, 5], [5, 1]]) < 0


@pytest.mark.parametrize("of", [[], [[3], [4]], [[3, 3], [3, 3, 3]]])
def test_what_can_not_be_told_is_not_told(of):
    assert alpha_interval(of) is None and alpha_nominal(of) is None
