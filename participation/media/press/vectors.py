"""A drawing (SVG): built anew, drawn by resvg, and from there on a picture like any other."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import resvg_py
from lxml import etree
from PIL import Image

from participation.media.press.canvas import plain
from participation.media.press.covering import cover
from participation.media.press.face import PRINT_SIDE, Cover
from participation.media.press.pictures import renditions
from participation.media.press.sanitising import sanitise

_FAMILY: Final = "Noto Sans SC"
_FAMILIES: Final = (
    "font_family",
    "serif_family",
    "sans_serif_family",
    "cursive_family",
    "fantasy_family",
    "monospace_family",
)
_PNG: Final[dict[str, Any]] = {"format": "PNG"}


def make(
    source: Path, folder: Path, covers: Sequence[Cover], fonts: Sequence[str]
) -> dict[str, Any]:
    """Every rendition of a drawing; its own lines only without covers, which they can't carry."""
    drawing = sanitise(source.read_bytes())
    picture = _drawn(drawing, fonts if b"<text" in drawing else ())
    cover(picture, covers)
    made = renditions(picture, folder, _PNG)
    if not covers:
        (folder / "drawing.svg").write_bytes(drawing)
        said = {"name": "svg", "file": "drawing.svg", "mime": "image/svg+xml"}
        made["made"].append({**said, "width": picture.width, "height": picture.height})
    return {"width": picture.width, "height": picture.height, **made}


def _drawn(drawing: bytes, fonts: Sequence[str]) -> Image.Image:
    """The drawing in pixels, on white, its longer side that of a print master."""
    root = etree.fromstring(drawing)
    sides = [float(root.get(side, "1")) for side in ("width", "height")]
    # resvg rounds a size of its own up before it scales; so the final size is said by the root
    for side, length in zip(("width", "height"), sides, strict=True):
        root.set(side, str(max(1, round(length * PRINT_SIDE / max(sides)))))
    families: dict[str, Any] = dict.fromkeys(_FAMILIES, _FAMILY)
    raw = resvg_py.svg_to_bytes(
        svg_string=etree.tostring(root, encoding="unicode"),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=list(fonts) or None,
        **families,
    )
    with Image.open(BytesIO(bytes(raw)), formats=("PNG",)) as image:
        return plain(image)
