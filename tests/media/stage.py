"""Small real files, and what a test needs to take them in, press them and look into the store."""

import io
import math
import random
import struct
import wave
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy import select

from participation import wiring
from participation.kernel import jobs
from participation.kernel.database import unit_of_work
from participation.kernel.storage import store
from participation.kernel.subjects import Subject
from participation.media import actions, queries
from participation.media.models import File
from participation.media.queries import FileView

ENTRY = Subject("media.test", "1")
ALL = frozenset({"picture", "vector", "sound"})
LIMIT = 2_000_000
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    b'<rect width="200" height="100" fill="#fff"/><circle cx="60" cy="50" r="40" fill="#c00"/>'
    b'<path d="M120 20h60v60h-60z" fill="#00c"/></svg>'
)


def picture(seed: int = 1, *, size: tuple[int, int] = (320, 240), kind: str = "JPEG") -> bytes:
    """A painted picture, another one for each seed."""
    drawn = random.Random(seed)
    image = Image.new("RGB", size, (250, 240, 220))
    pen = ImageDraw.Draw(image)
    for _shape in range(12):
        x, y = drawn.randrange(size[0]), drawn.randrange(size[1])
        reach = drawn.randrange(20, 90)
        colour = tuple(drawn.randrange(256) for _part in range(3))
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)
    return encoded(image, kind)


def halves(left: tuple[int, int, int], right: tuple[int, int, int]) -> bytes:
    """A picture of two colours, side by side."""
    image = Image.new("RGB", (400, 200), left)
    image.paste(right, (200, 0, 400, 200))
    return encoded(image, "PNG")


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind, **more)
    return kept.getvalue()


def sound(seconds: float = 0.5) -> bytes:
    """A tone, as WAV."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        tone = (int(9000 * math.sin(number / 6)) for number in range(int(16000 * seconds)))
        file.writeframes(b"".join(struct.pack("<h", one) for one in tone))
    return kept.getvalue()


def take(content: bytes, subject: Subject = ENTRY, slot: str = "work") -> FileView:
    """Take a file in, in a unit of its own."""
    with unit_of_work():
        return actions.take_in(subject, slot, io.BytesIO(content), allowed=ALL, limit=LIMIT)


def work(most: int = 100) -> int:
    """What the worker does, until nothing waits; returns how many jobs it ran."""
    done = 0
    while done < most and jobs.run_one(wiring.HANDLERS):
        done += 1
    return done


def pressed(content: bytes, subject: Subject = ENTRY, slot: str = "work") -> FileView:
    """Take a file in and press it."""
    taken = take(content, subject, slot)
    work()
    return again(taken.id)


def again(file_id: str) -> FileView:
    """The file as it is now."""
    with unit_of_work(writes=False):
        found = queries.file_view(file_id)
    assert found is not None
    return found


def row(file_id: str) -> File:
    with unit_of_work(writes=False) as opened:
        return opened.scalars(select(File).where(File.id == file_id)).one()


def stored() -> list[str]:
    """Everything that lies in the store."""
    return sorted(one.key for one in store().walk())


def names() -> list[str]:
    """The same by the last part of the keys."""
    return sorted(key.rpartition("/")[2] for key in stored())


def content_of(file: FileView, name: str) -> bytes:
    """The bytes of a rendition as they lie in the store."""
    found = next(key for key in stored() if file.id in key and f"/{name}." in key)
    with store().read(found) as stream:
        return b"".join(stream)


def image_of(file: FileView, name: str) -> Image.Image:
    """A rendition, opened."""
    with Image.open(io.BytesIO(content_of(file, name))) as image:
        return image.convert("RGB")


def disk_of(folder: Path) -> bytes:
    """Everything that stands on the disk under this folder, in one."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
