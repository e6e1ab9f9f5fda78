"""A picture laid down in bands: upright, in sRGB, on white, without holding it twice."""

from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms

UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""By the orientation of EXIF (CIPA DC-008, tag 0x0112); 1 is upright."""
_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
_FROM_THE_END: Final = frozenset({3, 4, 6, 7})
_BAND: Final = 500_000
"""Pixels of the source in one band."""
_REACH: Final = 2
"""The bicubic filter looks so many source pixels far, times the scale."""

Colours = Callable[[Image.Image], Image.Image]


class Canvas:
    """The upright RGB picture; bands of the stored picture are laid on it from the top."""

    def __init__(
        self, size: tuple[int, int], orientation: int = 1, colours: Colours | None = None
    ) -> None:
        self.width, self.height = size
        self.orientation = orientation
        self.colours = colours

    @cached_property
    def picture(self) -> Image.Image:
        """White, as large as the upright picture; it takes no room before the first band."""
        return Image.new("RGB", upright((self.width, self.height), self.orientation), "white")

    def lay(self, band: Image.Image, top: int) -> None:
        """Put an RGB band of the full width where its turned rows belong."""
        if self.colours:
            band = self.colours(band)
        if self.orientation in UPRIGHT:
            band = band.transpose(UPRIGHT[self.orientation])
        rows = band.width if self.orientation in _SIDEWAYS else band.height
        away = self.height - top - rows if self.orientation in _FROM_THE_END else top
        self.picture.paste(band, (away, 0) if self.orientation in _SIDEWAYS else (0, away))


def orientation_of(image: Image.Image) -> int:
    """1 to 8 by EXIF, PNG's eXIf or XMP; 1 where nothing sensible is said."""
    found = image.getexif().get(_ORIENTATION, 1)
    return found if found in UPRIGHT else 1


def upright(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """The sides after turning."""
    return size[::-1] if orientation in _SIDEWAYS else size


def fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The sides scaled down until the longer is `side`; never up."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def spread(source: Image.Image, canvas: Canvas) -> Image.Image:
    """The decoded source scaled onto the canvas band by band.

    Each band is cut with as many rows around it as the filter looks at, so that the outcome is the
    one of scaling in one piece.
    """
    scale = source.height / canvas.height
    reach = int(_REACH * max(1.0, scale)) + 2
    step = max(8, round(_BAND / source.width / scale))
    for top in range(0, canvas.height, step):
        below = min(canvas.height, top + step)
        first = max(0, int(top * scale) - reach)
        last = min(source.height, int(below * scale) + reach + 1)
        band = plain(source.crop((0, first, source.width, last)))
        box = (0, top * scale - first, source.width, min(below * scale, source.height) - first)
        size = (canvas.width, below - top)
        canvas.lay(band.resize(size, Image.Resampling.BICUBIC, box=box), top)
    return canvas.picture


def plain(band: Image.Image) -> Image.Image:
    """The band in RGB, what shines through on white."""
    if band.mode.startswith("I"):
        band = band.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if band.has_transparency_data:
        clear = band.convert("RGBA")
        white = Image.new("RGB", band.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return band if band.mode == "RGB" else band.convert("RGB")


def colours_of(image: Image.Image) -> Colours | None:
    """How to bring an RGB picture with a profile of its own into sRGB; None without one.

    A broken or strange profile is passed over: colours a little off beat a refused drawing.
    """
    raw = image.info.get("icc_profile")
    if not raw or image.mode not in ("RGB", "RGBA", "P"):
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(raw))
        if "sRGB" in ImageCms.getProfileDescription(profile):
            return None
        change = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None

    def brought(band: Image.Image) -> Image.Image:
        return ImageCms.applyTransform(band, change) or band

    return brought
