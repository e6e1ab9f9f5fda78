"""What may stand in a drawing: the names of elements and attributes, and how each value looks.

What is not here does not come through: no script, no handler, no style sheet, no filter, no
animation, no foreign markup, no address but `#name` of the same file.
"""

import re
from typing import Final

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"

SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
SERVERS: Final = frozenset({"linearGradient", "radialGradient"})
DRAWN: Final = SHAPES | {"text", "use"}
ELEMENTS: Final = (
    DRAWN | SERVERS | {"svg", "g", "defs", "symbol", "tspan", "stop", "clipPath", "mask", "pattern"}
)
TEXTS: Final = frozenset({"text", "tspan"})
EMPTY: Final = SHAPES | {"use", "stop"}
"""Elements whose content, if any, would be titles, animations and the like."""
RENAMED: Final = {"a": "g"}
"""A link is drawn as what stands in it."""
REFUSED: Final = {"image": "picture_inside", "foreignObject": "unsafe_drawing"}
"""Elements that can't be left out without leaving a hole in what the child sees."""

_UNIT: Final = r"(?:px|pt|pc|mm|cm|in|em|ex|%)?"
_NUMBER: Final = rf"[-+]?(?:\d{{1,12}}(?:\.\d{{0,20}})?|\.\d{{1,20}})(?:[eE][-+]?\d{{1,2}})?{_UNIT}"
_URL: Final = r"url\(\s*['\"]?#([^\s'\"()<>]{1,200})['\"]?\s*\)"
_COLOUR: Final = r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|(?:rgb|hsl)a?\([-+\d.,%/\sdeg]{1,60}\)"

NUMBER: Final = re.compile(_NUMBER)
NUMBERS: Final = re.compile(rf"{_NUMBER}(?:[\s,]+{_NUMBER}){{0,4000}}")
WORD: Final = re.compile(r"[a-zA-Z-]{1,40}")
WORDS: Final = re.compile(r"[a-zA-Z0-9 .%-]{1,60}")
PATH: Final = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe\d+\-.,\s]*")
POINTS: Final = re.compile(r"[\dEe+\-.,\s]*")
TURNS: Final = re.compile(
    r"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([-+\d.eE,\s]{1,300}\)[\s,]*){0,50}"
)
FONTS: Final = re.compile(r"[\w \t,'\"-]{1,300}")
PAINT: Final = re.compile(rf"{_COLOUR}|{_URL}(?:\s+(?:{_COLOUR}))?")
PLACE: Final = re.compile(rf"none|{_URL}")
NAME: Final = re.compile(r"#([^\s'\"()<>]{1,200})")
URL: Final = re.compile(_URL)
SPACE: Final = re.compile("preserve|default")


def _each(names: str, pattern: re.Pattern[str]) -> dict[str, re.Pattern[str]]:
    return dict.fromkeys(names.split(), pattern)


PRESENTATION: Final[dict[str, re.Pattern[str]]] = {
    **dict.fromkeys(("fill", "stroke"), PAINT),
    **dict.fromkeys(("stop-color", "color"), re.compile(_COLOUR)),
    **dict.fromkeys(("clip-path", "mask"), PLACE),
    **_each(
        "stroke-width stroke-miterlimit stroke-dashoffset opacity fill-opacity "
        "stroke-opacity stop-opacity",
        NUMBER,
    ),
    "stroke-dasharray": re.compile(rf"none|{_NUMBER}(?:[\s,]+{_NUMBER}){{0,40}}"),
    **_each(
        "stroke-linecap stroke-linejoin fill-rule clip-rule display visibility "
        "font-style text-anchor dominant-baseline writing-mode",
        WORD,
    ),
    **_each(
        "font-size font-weight letter-spacing word-spacing paint-order text-decoration "
        "baseline-shift",
        WORDS,
    ),
    "font-family": FONTS,
}
"""What may be said in `style=` and in a style sheet as well as by an attribute."""

ATTRIBUTES: Final[dict[str, re.Pattern[str]]] = {
    **PRESENTATION,
    **_each(
        "x y width height rx ry cx cy r x1 y1 x2 y2 fx fy fr offset dx dy rotate viewBox",
        NUMBERS,
    ),
    **dict.fromkeys(("transform", "gradientTransform", "patternTransform"), TURNS),
    **_each(
        "gradientUnits spreadMethod patternUnits patternContentUnits clipPathUnits "
        "maskUnits maskContentUnits",
        WORD,
    ),
    "preserveAspectRatio": WORDS,
    "d": PATH,
    "points": POINTS,
    "href": NAME,
}
LONG: Final = frozenset({"d", "points"})
"""These may be long; every other value is cut off at `MOST_VALUE` by being left out."""

MOST_NODES: Final = 20_000
MOST_DEPTH: Final = 48
MOST_VALUE: Final = 8_000
MOST_PATH: Final = 400_000
MOST_WEIGHT: Final = 100_000
"""So many elements may be drawn after every `use`, pattern, mask and clip is counted out."""
MOST_SHEET: Final = 100_000
MOST_RULES: Final = 400
"""Characters of a style sheet, and its rules that are read."""
