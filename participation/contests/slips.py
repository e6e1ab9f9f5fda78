"""The slip of a child in a class's batch: what its code says, and where it lies in a photo.

A slip is printed in millimetres that are known, so that the corners of its code tell where all of
it must be: nobody has to find it, and the child's handwriting on it is covered before anybody
judges the drawing.
"""

from base64 import b32encode
from collections.abc import Sequence
from math import ceil, floor
from typing import Final

from participation.kernel.pseudonyms import fingerprint
from participation.media.press import Cover

WIDTH: Final = 120.0
HEIGHT: Final = 34.0
"""The part that stays at the drawing, in millimetres."""
INSET: Final = 3.0
DRAWN: Final = 28.0
"""The code with its white border, in millimetres, and how far from the upper left corner."""
MODULES: Final = 21
BORDER: Final = 4
MARGIN: Final = 4.0
"""So many millimetres more on each side are covered: scissors are not exact."""

_START: Final = "TS"
_LETTERS: Final = 16
_PURPOSE: Final = "batch-slip"
_KEPT: Final = "batch-code"


def slip_text(sheet_id: bytes) -> str:
    """What the code of a sheet says: opaque, the same at every printing, nothing without the key.

    Eighteen capitals and digits, so that the code is of the smallest version (21 modules).
    """
    return _START + b32encode(fingerprint(_PURPOSE, sheet_id.hex())).decode()[:_LETTERS]


def slip_key(text: str) -> bytes:
    """The keyed fingerprint under which the text of a slip is kept."""
    return fingerprint(_KEPT, text)


def slip_cover(corners: Sequence[tuple[float, float]]) -> Cover:
    """The place of a whole slip in a photo, from the corners of its code (per mille, from the upper
    left one round), whichever way it was turned: the slip's own frame is laid over the picture by
    the two sides of the code, and the rectangle around it is covered."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    across = ((x1 - x0 + x2 - x3) / 2, (y1 - y0 + y2 - y3) / 2)
    down = ((x3 - x0 + x2 - x1) / 2, (y3 - y0 + y2 - y1) / 2)
    module = DRAWN / (MODULES + 2 * BORDER)
    begins, side = INSET + BORDER * module, MODULES * module
    frame = [
        (u, v)
        for u in (-MARGIN - begins, WIDTH + MARGIN - begins)
        for v in (-MARGIN - begins, HEIGHT + MARGIN - begins)
    ]
    xs = [x0 + (u * across[0] + v * down[0]) / side for u, v in frame]
    ys = [y0 + (u * across[1] + v * down[1]) / side for u, v in frame]
    left, right = _inside(min(xs), max(xs))
    top, bottom = _inside(min(ys), max(ys))
    return Cover(left, top, right - left, bottom - top, "box")


def _inside(least: float, most: float) -> tuple[int, int]:
    """Rounded outwards, inside the picture, and at least one per mille wide."""
    begins = min(999, max(0, floor(least)))
    return begins, max(begins + 1, min(1000, ceil(most)))
