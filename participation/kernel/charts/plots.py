"""A line over time and a map of tiles (DESIGN-LANGUAGE §11, rules 5 and 6)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from participation.kernel.charts.drawing import (
    AXIS,
    GOAL,
    INK,
    INK_2,
    LEAD,
    LINE,
    ON_SOLID,
    RAMP,
    SIZE,
    TRACK,
    Drawing,
    Theme,
    checked,
    in_words,
    number,
    top_of,
    width_of,
    wrap,
)

_MOST_TEXTS: Final = 12
_TILE_GAP: Final = 6.0
_TILE_MOST: Final = 116.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One moment: its label, the value (None: hidden or not known), the same in words."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The value aimed at, drawn as a dashed line, with its words."""

    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One place in its row and column (from 0), its value (None: hidden), the same in words."""

    label: str
    column: int
    row: int
    value: float | None
    text: str


def line_chart(
    points: Sequence[Point],
    *,
    title: str,
    desc: str = "",
    target: Target | None = None,
    full: float | None = None,
    theme: Theme = "paper",
    width: float = 640,
    height: float = 240,
) -> str:
    """Draw the points in equal steps from left to right, from zero up; a hidden one is a gap.

    Up to twelve points are labelled each, more only at the ends and at the greatest.
    """
    values = checked(point.value for point in points)
    goal = checked((target.value if target else None,))[0]
    drawing, top = Drawing(theme, width), top_of((*values, goal), full)
    step = width / len(points)
    floor, ceiling = height - LINE - 6, LINE
    places = [
        (index, step * (index + 0.5), _height(value, top, floor, ceiling))
        for index, value in enumerate(values)
    ]
    _gaps(drawing, places, step, ceiling, floor)
    if target:
        _target(drawing, target, _height(goal, top, floor, ceiling) or floor)
    drawing.path(f"M0 {number(floor)}H{number(width)}", AXIS)
    for steps in _runs(places):
        drawing.path(steps, LEAD, thick=3)
    _label(drawing, points, places, step, floor)
    return drawing.svg(height, title, desc or in_words((p.label, p.text) for p in points))


_Place = tuple[int, float, float | None]


def _height(value: float | None, top: float, floor: float, ceiling: float) -> float | None:
    return None if value is None else floor - (floor - ceiling) * min(1.0, value / top)


def _runs(places: Sequence[_Place]) -> Iterator[str]:
    """Yield the path of each stretch without a gap."""
    for known, run in groupby(places, key=lambda place: place[2] is not None):
        if known:
            yield "M" + "L".join(f"{number(x)} {number(y or 0)}" for _, x, y in run)


def _gaps(
    drawing: Drawing, places: Sequence[_Place], step: float, ceiling: float, floor: float
) -> None:
    for _, x, y in places:
        if y is None:
            drawing.hidden(x - step * 0.3, ceiling, step * 0.6, floor - ceiling)


def _target(drawing: Drawing, target: Target, y: float) -> None:
    drawing.path(f"M0 {number(y)}H{number(drawing.width)}", GOAL, thick=2, dashes="6 5")
    drawing.text(0, y - 5, target.text, ink=INK_2)


def _label(
    drawing: Drawing, points: Sequence[Point], places: Sequence[_Place], step: float, floor: float
) -> None:
    best = max(range(len(points)), key=lambda index: points[index].value or 0)
    last = len(points) - 1
    every = math.ceil(max(width_of(point.label) + 8 for point in points) / step)
    for index, x, y in places:
        if (last - index) % every == 0:
            drawing.text(x, floor + LINE, points[index].label, anchor="middle", ink=INK_2)
        if y is not None:
            drawing.disc(x, y, 5, LEAD)
        if len(points) <= _MOST_TEXTS or index in (0, best, last):
            _say(drawing, points[index].text, x, y, (floor + LINE) / 2)


def _say(drawing: Drawing, text: str, x: float, y: float | None, middle: float) -> None:
    """Write the words of a point above it, or on a plate in the middle of its gap."""
    if y is None:
        room = width_of(text) + 8
        drawing.rect(x - room / 2, middle - SIZE * 1.2, room, LINE, TRACK)
    drawing.text(x, middle if y is None else y - 9, text, anchor="middle", bold=y is not None)


def tile_map(
    tiles: Sequence[Tile],
    *,
    title: str,
    desc: str = "",
    full: float | None = None,
    theme: Theme = "paper",
    width: float = 640,
) -> str:
    """Draw a square for each place, in real relative position; the darker, the greater.

    Raises `ValueError` when two tiles claim one position or one stands left of or above 0.
    """
    values = checked(tile.value for tile in tiles)
    spots = {(tile.column, tile.row) for tile in tiles}
    if len(spots) < len(tiles) or min(map(min, spots)) < 0:
        raise ValueError("every tile needs a position of its own, from 0")
    columns, rows = (1 + max(spot[axis] for spot in spots) for axis in (0, 1))
    side = min(_TILE_MOST, (width + _TILE_GAP) / columns - _TILE_GAP)
    drawing, top = Drawing(theme, width), top_of(values, full)
    for tile in tiles:
        _tile(drawing, tile, side, top)
    words = in_words((tile.label, tile.text) for tile in tiles)
    return drawing.svg(rows * (side + _TILE_GAP) - _TILE_GAP, title, desc or words)


def _tile(drawing: Drawing, tile: Tile, side: float, top: float) -> None:
    x, y = (place * (side + _TILE_GAP) for place in (tile.column, tile.row))
    ink = INK
    if tile.value is None:
        drawing.hidden(x, y, side, side)
        drawing.rect(x + 7, y + 7, side - 14, side - 14, TRACK)
    else:
        shade = min(len(RAMP) - 1, int(len(RAMP) * tile.value / top))
        ink = ON_SOLID if shade > 2 else INK
        drawing.rect(x, y, side, side, RAMP[shade])
    for index, line in enumerate(wrap(tile.label, side - 20, most=2)):
        drawing.text(x + 10, y + 8 + SIZE * 1.05 + index * LINE, line, ink=ink)
    size = SIZE if tile.value is None else SIZE * 1.4
    drawing.text(x + 10, y + side - 12, tile.text, ink=ink, size=size, bold=tile.value is not None)
