"""Bars from zero, and stacked bars for scales of agreement (DESIGN-LANGUAGE §11, rules 3 and 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from participation.kernel.charts.drawing import (
    INK,
    INK_2,
    LEAD,
    LINE,
    MARKED,
    ON_SOLID,
    PARTS,
    REST,
    SIZE,
    TRACK,
    Drawing,
    Ink,
    Theme,
    checked,
    in_words,
    top_of,
    width_of,
    wrap,
)

_BAR: Final = 22.0
_GAP: Final = 12.0
_STUB: Final = 44.0
"""A hidden value is a short hatched piece: over the whole track it would read as all of it."""
_SEAM: Final = 2.0
_INKS_OF: Final = {2: (1, 4), 3: (1, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_DARK: Final = (PARTS[0], PARTS[1], PARTS[4])


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: what it counts, how much (None: hidden), and the same in words ("58%")."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One question on a scale: the share of each part (None: hidden), their texts, the net."""

    label: str
    shares: tuple[float, ...] | None
    texts: tuple[str, ...] = ()
    net: str = ""


def bar_chart(
    rows: Sequence[Bar],
    *,
    title: str,
    desc: str = "",
    full: float | None = None,
    theme: Theme = "paper",
    width: float = 640,
) -> str:
    """Draw a bar for each row, in their order; the longest in teal, the others paler.

    `full` is the value that fills the track (1.0 for shares); without it the greatest does.
    """
    values = checked(row.value for row in rows)
    drawing, top = Drawing(theme, width), top_of(values, full)
    best = max((value for value in values if value is not None), default=None)
    texts = max(width_of(row.text) for row in rows) + 10
    left = min(width * 0.38, max(width_of(row.label) for row in rows) + 14)
    y = 0.0
    for row in rows:
        lines = wrap(row.label, left - 12)
        height = max(_BAR, len(lines) * LINE)
        lead = row.value is not None and row.value == best
        _write(drawing, lines, y + (height - len(lines) * LINE) / 2, bold=lead)
        _bar(drawing, left, y + (height - _BAR) / 2, width - left - texts, row, top, lead=lead)
        y += height + _GAP
    return drawing.svg(y - _GAP, title, desc or in_words((row.label, row.text) for row in rows))


def _write(drawing: Drawing, lines: Sequence[str], y: float, *, bold: bool) -> None:
    for index, line in enumerate(lines):
        drawing.text(0, y + index * LINE + SIZE * 1.05, line, bold=bold)


def _bar(
    drawing: Drawing, x: float, y: float, room: float, row: Bar, top: float, *, lead: bool
) -> None:
    if row.value is None:
        drawing.hidden(x, y, min(room, _STUB), _BAR)
    else:
        drawing.rect(x, y, room, _BAR, TRACK)
        drawing.rect(x, y, room * min(1.0, row.value / top), _BAR, LEAD if lead else REST)
    ink = INK_2 if row.value is None else INK
    drawing.text(drawing.width, y + SIZE * 1.08, row.text, anchor="end", bold=lead, ink=ink)


def stacked_scale(
    rows: Sequence[Scale],
    *,
    parts: Sequence[str],
    title: str,
    desc: str = "",
    theme: Theme = "paper",
    width: float = 640,
) -> str:
    """Draw a full-width bar for each row, cut into two to five parts from no to yes.

    `parts` are the names of the parts in the order of the shares, which sum to 1; the first is
    hatched. Raises `ValueError` for other numbers of parts or shares. A hidden row has no parts
    and its `net` says so.
    """
    checked(share for row in rows for share in row.shares or (None,))
    if len(parts) not in _INKS_OF or any(len(row.shares or parts) != len(parts) for row in rows):
        raise ValueError("a scale has two to five parts, and every row a share for each")
    inks = [PARTS[index] for index in _INKS_OF[len(parts)]]
    drawing = Drawing(theme, width)
    y = _legend(drawing, parts, inks) + _GAP
    for row in rows:
        lines = wrap(row.label, width - width_of(row.net) - 16, most=2)
        _write(drawing, lines, y, bold=False)
        drawing.text(width, y + SIZE * 1.05, row.net, anchor="end", bold=row.shares is not None)
        y += len(lines) * LINE + 4
        _stack(drawing, y, row, inks)
        y += _BAR + _GAP
    told = ((row.label, " / ".join((*row.texts, row.net))) for row in rows)
    return drawing.svg(y - _GAP, title, desc or f"{' / '.join(parts)}: {in_words(told)}")


def _legend(drawing: Drawing, parts: Sequence[str], inks: Sequence[Ink]) -> float:
    """Draw the key, in as many lines as it takes, and return where it ends."""
    x, y = 0.0, 0.0
    for index, (part, ink) in enumerate(zip(parts, inks, strict=True)):
        room = SIZE + 6 + width_of(part)
        if x and x + room > drawing.width:
            x, y = 0.0, y + LINE
        drawing.rect(x, y + 3, SIZE, SIZE, ink)
        if index == 0:
            drawing.hatch(x, y + 3, SIZE, SIZE, MARKED)
        drawing.text(x + SIZE + 6, y + SIZE * 1.05, part, ink=INK_2)
        x += room + 18
    return y + LINE


def _stack(drawing: Drawing, y: float, row: Scale, inks: Sequence[Ink]) -> None:
    if row.shares is None:
        drawing.hidden(0, y, drawing.width, _BAR)
        return
    total, x = sum(row.shares) or 1.0, 0.0
    texts = (*row.texts, *[""] * len(row.shares))
    for index, (share, ink) in enumerate(zip(row.shares, inks, strict=True)):
        room = drawing.width * share / total
        if room > _SEAM:
            _segment(drawing, x, y, room - _SEAM, texts[index], ink, marked=index == 0)
        x += room


def _segment(
    drawing: Drawing, x: float, y: float, room: float, text: str, ink: Ink, *, marked: bool
) -> None:
    drawing.rect(x, y, room, _BAR, ink)
    needed = width_of(text) + 8
    fits = bool(text) and needed <= room
    if marked:
        start = needed if fits else 0.0
        drawing.hatch(x + start, y, max(0.0, room - start), _BAR, MARKED)
    if fits:
        drawing.text(x + 4, y + SIZE * 1.08, text, ink=ON_SOLID if ink in _DARK else INK)
