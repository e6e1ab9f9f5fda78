"""Fingerprints stay near under resizing, encoding and a slight crop, and far between drawings."""

import io
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from participation.media.press import Pressed, distance, near, signed, unsigned
from participation.media.press.fingerprints import NEAR, dhash
from tests.media.press.makers import drawing, encoded, exif, svg

Send = Callable[..., Pressed]
BITS64 = st.integers(0, (1 << 64) - 1)


def of(image: Image.Image) -> int:
    greys = image.convert("L").resize((9, 8), Image.Resampling.BICUBIC)
    return dhash(greys.tobytes())


def test_by_hand() -> None:
    rising, falling = list(range(9)) * 8, list(range(9, 0, -1)) * 8
    assert dhash(rising) == 0 and dhash(falling) == (1 << 64) - 1
    assert dhash([*falling[:9], *rising[9:]]) == 0xFF << 56
    assert distance(0b1011, 0b0010) == 2


@pytest.mark.parametrize("seed", range(6))
def test_copies_are_near(seed: int) -> None:
    image = drawing(1200, 900, seed)
    copies = [
        image.resize((320, 240)),
        Image.open(io.BytesIO(encoded(image, quality=30))),
        Image.open(io.BytesIO(encoded(image.resize((700, 525)), "WEBP", quality=40))),
        image.crop((12, 9, 1188, 891)),
        image.point(lambda value: value * 0.9),
    ]
    assert max(distance(of(image), of(copy)) for copy in copies) <= NEAR


def test_other_drawings_are_far() -> None:
    prints = [of(drawing(600, 450, seed)) for seed in range(30)]
    assert min(distance(one, other) for one, other in combinations(prints, 2)) > NEAR


def test_through_the_press_it_is_the_upright_picture_s(send: Send) -> None:
    image = drawing(800, 600)
    held = image.transpose(Image.Transpose.ROTATE_90)
    found = [
        send(encoded(image)).fingerprint,
        send(encoded(image, "PNG")).fingerprint,
        send(encoded(held, exif=exif(6))).fingerprint,
    ]
    assert max(distance(found[0] or 0, one or 0) for one in found) <= 3


def test_drawings_have_one_too(send: Send) -> None:
    assert send(svg('<rect x="5" width="5" height="9"/>')).fingerprint


@given(st.lists(BITS64, max_size=30), BITS64, st.integers(0, 64))
def test_near_is_what_it_says(prints: list[int], one: int, within: int) -> None:
    found = near(enumerate(prints), one, within)
    assert sorted(found) == [
        (place, (one ^ other).bit_count())
        for place, other in enumerate(prints)
        if (one ^ other).bit_count() <= within
    ]
    assert [far for _place, far in found] == sorted(far for _place, far in found)


@given(BITS64)
def test_a_database_keeps_it(one: int) -> None:
    assert -(1 << 63) <= signed(one) < 1 << 63 and unsigned(signed(one)) == one
