"""Printed square codes in a picture of ours, found in the child process: text and corners."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import zxingcpp
from PIL import Image

from participation.media.press.face import MOST_CODES, MOST_TEXT, Cover

SIDE: Final = 2400
"""The longer side in which is looked: a module of a slip is still several pixels wide."""


def make(
    source: Path, folder: Path, covers: Sequence[Cover], fonts: Sequence[str]
) -> dict[str, Any]:
    """What `working.Make` asks for; nothing is written, the reply lists what stands there."""
    with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as opened:
        opened.draft("L", (SIDE, SIDE))
        picture = opened.convert("L")
    picture.thumbnail((SIDE, SIDE))
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(picture, formats=formats, try_invert=False)
    return {"codes": [_told(one, picture.size) for one in found[:MOST_CODES]]}


def _told(code: Any, size: tuple[int, int]) -> dict[str, Any]:
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    width, height = size
    return {
        "text": code.text[:MOST_TEXT],
        "corners": [[1000 * one.x / width, 1000 * one.y / height] for one in corners],
    }
