"""What goes into the press and what comes out of it; nothing here opens a file.

The child process reads this file too, so it imports nothing but the standard library.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Kind = Literal["picture", "vector", "sound"]
KINDS: Final[tuple[Kind, ...]] = ("picture", "vector", "sound")
MIMES: Final[dict[str, Kind]] = {
    "image/jpeg": "picture",
    "image/png": "picture",
    "image/webp": "picture",
    "image/svg+xml": "vector",
    "audio/webm": "sound",
    "audio/ogg": "sound",
    "audio/mpeg": "sound",
    "audio/mp4": "sound",
    "audio/wav": "sound",
}
"""What is taken, by the content of the file; the declared type and the name never count."""

CODES: Final = (
    "empty",
    "too_big",
    "wrong_kind",
    "heic",
    "animated",
    "unreadable",
    "too_many_pixels",
    "too_small",
    "bomb",
    "unsafe_drawing",
    "picture_inside",
    "too_long",
    "too_slow",
    "infected",
)
"""Why a file can't be used. `infected` is said by whoever asks a virus scanner, never here."""

MOST_BYTES: Final[dict[Kind, int]] = {
    "picture": 30_000_000,
    "vector": 2_000_000,
    "sound": 30_000_000,
}
"""The press takes no larger file, whatever its caller allows."""
MOST_PIXELS: Final = 40_000_000
MOST_SIDE: Final = 12_000
LEAST_SIDE: Final = 32
MOST_SECONDS: Final = 300
"""A sound of five minutes; longer ones are refused, not cut."""

SIDES: Final[dict[str, int]] = {"small": 400, "medium": 800, "large": 1600}
"""The longer side of each WebP rendition, in pixels; nothing is ever enlarged."""
PRINT_SIDE: Final = 3000
"""The longer side of the print master: A3 at 180 dots an inch."""
MOST_CODES: Final = 8
"""So many printed codes of one picture are told."""
MOST_TEXT: Final = 64
"""Characters of a code; a longer one is none of ours."""


class Unusable(Exception):
    """This file can't be used; `code` is one of `CODES`, the sentence stands in media.wording."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code if code in CODES else "unreadable"


@dataclass(frozen=True, slots=True)
class Looked:
    """What the first look says, from the header alone. Sides are 0 for vectors and sounds.

    Width and height are those of the stored picture; `Pressed` says those of the upright one.
    """

    kind: Kind
    mime: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A rectangle to make unseeable, in per mille of the upright picture.

    `how` is "box" (opaque) or "blur" (a mosaic of a few colours, smoothed: it can't be undone).
    """

    left: int
    top: int
    width: int
    height: int
    how: Literal["box", "blur"] = "box"

    def __post_init__(self) -> None:
        inside = (
            0 <= self.left < self.left + self.width <= 1000
            and 0 <= self.top < self.top + self.height <= 1000
        )
        if not inside or self.how not in ("box", "blur"):
            raise ValueError("a cover lies inside 0..1000 and is a box or a blur")


@dataclass(frozen=True, slots=True)
class Made:
    """One rendition: `name` small, medium, large, print, svg or sound; sides in pixels."""

    name: str
    path: Path
    mime: str
    width: int
    height: int
    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """What became of a file. `fingerprint` is 64 bits of pictures and vectors, of sounds None.

    `width` and `height` are those of the upright source in pixels (of a vector: of its print
    master), `seconds` the length of a sound. A picture of one colour has the fingerprint 0, which
    says nothing about its neighbours. `peak` is the most memory that the child process held,
    in bytes (resident, with its interpreter).
    """

    kind: Kind
    width: int
    height: int
    seconds: float
    fingerprint: int | None
    made: tuple[Made, ...]
    peak: int = 0


@dataclass(frozen=True, slots=True)
class Spotted:
    """A printed code in a picture: its text, and its corners in per mille of the upright picture,
    from the code's own upper left one round; they may lie a little outside."""

    text: str
    corners: tuple[tuple[float, float], ...]
