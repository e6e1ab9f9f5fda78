"""Walks through JPEG, PNG and WebP part by part, without any image library and without decoding.

It serves twice: for the first look at a stranger's file (sides, does it move?) and for the last
look at our own (is anything in it but the picture?), where a mistake of the library that wrote the
file must not be repeated by the one that checks it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import SEEK_CUR
from typing import BinaryIO, Final

MOST_PARTS: Final = 5000
HEAD: Final = 32
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


class Broken(ValueError):
    """The parts do not follow each other as the format says."""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment or chunk: its name, how many bytes it takes with its frame, how it begins."""

    name: str
    size: int
    head: bytes


def parts(file: BinaryIO, mime: str) -> Iterator[Part]:
    """The parts of a picture from the first to the last byte; `rest` is what follows the end.

    Raises `Broken` where the structure ends; `MOST_PARTS` at most.
    """
    file.seek(0)
    for count, part in enumerate(_WALKS[mime](file)):
        if count >= MOST_PARTS:
            raise Broken("too many parts")
        yield part


def _read(file: BinaryIO, size: int) -> bytes:
    found = file.read(size)
    if len(found) < size:
        raise Broken("it ends too early")
    return found


def _skip(file: BinaryIO, size: int) -> bytes:
    """The first bytes of a part of `size` bytes; the file stands behind it afterwards."""
    head = _read(file, min(size, HEAD))
    if size > len(head):
        file.seek(size - len(head) - 1, SEEK_CUR)
        _read(file, 1)
    return head


def _rest(file: BinaryIO) -> Iterator[Part]:
    here = file.tell()
    over = file.seek(0, 2) - here
    if over:
        yield Part("rest", over, b"")


def _jpeg(file: BinaryIO) -> Iterator[Part]:
    if _read(file, 2) != b"\xff\xd8":
        raise Broken("no start of image")
    yield Part("D8", 2, b"")
    while True:
        filling, marker = _marker(file)
        if filling:
            yield Part("fill", filling, b"")
        if marker == 0xD9:
            yield Part("D9", 2, b"")
            break
        if marker in _ALONE:
            yield Part(f"{marker:02X}", 2, b"")
            continue
        length = int.from_bytes(_read(file, 2), "big")
        if length < 2:
            raise Broken("a segment shorter than its own length")
        yield Part(f"{marker:02X}", length + 2, _skip(file, length - 2))
        if marker == 0xDA:
            yield Part("scan", _scan(file), b"")
    yield from _rest(file)


def _marker(file: BinaryIO) -> tuple[int, int]:
    """How many fill bytes precede the next marker, and its code."""
    if _read(file, 1) != b"\xff":
        raise Broken("no marker where one must stand")
    filling = 0
    while (code := _read(file, 1)[0]) == 0xFF:
        filling += 1
    if code == 0:
        raise Broken("no marker where one must stand")
    return filling, code


def _scan(file: BinaryIO) -> int:
    """How many bytes of coded picture follow; the file stands at the next marker afterwards."""
    begun, kept = file.tell(), b""
    while block := file.read(1 << 16):
        joined = kept + block
        if found := _NEXT_MARKER.search(joined):
            place = file.tell() - len(joined) + found.start()
            file.seek(place)
            return place - begun
        kept = joined[-1:]
    raise Broken("a scan without an end")


def _png(file: BinaryIO) -> Iterator[Part]:
    if _read(file, 8) != b"\x89PNG\r\n\x1a\n":
        raise Broken("no signature")
    yield Part("signature", 8, b"")
    name = ""
    while name != "IEND":
        length = int.from_bytes(_read(file, 4), "big")
        name = _read(file, 4).decode("latin-1")
        head = _skip(file, length)
        _read(file, 4)
        yield Part(name, length + 12, head)
    yield from _rest(file)


def _webp(file: BinaryIO) -> Iterator[Part]:
    head = _read(file, 12)
    if head[:4] != b"RIFF" or head[8:] != b"WEBP":
        raise Broken("no signature")
    yield Part("signature", 12, b"")
    end = int.from_bytes(head[4:8], "little") + 8
    while file.tell() < end:
        name = _read(file, 4).decode("latin-1")
        length = int.from_bytes(_read(file, 4), "little")
        padded = length + (length & 1)
        yield Part(name, padded + 8, _skip(file, padded))
    yield from _rest(file)


_WALKS: Final[dict[str, Callable[[BinaryIO], Iterator[Part]]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
