"""The print master of a large JPEG without ever holding its pixels whole: 45 MiB instead of 75.

A JPEG keeps brightness and colour apart, and colour mostly at half the size. So brightness is
decoded alone (one byte a pixel, not the four that Pillow needs for RGB), colour at half the size,
and the two meet in the bands of the print master. A test holds it equal to the plain way.
"""

from pathlib import Path

from PIL import Image

from participation.media.press.canvas import Canvas

_ROWS = 128


def joined(path: Path, canvas: Canvas) -> Image.Image | None:
    """The JPEG at `path` scaled onto the canvas, or None when its colours are of another sort."""
    size = (canvas.width, canvas.height)
    with Image.open(path, formats=("JPEG",)) as image:
        if image.mode != "RGB" or image.info.get("adobe_transform", 1) != 1:
            return None
        image.draft("L", size)
        if image.mode != "L":
            return None
        half = (image.width // 2, image.height // 2)
        light = image.resize(size, Image.Resampling.BICUBIC)
    with Image.open(path, formats=("JPEG",)) as image:
        whole = image.size
        image.draft("YCbCr", half)
        image.load()
        # half of an odd side is rounded up, by a column of which half is padding
        scale = max(1, round(whole[0] / image.width))
        box = (0, 0, whole[0] / scale, whole[1] / scale)
        colour = [image.getchannel(name) for name in ("Cb", "Cr")]
    for top in range(0, canvas.height, _ROWS):
        below = min(canvas.height, top + _ROWS)
        rows = [light.crop((0, top, canvas.width, below))]
        part = (0, box[3] * top / canvas.height, box[2], box[3] * below / canvas.height)
        # the decoder too spreads colour linearly when it is asked for all pixels
        rows += [one.resize(rows[0].size, Image.Resampling.BILINEAR, box=part) for one in colour]
        canvas.lay(Image.merge("YCbCr", rows).convert("RGB"), top)
    return canvas.picture
