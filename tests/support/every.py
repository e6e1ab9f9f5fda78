"""A table of cases as one test: every row is tried, and each one that does not hold is named.

For rules that need no database. As tests of their own the 2,700 cells of one matrix took longer to
collect and to report than to try.
"""

from collections.abc import Callable, Collection
from itertools import product
from typing import Any

import pytest

MOST_SHOWN = 40


def every(**axes: Collection[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Try the test with each combination of the values of the axes.

    `vetted__confirmed=[(True, False), …]` is one axis that gives two arguments. All rows that fail
    are told, the first forty with what went wrong in them.
    """
    assert all(axes.values()), "an axis without values tries nothing"

    def around(check: Callable[..., None]) -> Callable[[], None]:
        def tried() -> None:
            rows = (_arguments(axes, values) for values in product(*axes.values()))
            failed = [f"{row}: {told}" for row in rows if (told := _problem_of(check, row))]
            if failed:
                more = [f"… and {len(failed) - MOST_SHOWN} more"] * (len(failed) > MOST_SHOWN)
                pytest.fail("\n".join([*failed[:MOST_SHOWN], *more]), pytrace=False)

        tried.__name__, tried.__doc__ = check.__name__, check.__doc__
        tried.__module__, tried.__qualname__ = check.__module__, check.__qualname__
        return tried

    return around


def _arguments(axes: Collection[str], values: tuple[Any, ...]) -> dict[str, Any]:
    """One row by its names; an axis of several names is taken apart."""
    given: dict[str, Any] = {}
    for name, value in zip(axes, values, strict=True):
        names = name.split("__")
        given.update(zip(names, value if len(names) > 1 else (value,), strict=True))
    return given


def _problem_of(check: Callable[..., None], row: dict[str, Any]) -> str:
    try:
        check(**row)
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}".strip()
    return ""
