"""A child's text made plain for looking at, with the place of every character in the text.

Character by character: width, case, circled and other digits, traditional characters; what can't be
seen goes (zero width, combining, the frame of a keycap), what stands for several characters or is
one character written in two parts (弓虽) is put in their place. So every hit is a place in the text
as the child wrote it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from participation.screening.simple import SIMPLE

LISTS: Final = Path(__file__).parent / "lists"


def lines_of(name: str) -> list[str]:
    """The entries of one of our lists: a line each, without comments."""
    lines = (line.partition("#")[0].strip() for line in (LISTS / name).read_text().splitlines())
    return [line for line in lines if line]


_COMPATIBLE: Final = chain(
    range(0x00B2, 0x00BA),
    range(0x2070, 0x2100),
    range(0x2460, 0x2500),
    range(0x2F00, 0x2FE0),
    range(0x3000, 0x3001),
    range(0xF900, 0xFB00),
    range(0xFF01, 0xFF5F),
    range(0x1D400, 0x1D800),
    range(0x1F110, 0x1F12A),
)
_DIGITS: Final = chain(
    range(0x0660, 0x1A9A),
    range(0x2474, 0x249C),
    range(0x24EA, 0x2500),
    range(0x2776, 0x2794),
    range(0x3220, 0x3229),
    range(0x3280, 0x3289),
    range(0x1FBF0, 0x1FBFA),
)


_MARTIAN: Final = {
    ord(odd): ord(plain) for odd, plain in (line.split() for line in lines_of("martian.txt"))
}
"""Characters that children's net slang (火星文) writes in place of plain ones."""


def _plain_table() -> dict[int, int]:
    """Every character that stands for one plain character."""
    table = dict(SIMPLE)
    table.update(_MARTIAN)
    for code in chain(range(0x41, 0x5B), _COMPATIBLE):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = SIMPLE.get(ord(plain), ord(plain.lower()))
    table.update({code: code + 32 for code in range(0x41, 0x5B)})
    for code in _DIGITS:
        value = unicodedata.numeric(chr(code), -1)
        if value in range(10):
            table[code] = ord(str(int(value)))
    return table


PLAIN: Final = _plain_table()
_MANY: Final = {chr(0x2460 + n - 1): str(n) for n in range(10, 21)}
_SPLIT: Final = {parts: whole for whole, parts in (line.split() for line in lines_of("split.txt"))}
_UNSEEN: Final = (
    "\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u2060-\u2064\u20d0-\u20ff\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef"
)
_ODD: Final = re.compile(f"[{_UNSEEN}]+|[{''.join(_MANY)}]|{'|'.join(sorted(_SPLIT))}")
_IS_ODD: Final = (
    re.compile(f"[{_UNSEEN}{''.join(_MANY)}]"),
    re.compile("|".join(sorted(_SPLIT))),
)
"""The same in two looks, each of which goes by first characters: a tenth of the time."""
_CJK: Final = "\u4e00-\u9fff"
_APART: Final = re.compile(
    rf"(?<![a-z0-9])[a-z0-9{_CJK}](?:[ .*_·-][a-z0-9{_CJK}](?![a-z0-9])){{2,}}"
    rf"|[{_CJK}](?:[*_·•~^|][{_CJK}])+"
)
_GAPS: Final = re.compile(r"[ .*_·•~^|-]")


@dataclass(frozen=True, slots=True)
class View:
    """A text to look at; `starts` and `ends` are the places of its characters, None: the same."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the view stands in the text that the child wrote."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Folded:
    """`said` is the text itself, `plain` its plain form, `closed` the same with the gaps closed
    between characters that were written apart (微 信 a b c)."""

    said: str
    plain: View
    closed: View


def fold(text: str) -> Folded:
    """Make a text plain; one that needs nothing but other characters keeps its places for free."""
    flat = text.translate(PLAIN)
    plain = View(flat)
    if _IS_ODD[0].search(flat) or _IS_ODD[1].search(flat):
        plain = _rewritten(plain, _ODD, _other)
    closed = plain
    if _GAPS.search(plain.text) and _APART.search(plain.text):
        closed = _rewritten(plain, _APART, lambda run: _GAPS.sub("", run))
    return Folded(text, plain, closed)


def _other(odd: str) -> str:
    return _MANY.get(odd) or _SPLIT.get(odd, "")


def _rewritten(view: View, what: re.Pattern[str], how: Callable[[str], str]) -> View:
    """Rewrite what the pattern finds; what goes belongs to the character before it."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cut = 0

    def keep(start: int, end: int) -> None:
        parts.append(view.text[start:end])
        for place in range(start, end):
            first, last = view.place(place, place + 1)
            starts.append(first)
            ends.append(last)

    for found in what.finditer(view.text):
        keep(cut, found.start())
        cut = found.end()
        new = how(found[0])
        parts.append(new)
        _place(view, found, new, starts, ends)
    keep(cut, len(view.text))
    return View("".join(parts), starts, ends)


def _place(view: View, found: re.Match[str], new: str, starts: list[int], ends: list[int]) -> None:
    """The places of what stands in place of a find."""
    first, last = view.place(*found.span())
    if not new and ends:
        ends[-1] = last
    cursor = found.start()
    for letter in new:
        at = view.text.find(letter, cursor, found.end())
        place = (first, last) if at < 0 else view.place(at, at + 1)
        cursor = cursor if at < 0 else at + 1
        starts.append(place[0])
        ends.append(place[1])
