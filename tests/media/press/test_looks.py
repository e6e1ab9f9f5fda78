"""The first look and the last: types by content, sides by the header, not a foreign byte."""

import io
import random
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.media.press import CODES, KINDS, MIMES, Unusable, look, sniff
from participation.media.press.bare import foreign
from participation.media.press.face import MOST_BYTES
from participation.media.press.looking import sides
from participation.media.press.walking import Broken, parts
from participation.media.wording import SENTENCES, refusal
from tests.media.press.makers import SQUARE, chunk, drawing, encoded, exif, png, svg

PICTURES = {
    "image/jpeg": encoded(drawing(90, 60)),
    "image/png": encoded(drawing(90, 60), "PNG"),
    "image/webp": encoded(drawing(90, 60), "WEBP"),
}


class TestSniffing:
    @pytest.mark.parametrize("mime", PICTURES)
    def test_pictures(self, mime: str) -> None:
        assert sniff(PICTURES[mime]) == mime and mime in MIMES

    @pytest.mark.parametrize(
        "before",
        [
            "",
            "\ufeff",
            "\n ",
            '<?xml version="1.0"?>',
            "<!-- a --><!-- <html> -->",
            "<!DOCTYPE svg>",
        ],
    )
    def test_drawings(self, before: str) -> None:
        assert sniff(svg(SQUARE, before=before)) == "image/svg+xml"

    @pytest.mark.parametrize(
        "raw",
        [
            b"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>",
            b"<!DOCTYPE html><svg/>",
            b"text <svg>",
            b"<svgx>",
            b"<!-- <svg>",
            b"<?php ?><svg>",
            b"RIFF\0\0\0\0AVI ",
            b"BM" + b"\0" * 60,
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"",
        ],
    )
    def test_everything_else(self, raw: bytes) -> None:
        assert sniff(raw) is None

    def test_wide_letters_and_what_is_known_but_not_taken(self) -> None:
        assert sniff(svg(SQUARE).decode().encode("utf-16")) == "image/svg+xml"
        assert sniff(b"\0\0\0\x18ftypmif1") == "image/heic"
        assert sniff(b"\0\0\0\x18ftypavif") is None

    def test_many_comments_cost_little(self) -> None:
        assert sniff(b"<!---->" * 580) is None

    @given(st.binary(max_size=200))
    def test_noise_never_fails(self, noise: bytes) -> None:
        assert sniff(noise) in (None, "image/heic", *MIMES)


