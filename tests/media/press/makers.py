"""Files as children and strangers send them, made here: pictures, drawings, sounds, bombs."""

import io
import math
import random
import struct
import zlib
from pathlib import Path
from typing import Any

import av
from av.audio.frame import AudioFrame
from PIL import Image, ImageDraw

SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SQUARE = '<rect x="1" y="1" width="8" height="8" fill="#c00"/>'
SECRET = "GPS-of-Li-Hua"


def drawing(width: int = 900, height: int = 600, seed: int = 1) -> Image.Image:
    """A child's drawing: thick lines and filled shapes in loud colours, scaled to the size."""
    dice = random.Random(seed)
    image = Image.new("RGB", (width, height), (250, 247, 238))
    pen = ImageDraw.Draw(image)
    for _shape in range(40):
        colour = tuple(dice.randrange(256) for _part in range(3))
        x, y = dice.random() * width, dice.random() * height
        size = width * (0.05 + dice.random() * 0.2)
        if dice.random() < 0.5:
            pen.ellipse((x, y, x + size, y + size), fill=colour)
        else:
            pen.line((x, y, x - size, y + size), fill=colour, width=max(2, width // 60))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """The picture as bytes."""
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone adds: its maker, a place, how it was held."""
    found = Image.Exif()
    found[0x010F] = SECRET
    found[0x0112] = orientation
    found.get_ifd(0x8825)[1] = "N"
    found.get_ifd(0x8825)[2] = (30.0, 40.0, 50.0)
    return found


def chunk(name: bytes, body: bytes) -> bytes:
    """One chunk of PNG."""
    crc = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)


def png(width: int, height: int, *more: bytes, rows: int | None = None) -> bytes:
    """A PNG of one grey of any size, packed to next to nothing; `more` chunks before the pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    packer = zlib.compressobj(9)
    row = b"\0" * (width + 1)
    body = b"".join(packer.compress(row) for _row in range(height if rows is None else rows))
    pixels = chunk(b"IDAT", body + packer.flush())
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + pixels + chunk(b"IEND", b"")


def svg(inside: str, size: str = 'viewBox="0 0 10 10"', before: str = "") -> bytes:
    """A drawing around something."""
    return f"{before}{SVG_HEAD} {size}>{inside}</svg>".encode()


def sound(
    path: Path, form: str, codec: str, seconds: float = 1.0, *, rate: int = 48000, channels: int = 1
) -> Path:
    """A tone of 440 Hz with a title and a comment in its tags."""
    layout = "mono" if channels == 1 else "stereo"
    with av.open(str(path), "w", format=form) as output:
        stream = output.add_stream(codec, rate=rate, layout=layout, options={"strict": "-2"})
        output.metadata.update({"title": SECRET, "comment": SECRET})
        wave = [round(9000 * math.sin(2 * math.pi * 440 * at / rate)) for at in range(rate)]
        size = 2 * channels
        second = b"".join(struct.pack("<h", height) * channels for height in wave) * 2
        whole = int(rate * seconds)
        for begin in range(0, whole, 960):
            count = min(960, whole - begin)
            place = begin % rate * size
            raw = second[place : place + count * size]
            frame = AudioFrame(format="s16", layout=layout, samples=count)
            frame.planes[0].update(raw.ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts = rate, begin
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def length_of(path: Path) -> tuple[float, float]:
    """How long a sound is, in seconds, and its loudest wave (1 is the most) but for both ends."""
    waves: list[float] = []
    rate = 1
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            rate = frame.sample_rate
            waves += struct.unpack(
                f"<{frame.samples}f", bytes(frame.planes[0])[: frame.samples * 4]
            )
    return len(waves) / rate, max(waves[rate // 4 : -rate // 4])
