"""Ages by the month of birth: full years, the bands shown in public, the turning points."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from participation.kernel.i18n import LazyWords, _l

OF_AGE: Final = 14
"""From 14 on a child consents herself (PIPL 28, 31)."""
GROWN_UP: Final = 18
BANDS: Final[Mapping[str, LazyWords]] = {
    "a": _l("6–9 岁"),
    "b": _l("10–13 岁"),
    "c": _l("14–17 岁"),
}
"""The bands in words, by their codes."""


def age_on(born: date, day: date) -> int:
    """Full years, by the month of birth: the birthday counts from the first of its month."""
    return day.year - born.year - (day.month < born.month)


def band_of(age: int) -> str:
    """The age band: a (up to 9), b (10–13), c (14–17), empty for a grown-up."""
    if age >= GROWN_UP:
        return ""
    return "a" if age <= 9 else "b" if age <= 13 else "c"
