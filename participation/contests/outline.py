"""A call for works while it is being written: its parts, and moving them about by buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, TypeVar

from participation.kernel.tables import Words

Planned = TypeVar("Planned")

LISTS: Final = ("criteria", "themes", "uses")
"""The lists of an outline that grow, shrink and are put in order."""


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A theme, or a use beyond the gallery that a child may allow or not."""

    title: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class PlannedCriterion:
    """What the jury looks at, how an entrant is told that it was liked, and how much it counts."""

    title: Words = field(default_factory=Words)
    praise: Words = field(default_factory=Words)
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutline:
    """Everything a secretary writes, complete or not."""

    kind: str = "drawing"
    title: Words = field(default_factory=Words)
    sign: str = ""
    brief: Words = field(default_factory=Words)
    brief_small: Words = field(default_factory=Words)
    brief_older: Words = field(default_factory=Words)
    rules: Words = field(default_factory=Words)
    prizes: Words = field(default_factory=Words)
    use_for: Words = field(default_factory=Words)
    use_where: Words = field(default_factory=Words)
    years: int = 2
    bands: str = ""
    district_ids: tuple[int, ...] = ()
    ranked: bool = True
    entries_most: int = 1
    authors_most: int = 1
    pictures_most: int = 1
    recording: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    choice: str = "none"
    choice_opens_at: datetime | None = None
    choice_closes_at: datetime | None = None
    notice_from: date | None = None
    notice_until: date | None = None
    shows_until: date | None = None
    unit_id: int | None = None
    official_id: int | None = None
    answer_due: date | None = None
    criteria: tuple[PlannedCriterion, ...] = ()
    themes: tuple[PlannedPart, ...] = ()
    uses: tuple[PlannedPart, ...] = ()


_FRESH: Final = {"criteria": PlannedCriterion, "themes": PlannedPart, "uses": PlannedPart}


def moved(outline: CallOutline, button: str) -> CallOutline:
    """The outline after a button was pressed; an unknown button changes nothing.

    Buttons: `add-themes`, and `up-`, `down-`, `remove-` with `criteria:2` (from 0).
    """
    what, _colon, where = button.partition(":")
    move, _dash, name = what.partition("-")
    if name not in LISTS:
        return outline
    kept: Sequence[Any] = getattr(outline, name)
    if move == "add":
        return _with(outline, name, (*kept, _FRESH[name]()))
    if move in ("up", "down", "remove") and where.isdecimal():
        return _with(outline, name, _moved(kept, move, int(where)))
    return outline


def _with(outline: CallOutline, name: str, things: tuple[Any, ...]) -> CallOutline:
    changed: dict[str, Any] = {name: things}
    return replace(outline, **changed)


def _moved(things: Sequence[Planned], move: str, place: int) -> tuple[Planned, ...]:
    """The things after one was moved up, down or away; a place that is not there moves nothing."""
    left = list(things)
    if not 0 <= place < len(left):
        return tuple(left)
    if move == "remove":
        del left[place]
    else:
        other = place + (-1 if move == "up" else 1)
        if 0 <= other < len(left):
            left[place], left[other] = left[other], left[place]
    return tuple(left)
