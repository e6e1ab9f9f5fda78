"""What a file is, by its first bytes and their structure; never by a name or a declared type."""

import re
from typing import Final

HEAD: Final = 4096
"""So many bytes are enough."""
_JPEG: Final = re.compile(rb"\xff\xd8\xff[\xc0-\xc2\xc4\xdb\xdd\xe0-\xef\xfe]")
_PNG: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_WEBP: Final = re.compile(rb"RIFF....WEBPVP8[ LX]", re.DOTALL)
_WAV: Final = re.compile(rb"RIFF....WAVE(?:fmt |JUNK|LIST|bext|fact)", re.DOTALL)
_OGG: Final = re.compile(
    rb"OggS\x00\x02.{20}\x01.(?:OpusHead|\x01vorbis|Speex   |\x7fFLAC)", re.DOTALL
)
_WEBM: Final = re.compile(
    rb"\x1a\x45\xdf\xa3.{1,48}?\x42\x82[\x84\x88](?:webm|matroska)", re.DOTALL
)
_BOX: Final = re.compile(rb"\x00\x00.(?:.)ftyp(....)", re.DOTALL)
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_MP4: Final = frozenset(
    {b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash"}
    | {b"3gp4", b"3gp5", b"3gp6", b"3g2a", b"qt  "}
)
_ID3: Final = re.compile(rb"ID3[\x02-\x04][\x00-\x09].[\x00-\x7f]{4}", re.DOTALL)
_SVG_ROOT: Final = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?svg[\s/>]")
_BIT_RATES: Final = {
    (3, 1): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second of layer III by (version, layer) bits; version 0 (MPEG 2.5) is as 2."""
_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def sniff(head: bytes) -> str | None:
    """The media type that the first `HEAD` bytes speak of: one of `MIMES`, or "image/heic" (known,
    not taken); None for everything else, a page that only holds an SVG among it."""
    if _JPEG.match(head):
        return "image/jpeg"
    if head.startswith(_PNG):
        return "image/png"
    if _WEBP.match(head):
        return "image/webp"
    return _sound(head) or _boxed(head) or ("image/svg+xml" if _is_svg(head) else None)


def _sound(head: bytes) -> str | None:
    if _WEBM.match(head):
        return "audio/webm"
    if _OGG.match(head):
        return "audio/ogg"
    if _WAV.match(head):
        return "audio/wav"
    return "audio/mpeg" if _ID3.match(head) or _is_mp3(head) else None


def _boxed(head: bytes) -> str | None:
    found = _BOX.match(head)
    if found is None:
        return None
    if found[1] in _HEIC:
        return "image/heic"
    return "audio/mp4" if found[1] in _MP4 else None


def mp3_frame(head: bytes) -> int:
    """The length in bytes of the layer III frame whose first four bytes these are; 0 for none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, speed = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate in (0, 15) or speed == 3:
        return 0
    bits = _BIT_RATES[(3 if version == 3 else 2, layer)][rate] * 1000
    samples = 144 if version == 3 else 72
    return samples * bits // _RATES[version][speed] + (head[2] >> 1 & 1)


def _is_mp3(head: bytes) -> bool:
    """Two frames, one right after the other."""
    length = mp3_frame(head[:4])
    return bool(length) and mp3_frame(head[length : length + 4]) > 0


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore")


def _is_svg(head: bytes) -> bool:
    """Is the first element `svg`? Only a declaration, comments and a doctype of svg may precede."""
    text = _text(head).lstrip()
    while text.startswith("<"):
        if text.startswith("<!--"):
            end = "-->"
        elif text.startswith("<?xml"):
            end = "?>"
        elif re.match(r"<!DOCTYPE\s+svg\b", text):
            # with entities of its own it is the sanitiser that refuses, with a better sentence
            if "[" in text.partition(">")[0]:
                return True
            end = ">"
        else:
            return _SVG_ROOT.match(text) is not None
        text = text.partition(end)[2].lstrip()
    return False
