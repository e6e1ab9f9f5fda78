"""How far jurors agree: Krippendorff's α, which bears missing judgements and any number of jurors.

K. Krippendorff, Content Analysis, 2nd ed. 2004, ch. 11, and Computing Krippendorff's
Alpha-Reliability, 2011: α = 1 − observed / expected disagreement. 1 is full agreement, 0 what
chance would give; from 0.8 on conclusions are held to be firm, from 0.667 on tentative.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import fsum

Units = Iterable[Sequence[float]]
"""Of each work, the values it was given."""
Disagreement = Callable[[Sequence[float]], float]
"""Summed over all ordered pairs of some values."""


def alpha_nominal(units: Units) -> float | None:
    """α of values that are only equal or not (votes); None when nothing varies or nothing pairs."""
    return _alpha(units, _unequal)


def alpha_interval(units: Units) -> float | None:
    """α of values whose differences count (steps of a criterion, scores); None as above."""
    return _alpha(units, _squares)


def _alpha(units: Units, disagreement: Disagreement) -> float | None:
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    expected = disagreement(values)
    if not expected:
        return None
    observed = fsum(disagreement(unit) / (len(unit) - 1) for unit in paired)
    return 1 - observed * (len(values) - 1) / expected


def _unequal(values: Sequence[float]) -> float:
    """How many ordered pairs differ."""
    return len(values) ** 2 - sum(n * n for n in Counter(values).values())


def _squares(values: Sequence[float]) -> float:
    """The sum of squared differences over ordered pairs."""
    if len(set(values)) < 2:
        return 0.0
    middle = fsum(values) / len(values)
    return 2 * len(values) * fsum((value - middle) ** 2 for value in values)
