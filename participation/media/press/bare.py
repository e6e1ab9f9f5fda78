"""The last look: is anything in a file of ours but the picture or the sound itself?

Nothing here shares code with the libraries that wrote the file: libvips 8.14, for one, said that it
strips and left the GPS in WebP.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from participation.media.press.sniffing import mp3_frame
from participation.media.press.svgwords import ATTRIBUTES, ELEMENTS, SVG
from participation.media.press.walking import Broken, Part, parts

_NEEDED: Final = {
    "image/webp": frozenset({"signature", "VP8 ", "VP8L"}),
    "image/png": frozenset({"signature", "IHDR", "PLTE", "tRNS", "IDAT", "IEND"}),
    "image/jpeg": frozenset({"D8", "E0", "DB", "C0", "C2", "C4", "DD", "DA", "scan", "D9"}),
}
_JFIF: Final = b"JFIF\x00"
_JFIF_SIZE: Final = 18
"""An application segment of JFIF without the small picture that it may carry."""
_TAG: Final = re.compile(rb"<[^>]*>?")
_OURS: Final = re.compile(rb'</?([a-zA-Z]+)((?: [a-zA-Z][a-zA-Z0-9:-]*="[^"<>]*")*)/?>')
_ATTRIBUTE: Final = re.compile(rb' ([^=]+)="([^"]*)"')
_HERE: Final = re.compile(rb"#i\d+")
_FAR: Final = re.compile(rb"url\((?!#i\d+\))")
_SAID: Final = frozenset({b"id", b"xmlns", b"xml:space"})


def foreign(path: Path, mime: str) -> int:
    """How many bytes of a rendition are something else than picture or sound; 0 is bare.

    Raises `Broken` when it is no well-formed file of this type.
    """
    return _COUNTS[mime](path)


def _of_picture(mime: str) -> Callable[[Path], int]:
    def count(path: Path) -> int:
        with path.open("rb") as file:
            return sum(part.size for part in parts(file, mime) if not _needed(part, mime))

    return count


def _needed(part: Part, mime: str) -> bool:
    if mime == "image/jpeg" and part.name == "E0":
        return part.size == _JFIF_SIZE and part.head.startswith(_JFIF)
    return part.name in _NEEDED[mime]


def _of_sound(path: Path) -> int:
    """Bytes outside the frames of an MP3; a frame of figures about the others counts as well."""
    raw = path.read_bytes()
    place = strange = 0
    while place < len(raw):
        length = mp3_frame(raw[place : place + 4])
        if not length:
            raise Broken("something between the frames")
        frame = raw[place : place + length]
        strange += length if b"Xing" in frame[:64] or b"Info" in frame[:64] else 0
        place += length
    return strange + max(0, place - len(raw))


def _of_drawing(path: Path) -> int:
    """Bytes of markup that no drawing of ours holds: doctypes, comments, scripts, far addresses."""
    return sum(len(tag) for tag in _TAG.findall(path.read_bytes()) if not _is_ours(tag))


def _is_ours(tag: bytes) -> bool:
    found = _OURS.fullmatch(tag)
    if found is None or found[1].decode() not in ELEMENTS:
        return False
    for name, value in _ATTRIBUTE.findall(found[2]):
        if name not in _SAID and name.decode() not in ATTRIBUTES:
            return False
        if _FAR.search(value) or (name == b"href" and not _HERE.fullmatch(value)):
            return False
        if name == b"xmlns" and value != SVG.encode():
            return False
    return True


_COUNTS: Final[dict[str, Callable[[Path], int]]] = {
    **{mime: _of_picture(mime) for mime in _NEEDED},
    "image/svg+xml": _of_drawing,
    "audio/mpeg": _of_sound,
}