class TestLooking:
    @pytest.mark.parametrize("mime", PICTURES)
    def test_sides_from_the_header(self, tmp_path: Path, mime: str) -> None:
        path = tmp_path / "photo.gif"
        path.write_bytes(PICTURES[mime])
        found = look(path, {"picture"})
        assert (found.mime, found.width, found.height) == (mime, 90, 60)
        assert found.size == len(PICTURES[mime])

    @pytest.mark.parametrize("how", [{"lossless": True}, {"exif": exif(), "quality": 50}])
    def test_other_sorts_of_webp(self, how: dict[str, bool]) -> None:
        raw = encoded(drawing(91, 60), "WEBP", **how)
        assert sides(io.BytesIO(raw), "image/webp") == (91, 60)

    def test_progressive_jpeg_with_a_long_comment(self) -> None:
        raw = encoded(drawing(91, 60), progressive=True, comment=b"\xff" * 60_000)
        assert sides(io.BytesIO(raw), "image/jpeg") == (91, 60)

    @pytest.mark.parametrize("allowed", [{"vector"}, {"sound"}, set()])
    def test_only_what_is_allowed(self, tmp_path: Path, allowed: set[str]) -> None:
        path = tmp_path / "a"
        path.write_bytes(PICTURES["image/png"])
        with pytest.raises(Unusable, match="wrong_kind"):
            look(path, allowed)

    def test_too_large_for_its_kind(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(svg(SQUARE).ljust(MOST_BYTES["vector"] + 1))
        with pytest.raises(Unusable, match="too_big"):
            look(path, KINDS)

    @settings(max_examples=300, deadline=None)
    @given(st.sampled_from(sorted(PICTURES)), st.integers(0, 2**32))
    def test_broken_headers_are_only_refused(self, mime: str, seed: int) -> None:
        dice = random.Random(seed)
        raw = bytearray(PICTURES[mime])
        for _place in range(dice.randint(1, 6)):
            raw[dice.randrange(min(200, len(raw)))] = dice.randrange(256)
        del raw[dice.randrange(len(raw)) :]
        try:
            found = sides(io.BytesIO(bytes(raw)), mime)
        except Unusable as unusable:
            assert unusable.code in CODES
        else:
            assert min(found) >= 32


class TestBare:
    @pytest.mark.parametrize("mime", PICTURES)
    @pytest.mark.parametrize("tail", [b"", b"PK\3\4tail"])
    def test_what_hangs_on_is_counted(self, tmp_path: Path, mime: str, tail: bytes) -> None:
        path = tmp_path / "a"
        path.write_bytes(PICTURES[mime] + tail)
        assert foreign(path, mime) == len(tail)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize("how", [{"exif": exif()}, {"icc_profile": bytes(range(99))}])
    def test_what_is_told_is_counted(
        self, tmp_path: Path, kind: str, how: dict[str, bytes]
    ) -> None:
        path = tmp_path / "a"
        path.write_bytes(encoded(drawing(90, 60), kind, **how))
        assert foreign(path, f"image/{kind.lower()}") >= 90

    def test_words_and_times_are_counted(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(png(64, 64, chunk(b"tEXt", b"a\0b"), chunk(b"tIME", b"\0" * 7)))
        assert foreign(path, "image/png") == 15 + 19
        path.write_bytes(encoded(drawing(90, 60), comment=b"hello"))
        assert foreign(path, "image/jpeg") == 9

    def test_a_small_picture_in_the_first_segment_is_counted(self, tmp_path: Path) -> None:
        raw = PICTURES["image/jpeg"]
        size = struct.unpack(">H", raw[4:6])[0]
        inside = raw[6 : 4 + size - 2] + b"\1\1abc"
        path = tmp_path / "a"
        path.write_bytes(raw[:4] + struct.pack(">H", len(inside) + 2) + inside + raw[4 + size :])
        assert foreign(path, "image/jpeg") == len(inside) + 4

    @pytest.mark.parametrize("mime", PICTURES)
    def test_what_ends_too_early_is_broken(self, tmp_path: Path, mime: str) -> None:
        path = tmp_path / "a"
        for size in (0, 1, 9, 15, 40, len(PICTURES[mime]) - 1):
            path.write_bytes(PICTURES[mime][:size])
            with pytest.raises(Broken):
                foreign(path, mime)

    def test_endless_parts(self) -> None:
        raw = PICTURES["image/jpeg"][:2] + b"\xff\xfe\0\2" * 6000
        with pytest.raises(Broken):
            list(parts(io.BytesIO(raw), "image/jpeg"))
        for odd in (b"\xff\xfe\0\0", b"\xff\x00", b"xx"):
            with pytest.raises(Broken):
                list(parts(io.BytesIO(b"\xff\xd8" + odd), "image/jpeg"))
        found = list(parts(io.BytesIO(b"\xff\xd8\xff\xff\x01\xff\xd9"), "image/jpeg"))
        assert [part.name for part in found] == ["D8", "fill", "01", "D9"]

    @pytest.mark.parametrize(
        "raw",
        [
            b"<!DOCTYPE svg><svg/>",
            b"<svg><!-- x --></svg>",
            b"<svg><script/></svg>",
            b'<svg onload="x"/>',
            b'<svg href="http://x"/>',
            b'<svg fill="url(http://x)"/>',
            b'<svg xmlns="urn:x"/>',
            b"<svg",
        ],
    )
    def test_markup_that_is_not_ours(self, tmp_path: Path, raw: bytes) -> None:
        path = tmp_path / "a"
        path.write_bytes(raw)
        assert foreign(path, "image/svg+xml") > 0

    def test_sound_that_is_not_only_frames(self, tmp_path: Path) -> None:
        frame = b"\xff\xfb\x50\xc4".ljust(208, b"\0")
        path = tmp_path / "a"
        path.write_bytes(frame * 3)
        assert foreign(path, "audio/mpeg") == 0
        path.write_bytes(frame[:36] + b"Xing" + frame[40:] + frame)
        assert foreign(path, "audio/mpeg") == 208
        for odd in (b"ID3" + frame, frame + b"TAG", frame + b"\xff\xfb\xf0\xc4"):
            path.write_bytes(odd)
            with pytest.raises(Broken):
                foreign(path, "audio/mpeg")


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(CODES)
    for code in CODES:
        told = refusal(Unusable(code), field="work")
        assert told.field == "work" and str(told).endswith("。")
    assert Unusable("something else").code == "unreadable"
