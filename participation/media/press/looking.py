"""The first look at a stranger's file, in the process that received it: the header alone."""

from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO, Final

from participation.media.press.face import (
    LEAST_SIDE,
    MIMES,
    MOST_BYTES,
    MOST_PIXELS,
    MOST_SIDE,
    Looked,
    Unusable,
)
from participation.media.press.sniffing import HEAD, sniff
from participation.media.press.walking import Broken, Part, parts

_FRAMES: Final = frozenset(f"{code:02X}" for code in range(0xC0, 0xD0)) - {"C4", "C8", "CC"}
"""Starts of frame of JPEG: all of C0–CF but tables, extensions and arithmetic conditions."""
_MOVING: Final = 0x02
"""The flag of animation in the extended header of WebP."""


def look(path: Path, allowed: Collection[str]) -> Looked:
    """What this file is, if it is one of the kinds `allowed` (`KINDS`); nothing is decoded.

    Raises `Unusable`: empty, wrong_kind, heic, too_big, unreadable, animated, too_many_pixels,
    too_small. Sides are those of the stored picture, before it is turned upright.
    """
    size = path.stat().st_size
    if not size:
        raise Unusable("empty")
    with path.open("rb") as file:
        mime = sniff(file.read(HEAD))
        if mime == "image/heic" and "picture" in allowed:
            raise Unusable("heic")
        kind = MIMES.get(mime or "")
        if mime is None or kind is None or kind not in allowed:
            raise Unusable("wrong_kind")
        if size > MOST_BYTES[kind]:
            raise Unusable("too_big")
        width, height = sides(file, mime) if kind == "picture" else (0, 0)
    return Looked(kind, mime, width, height, size)


def sides(file: BinaryIO, mime: str) -> tuple[int, int]:
    """Width and height by the header, within the limits; refuses what moves and what is broken."""
    try:
        width, height = _SIDES[mime](file)
    except Broken as broken:
        raise Unusable("unreadable") from broken
    if not width or not height:
        raise Unusable("unreadable")
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Unusable("too_many_pixels")
    if min(width, height) < LEAST_SIDE:
        raise Unusable("too_small")
    return width, height


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    for part in parts(file, "image/jpeg"):
        if part.name in _FRAMES and len(part.head) >= 5:
            return int.from_bytes(part.head[3:5], "big"), int.from_bytes(part.head[1:3], "big")
        if part.name == "DA":
            break
    raise Broken("no frame before the scan")


def _png(file: BinaryIO) -> tuple[int, int]:
    found = (0, 0)
    for part in parts(file, "image/png"):
        if part.name == "IHDR":
            found = int.from_bytes(part.head[:4], "big"), int.from_bytes(part.head[4:8], "big")
        if part.name in ("acTL", "fcTL"):
            raise Unusable("animated")
        if part.name == "IDAT":
            return found
    raise Broken("no picture")


def _webp(file: BinaryIO) -> tuple[int, int]:
    found = (0, 0)
    for part in parts(file, "image/webp"):
        moves = part.name == "VP8X" and any(flags & _MOVING for flags in part.head[:1])
        if moves or part.name in ("ANIM", "ANMF"):
            raise Unusable("animated")
        if part.name in ("VP8 ", "VP8L"):
            return _canvas(part, found)
        if part.name == "VP8X":
            found = _three(part.head[4:7]) + 1, _three(part.head[7:10]) + 1
    raise Broken("no picture")


def _canvas(part: Part, said: tuple[int, int]) -> tuple[int, int]:
    """The sides of the coded picture, which an extended header must repeat."""
    head = part.head
    if part.name == "VP8L" and len(head) >= 5 and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        found = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif part.name == "VP8 " and head[3:6] == b"\x9d\x01\x2a":
        found = _two(head[6:8]) & 0x3FFF, _two(head[8:10]) & 0x3FFF
    else:
        raise Broken("no key frame")
    if said not in ((0, 0), found):
        raise Broken("two sizes")
    return found


def _two(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


_three = _two
_SIDES: Final = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
