"""A photo or a scanned drawing: decoded within bounds, upright, in sRGB, bare in four sizes."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from PIL import Image, PngImagePlugin

from participation.media.press.canvas import (
    Canvas,
    Colours,
    colours_of,
    fitted,
    orientation_of,
    spread,
    upright,
)
from participation.media.press.covering import cover
from participation.media.press.face import MOST_PIXELS, PRINT_SIDE, SIDES, Cover, Unusable
from participation.media.press.fingerprints import HIGH, WIDE, dhash
from participation.media.press.halves import joined
from participation.media.press.looking import sides
from participation.media.press.sniffing import HEAD, sniff

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
FEW_COLOURS: Final = 256
"""A picture without loss of so few colours (a logo, a diagram) is printed from PNG."""
_WEBP: Final[dict[str, Any]] = {"format": "WEBP", "quality": 80, "method": 2}
"""Method 2 of 0..6: half the CPU of the default 4 for files larger by a hundredth."""
_JPEG: Final[dict[str, Any]] = {"format": "JPEG", "quality": 92}
_PNG: Final[dict[str, Any]] = {"format": "PNG"}

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
PngImagePlugin.MAX_TEXT_MEMORY = 4_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)


def make(
    source: Path, folder: Path, covers: Sequence[Cover], fonts: Sequence[str] = ()
) -> dict[str, Any]:
    """Every rendition of a picture, as bare files in `folder`.

    Raises `Unusable`; what else a library raises at a stranger's bytes is the caller's to name.
    """
    with source.open("rb") as file:
        mime = sniff(file.read(HEAD)) or ""
        if mime not in FORMATS:
            raise Unusable("wrong_kind")
        size = sides(file, mime)
        image = opened(file, mime)
        turned = orientation_of(image)
        if mime == "image/jpeg":
            made = _of_jpeg(source, image, turned, covers, folder)
        else:
            made = _of_other(image, turned, covers, folder)
    width, height = upright(size, turned)
    return {"width": width, "height": height, **made}


def opened(file: BinaryIO, mime: str) -> Image.Image:
    """The picture with its header read; its pixels are not yet."""
    file.seek(0)
    try:
        image = Image.open(file, formats=(FORMATS[mime],))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Unusable("too_many_pixels") from bomb
    except ValueError as error:
        raise Unusable("bomb" if "MAX_TEXT" in str(error) else "unreadable") from error
    if mime != "image/jpeg" and getattr(image, "is_animated", False):
        raise Unusable("animated")
    return image


def _of_jpeg(
    source: Path, image: Image.Image, turned: int, covers: Sequence[Cover], folder: Path
) -> dict[str, Any]:
    """The WebP renditions from a decoder that scales by itself; the print master for itself."""
    whole, colours = image.size, colours_of(image)
    picture = for_screens(image, turned, colours)
    cover(picture, covers)
    made = webps(picture, folder)
    canvas = Canvas(fitted(whole, PRINT_SIDE), turned, colours)
    if (canvas.width, canvas.height) != fitted(whole, SIDES["large"]):
        del picture
        picture = joined(source, canvas) or _plain(source, canvas)
        cover(picture, covers)
    made["made"].append(saved(picture, folder, "print", _JPEG))
    return made


def for_screens(image: Image.Image, turned: int, colours: Colours | None) -> Image.Image:
    """The large rendition of a JPEG: the decoder itself halves as often as the size allows."""
    large = fitted(image.size, SIDES["large"])
    image.draft(None, large)
    picture = spread(_loaded(image), Canvas(large, turned, colours))
    image.close()
    return picture


def _plain(source: Path, canvas: Canvas) -> Image.Image:
    """The print master the plain way, for greys and the four colours of printers."""
    with Image.open(source, formats=("JPEG",)) as image:
        return spread(_loaded(image), canvas)


def _of_other(
    image: Image.Image, turned: int, covers: Sequence[Cover], folder: Path
) -> dict[str, Any]:
    """All renditions from one decoded picture: the print master first, the others out of it."""
    deep = _loaded(image).mode.startswith("I")
    few = not deep and image.getcolors(FEW_COLOURS) is not None
    picture = spread(image, Canvas(fitted(image.size, PRINT_SIDE), turned, colours_of(image)))
    image.close()
    cover(picture, covers)
    return renditions(picture, folder, _PNG if few else _JPEG)


def _loaded(image: Image.Image) -> Image.Image:
    """The same picture with its pixels; what follows them is read too, and is bounded as well."""
    try:
        image.load()
    except ValueError as error:
        raise Unusable("bomb" if "MAX_TEXT" in str(error) else "unreadable") from error
    return image


def renditions(picture: Image.Image, folder: Path, master: dict[str, Any]) -> dict[str, Any]:
    """The print master as it is, and the WebP renditions out of it."""
    printed = saved(picture, folder, "print", master)
    made = webps(scaled(picture, SIDES["large"]), folder)
    made["made"].append(printed)
    return made


def webps(picture: Image.Image, folder: Path) -> dict[str, Any]:
    """Large, medium, small, each out of the one before, and the fingerprint of the last."""
    made = []
    for name, side in sorted(SIDES.items(), key=lambda item: -item[1]):
        picture = scaled(picture, side)
        made.append(saved(picture, folder, name, _WEBP))
    greys = picture.convert("L").resize((WIDE, HIGH), Image.Resampling.BICUBIC, reducing_gap=4)
    return {"made": made, "fingerprint": dhash(greys.tobytes())}


def scaled(picture: Image.Image, side: int) -> Image.Image:
    """The picture with its longer side at most `side`."""
    size = fitted(picture.size, side)
    return picture if size == picture.size else picture.resize(size, Image.Resampling.BICUBIC)


def saved(picture: Image.Image, folder: Path, name: str, how: dict[str, Any]) -> dict[str, Any]:
    """Write one rendition; nothing that came with the source is carried along."""
    ending = how["format"].lower()
    picture.info.clear()
    picture.save(folder / f"{name}.{ending}", **how)
    return {
        "name": name,
        "file": f"{name}.{ending}",
        "mime": f"image/{ending}",
        "width": picture.width,
        "height": picture.height,
    }
