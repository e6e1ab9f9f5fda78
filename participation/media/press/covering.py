"""Boxes and blurs burnt into the pixels: no rendition can bring back what was there."""

from collections.abc import Sequence
from math import ceil, floor
from typing import Final

from PIL import Image, ImageFilter

from participation.media.press.face import Cover

INK: Final = (43, 42, 41)
CELLS: Final = 6
"""A blurred place keeps so many averages along its longer side, whatever its size in pixels: of a
face, 36 colours. Their grid is the same in every rendition, so that two of them tell no more."""
_FINE: Final = 4
"""How far the averages are smoothed out before they are drawn large."""


def cover(picture: Image.Image, covers: Sequence[Cover]) -> None:
    """Paint the covers over an upright RGB picture, in place, each rounded outwards."""
    for one in covers:
        place = _place(picture.size, one)
        if one.how == "box":
            picture.paste(INK, place)
        else:
            picture.paste(_blurred(picture.crop(place)), place)


def _place(size: tuple[int, int], one: Cover) -> tuple[int, int, int, int]:
    width, height = size
    return (
        floor(one.left * width / 1000),
        floor(one.top * height / 1000),
        ceil((one.left + one.width) * width / 1000),
        ceil((one.top + one.height) * height / 1000),
    )


def _blurred(part: Image.Image) -> Image.Image:
    """The averages of a few cells, smoothed: all else is thrown away before anything is drawn."""
    scale = CELLS / max(part.size)
    cells = (max(1, round(part.width * scale)), max(1, round(part.height * scale)))
    few = part.resize(cells, Image.Resampling.BOX)
    fine = few.resize((cells[0] * _FINE, cells[1] * _FINE), Image.Resampling.NEAREST)
    soft = fine.filter(ImageFilter.GaussianBlur(_FINE / 2))
    return soft.resize(part.size, Image.Resampling.BILINEAR)
