"""Covers burn in: nothing of what was there can be read from any rendition."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageStat

from participation.media.press import Cover, Pressed
from participation.media.press.covering import CELLS, INK, cover
from tests.media.press.makers import drawing, encoded, exif

Send = Callable[..., Pressed]


def faces(seed: int) -> Image.Image:
    """Fine stripes, different for each seed, on the same ground: what a blur must not keep."""
    image = Image.new("L", (600, 600), 128)
    pen = ImageDraw.Draw(image)
    for row in range(0, 600, 20):
        pen.rectangle((0, row, 600, row + 9), fill=255 if (seed >> row // 20) & 1 else 0)
        pen.rectangle((0, row + 10, 600, row + 19), fill=0 if (seed >> row // 20) & 1 else 255)
    return image.convert("RGB")


class TestCovers:
    @pytest.mark.parametrize("orientation", [1, 6])
    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_a_box_in_every_rendition(self, send: Send, kind: str, orientation: int) -> None:
        raw = encoded(drawing(1800, 1200), kind, exif=exif(orientation))
        found = send(raw, (Cover(250, 500, 250, 250),))
        for made in found.made:
            with Image.open(made.path) as image:
                width, height = image.size
                box = (width // 4 + 2, height // 2 + 2, width // 2 - 2, height * 3 // 4 - 2)
                inside = ImageStat.Stat(image.convert("RGB").crop(box))
            assert all(abs(mean - ink) < 3 for mean, ink in zip(inside.mean, INK, strict=True))
            assert max(inside.stddev) < 3

    def test_a_cover_is_rounded_outwards(self) -> None:
        image = Image.new("RGB", (10, 10), "white")
        cover(image, [Cover(111, 111, 111, 111)])
        dark = [x for x in range(10) if image.getpixel((x, 1)) == INK]
        assert dark == [1, 2]

    def test_a_blur_keeps_a_few_averages_only(self) -> None:
        one, other = faces(0b1011010), faces(0b0100101)
        for image in (one, other):
            cover(image, [Cover(0, 0, 1000, 1000, "blur")])
        assert one.tobytes() == other.tobytes()

    def test_a_blur_holds_few_colours_of_what_was_there(self) -> None:
        image = drawing(600, 400)
        cover(image, [Cover(0, 0, 1000, 1000, "blur")])
        again = image.resize((CELLS, CELLS * 2 // 3), Image.Resampling.BOX)
        smooth = again.resize(image.size, Image.Resampling.BICUBIC)
        assert ImageStat.Stat(image).count == ImageStat.Stat(smooth).count
        edges = [abs(a[0] - b[0]) for a, b in _neighbours(image)]
        assert max(edges) < 12

    def test_outside_stays_as_it_was(self) -> None:
        image = drawing(600, 400)
        before = image.crop((300, 0, 600, 400)).tobytes()
        cover(image, [Cover(0, 0, 500, 1000, "blur")])
        assert image.crop((300, 0, 600, 400)).tobytes() == before

    @pytest.mark.parametrize("size", [(1, 1), (1, 50), (50, 1), (3, 2)])
    def test_the_smallest_places(self, size: tuple[int, int]) -> None:
        image = Image.new("RGB", size, "red")
        cover(image, [Cover(0, 0, 1000, 1000, "blur")])
        assert image.size == size

    @pytest.mark.parametrize(
        "place", [(-1, 0, 10, 10), (0, 0, 0, 10), (0, 0, 1001, 10), (900, 900, 50, 101)]
    )
    def test_it_lies_inside(self, place: tuple[int, int, int, int]) -> None:
        with pytest.raises(ValueError, match="cover"):
            Cover(*place)

    def test_it_is_a_box_or_a_blur(self) -> None:
        with pytest.raises(ValueError, match="cover"):
            Cover(0, 0, 1, 1, "glass")  # type: ignore[arg-type]


def _neighbours(image: Image.Image) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    row = [image.getpixel((x, 200)) for x in range(image.width)]
    return list(pairwise(row))  # type: ignore[arg-type]
