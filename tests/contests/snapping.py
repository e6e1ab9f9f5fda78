"""Photos as a teacher takes them: a painted sheet with its slip, turned, shrunk, blurred."""

import io
import random

import segno
from PIL import Image, ImageDraw, ImageFilter

from participation.contests.slips import DRAWN, HEIGHT, INSET, WIDTH, slip_text
from tests.media.stage import encoded

DOTS = 7
"""Dots of a millimetre."""
SHEET = (297, 210)
INK = (30, 60, 200)
"""The colour of what a child wrote on the slip, which no drawing here has."""


def slip_picture(text: str) -> Image.Image:
    """A slip as it is cut out, with handwriting in one colour over its right part."""
    image = Image.new("RGB", (round(WIDTH * DOTS), round(HEIGHT * DOTS)), "white")
    kept = io.BytesIO()
    segno.make(text, error="m", micro=False).save(kept, kind="png", scale=20, border=4)
    with Image.open(kept) as code:
        side = round(DRAWN * DOTS)
        image.paste(code.convert("RGB").resize((side, side)), (round(INSET * DOTS),) * 2)
    pen = ImageDraw.Draw(image)
    for line in range(5):
        y = round((4 + 6 * line) * DOTS)
        pen.rectangle((round(36 * DOTS), y, image.width - 2 * DOTS, y + 12), fill=INK)
    return image


def sheet_with(*texts: str, seed: int = 1) -> Image.Image:
    """A painted sheet of A4 with one slip for each text, stuck along its lower margin."""
    drawn = random.Random(seed)
    image = Image.new("RGB", (SHEET[0] * DOTS, SHEET[1] * DOTS), (250, 240, 220))
    pen = ImageDraw.Draw(image)
    for _shape in range(14):
        x, y = drawn.randrange(image.width), drawn.randrange(image.height)
        reach = drawn.randrange(80, 420)
        colour = (drawn.randrange(120, 256), drawn.randrange(90, 200), drawn.randrange(60))
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)
    for place, text in enumerate(texts):
        slip = slip_picture(text)
        image.paste(slip, (40 + place * (slip.width + 60), image.height - slip.height - 30))
    return image


def snap(
    image: Image.Image, *, turned: float = 0.0, scale: float = 0.8, blur: float = 0.8
) -> bytes:
    """A photo of it on a table: turned by degrees, shrunk, blurred by so many pixels, as JPEG."""
    table = Image.new("RGB", (image.width + 300, image.height + 300), (120, 110, 100))
    table.paste(image, (150, 150))
    seen = table.rotate(
        turned, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90)
    )
    small = seen.resize((round(seen.width * scale), round(seen.height * scale)))
    return encoded(small.filter(ImageFilter.GaussianBlur(blur)), "JPEG", quality=85)


def photo_of(sheet_id: bytes, *, seed: int = 1, **how: float) -> bytes:
    """A photo of a drawing with the slip of this sheet."""
    return snap(sheet_with(slip_text(sheet_id), seed=seed), **how)


def ink_in(image: Image.Image) -> int:
    """How many pixels are of the colour of handwriting."""
    small = image.convert("RGB")
    data = small.tobytes()
    return sum(
        1
        for place in range(0, len(data), 3)
        if data[place + 2] > 150 and data[place] < 90 and data[place + 1] < 120
    )
