"""The pen of the charts: shapes with classes and fallback colours, and text that is measured."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

Theme = Literal["page", "paper"]

PAPER_FONTS: Final = "Noto Sans SC, Noto Emoji"
SIZE: Final = 15.0
"""Height of ordinary text, in the units of the drawing; a line takes 1.4 times as much."""
LINE: Final = SIZE * 1.4

_LATIN_WIDTH: Final = 0.58
_HATCH_STEP: Final = 7.0
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECES: Final = re.compile(r"(?:[!-~À-ɏ]+|\S)[，。？！、；：）”’》…]*|\s+")


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour by its class in the stylesheet, and the colour of the light theme and of paper."""

    name: str
    colour: str


INK: Final = Ink("ch-ink", "#1b282d")
INK_2: Final = Ink("ch-ink2", "#3c494f")
ON_SOLID: Final = Ink("ch-on", "#fffdf8")
TRACK: Final = Ink("bar__t", "#efe7d6")
AXIS: Final = Ink("axis", "#7f745f")
LEAD: Final = Ink("d1", "#0d5763")
REST: Final = Ink("dm", "#69969c")
GOAL: Final = Ink("d2", "#c2501d")
MARKED: Final = Ink("hatch", "#fffdf8")
HIDDEN: Final = Ink("ch-hid", "#7f745f")
PARTS: Final = (
    Ink("sv1", "#7d2e08"),
    Ink("sv2", "#c2501d"),
    Ink("sv3", "#d9cdb5"),
    Ink("sv4", "#69969c"),
    Ink("sv5", "#0d5763"),
)
RAMP: Final = (
    Ink("rp1", "#e7ece9"),
    Ink("rp2", "#c5d5d4"),
    Ink("rp3", "#9ebbbc"),
    Ink("rp4", "#34727b"),
    Ink("rp5", "#0d5763"),
)


@dataclass(slots=True)
class Drawing:
    """An SVG being drawn; lengths are in its own units, `width` of them from edge to edge."""

    theme: Theme
    width: float
    parts: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """Fill a rectangle."""
        box = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
        self.parts.append(f"<rect {box} {self._paint('fill', ink)}/>")

    def disc(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """Fill a disc around a point."""
        place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self.parts.append(f"<circle {place} {self._paint('fill', ink)}/>")

    def path(self, steps: str, ink: Ink, *, thick: float = 1.0, dashes: str = "") -> None:
        """Draw the line of an SVG path; `dashes` as in stroke-dasharray."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        stroke = f'fill="none" stroke-width="{number(thick)}"{dashed}'
        self.parts.append(f'<path d="{steps}" {stroke} {self._paint("stroke", ink)}/>')

    def hatch(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """Hatch a rectangle with slanted strokes that end at its edges."""
        strokes = []
        for count in range(1, math.ceil((width + height) / _HATCH_STEP)):
            start = count * _HATCH_STEP - height
            low, high = max(0.0, -start), min(height, width - start)
            begin = f"M{number(x + start + low)} {number(y + height - low)}"
            strokes.append(f"{begin}l{number(high - low)} {number(low - high)}")
        self.path("".join(strokes), ink, thick=2)

    def hidden(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the place of a value that is not shown."""
        self.rect(x, y, width, height, TRACK)
        self.hatch(x, y, width, height, HIDDEN)

    def text(
        self, x: float, y: float, words: str, *, ink: Ink = INK, anchor: str = "start",
        size: float = SIZE, bold: bool = False,
    ) -> None:  # fmt: skip
        """Write one line whose baseline lies at `y`."""
        weight = ' font-weight="700"' if bold else ""
        place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
        look = f'font-size="{number(size)}"{weight} {self._paint("fill", ink)}'
        self.parts.append(f"<text {place} {look}>{escape(clean(words))}</text>")

    def svg(self, height: float, title: str, desc: str) -> str:
        """Return the finished drawing with its name and description for those who cannot see it."""
        fonts = f' font-family="{PAPER_FONTS}"' if self.theme == "paper" else ""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(self.width)} '
            f'{number(height)}" role="img" aria-label={quoteattr(clean(title))}{fonts}>'
            f"<title>{escape(clean(title))}</title><desc>{escape(clean(desc))}</desc>"
        )
        return head + "".join(self.parts) + "</svg>"

    def _paint(self, attribute: str, ink: Ink) -> str:
        colour = f'{attribute}="{ink.colour}"'
        return f'class="{ink.name}" {colour}' if self.theme == "page" else colour


def number(value: float) -> str:
    """Return a length with at most two decimals and no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def clean(words: str) -> str:
    """Return the words without the characters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def width_of(words: str, size: float = SIZE) -> float:
    """Return about how wide a line is: wide characters take one size, others a bit over half."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in words)
    return size * (wide + _LATIN_WIDTH * (len(words) - wide))


def wrap(words: str, room: float, most: int = 3) -> list[str]:
    """Break words into at most `most` lines of `room`; what does not fit ends in an ellipsis.

    Chinese breaks between any two characters, but no line starts with closing punctuation.
    """
    lines = [""]
    for piece in _fitting(words, room):
        if lines[-1] and width_of(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    shown = [line.rstrip() for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = shown[-1][:-1] + "…"
    return shown


def _fitting(words: str, room: float) -> Iterator[str]:
    for piece in _PIECES.findall(clean(words)):
        yield from piece if width_of(piece) > room else (piece,)


def checked(values: Iterable[float | None]) -> list[float | None]:
    """Return the values of a chart; raise `ValueError` for none, negative or endless ones."""
    found = list(values)
    if not found:
        raise ValueError("a chart needs at least one row")
    if any(value is not None and not 0 <= value < math.inf for value in found):
        raise ValueError("a chart takes finite values that are not negative")
    return found


def top_of(values: Iterable[float | None], full: float | None) -> float:
    """Return the value that fills the scale: `full`, or the greatest, and never nothing."""
    return max((value for value in (*values, full) if value), default=1.0)


def in_words(rows: Iterable[tuple[str, str]]) -> str:
    """Return rows of label and text as one description."""
    return "; ".join(f"{label} {text}" for label, text in rows)
