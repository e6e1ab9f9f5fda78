"""Pictures: upright, in sRGB, on white, bare, in four sizes; hostile ones leave no trace."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from participation.media.press import Pressed
from participation.media.press.bare import foreign
from participation.media.press.canvas import Canvas, fitted, spread
from participation.media.press.halves import joined
from tests.media.press.makers import SECRET, chunk, drawing, encoded, exif, png
from tests.support.shared import data

Send = Callable[..., Pressed]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def opened(pressed: Pressed, name: str) -> Image.Image:
    path = next(made.path for made in pressed.made if made.name == name)
    with Image.open(path) as image:
        image.load()
        return image


class TestRenditions:
    def test_four_sizes_nothing_enlarged(self, send: Send) -> None:
        found = send(encoded(drawing(2000, 1500)))
        sizes = {made.name: (made.width, made.height) for made in found.made}
        assert sizes == {
            "small": (400, 300),
            "medium": (800, 600),
            "large": (1600, 1200),
            "print": (2000, 1500),
        }
        for made in found.made:
            assert opened(found, made.name).size == (made.width, made.height)
            assert made.size == made.path.stat().st_size

    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_it_is_upright(self, send: Send, orientation: int, kind: str) -> None:
        stored = drawing(90, 60)
        found = send(encoded(stored, kind, exif=exif(orientation)))
        with Image.open(io.BytesIO(encoded(stored, kind, exif=exif(orientation)))) as image:
            from_library = Image.new("RGB", image.size)
            from_library.paste(image)
            turned = {
                2: Image.Transpose.FLIP_LEFT_RIGHT,
                3: Image.Transpose.ROTATE_180,
                4: Image.Transpose.FLIP_TOP_BOTTOM,
                5: Image.Transpose.TRANSPOSE,
                6: Image.Transpose.ROTATE_270,
                7: Image.Transpose.TRANSVERSE,
                8: Image.Transpose.ROTATE_90,
            }.get(orientation)
            wanted = from_library.transpose(turned) if turned is not None else from_library
        assert (found.width, found.height) == wanted.size
        assert difference(opened(found, "print"), wanted) < 8

    @pytest.mark.parametrize("name", ["DSCN0012.jpg", "landscape_3.jpg"])
    def test_real_photos_lose_all_that_they_tell(self, send: Send, name: str) -> None:
        path = data(f"exif/{name}")
        assert foreign(path, "image/jpeg") > 1000
        found = send(path)
        for made in found.made:
            assert foreign(made.path, made.mime) == 0
            raw = made.path.read_bytes()
            assert not any(word in raw for word in (b"Exif", b"http:", b"NIKON", b"GPS", b"8BIM"))
        with Image.open(path) as image:
            turned = image.transpose(Image.Transpose.ROTATE_180)
            wanted = turned if name == "landscape_3.jpg" else image
            if profile := image.info.get("icc_profile"):
                theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
                wanted = ImageCms.profileToProfile(wanted, theirs, ImageCms.createProfile("sRGB"))
            assert wanted is not None
            assert difference(opened(found, "print"), wanted) < 8

    def test_what_shines_through_lies_on_white(self, send: Send) -> None:
        image = Image.new("RGBA", (64, 64), (200, 0, 0, 0))
        image.paste((0, 0, 200, 255), (0, 0, 32, 64))
        found = opened(send(encoded(image, "PNG")), "print")
        assert found.format == "PNG"
        assert (found.getpixel((50, 10)), found.getpixel((10, 10))) == (
            (255, 255, 255),
            (0, 0, 200),
        )

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
    def test_every_sort_of_colour_is_read(self, send: Send, mode: str) -> None:
        grey = drawing(64, 48).convert("L")
        if mode == "I;16":
            image = Image.new("I;16", grey.size)
            image.frombytes(struct.pack(f"<{64 * 48}H", *(value * 257 for value in grey.tobytes())))
        else:
            image = grey.convert("RGB").convert(mode)
        wanted = image.convert("L") if mode in ("1", "P") else grey
        found = send(encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
        assert difference(opened(found, "print").convert("L"), wanted) < 8

    def test_colours_of_another_space_become_srgb(self, send: Send) -> None:
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
        image = drawing(200, 100)
        found = opened(send(encoded(image, icc_profile=lab.tobytes())), "print")
        assert "icc_profile" not in found.info and found.mode == "RGB"

    def test_a_broken_profile_is_passed_over(self, send: Send) -> None:
        image = drawing(200, 100)
        found = send(encoded(image, "PNG", icc_profile=b"no profile at all"))
        assert difference(opened(found, "print"), image) < 8

    def test_few_colours_are_printed_from_png(self, send: Send) -> None:
        flat = Image.new("RGB", (300, 200), "red")
        assert opened(send(encoded(flat, "PNG")), "print").format == "PNG"
        assert opened(send(encoded(flat, "JPEG")), "print").format == "JPEG"


class TestShortcuts:
    """What saves memory comes out as the plain way does."""

    @pytest.mark.parametrize("orientation", [1, 3, 6, 7])
    @pytest.mark.parametrize("size", [(1901, 1207), (800, 1600)])
    def test_bands_are_one_piece(self, size: tuple[int, int], orientation: int) -> None:
        image = drawing(*size)
        small = fitted(size, 700)
        canvas = Canvas(small, orientation)
        whole = Canvas(small, orientation)
        whole.lay(image.resize(small, Image.Resampling.BICUBIC), 0)
        found = ImageChops.difference(spread(image, canvas), whole.picture)
        assert max(high for _low, high in found.getextrema()) <= 1

    @pytest.mark.parametrize("subsampling", [0, 2])
    @pytest.mark.parametrize("size", [(1601, 1203), (3300, 2200)])
    def test_brightness_and_colour_meet(
        self, tmp_path: Path, size: tuple[int, int], subsampling: int
    ) -> None:
        path = tmp_path / "a"
        path.write_bytes(encoded(drawing(*size), quality=90, subsampling=subsampling))
        printed = fitted(size, 1500)
        found = joined(path, Canvas(printed, 6))
        with Image.open(path) as image:
            wanted = spread(image, Canvas(printed, 6))
        assert found is not None and difference(found, wanted) < 1.5

    def test_greys_go_the_plain_way(self, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(encoded(drawing().convert("L")))
        assert joined(path, Canvas((90, 60))) is None


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", SECRET)
    return out.getvalue()


class TestHostile:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize(
        "tail", [zipped(), b"%PDF-1.4\n" + SECRET.encode(), b"<script>alert(1)</script>", b"\0" * 9]
    )
    def test_what_hangs_on_stays_behind(self, send: Send, kind: str, tail: bytes) -> None:
        for made in send(encoded(drawing(100, 80), kind) + tail).made:
            raw = made.path.read_bytes()
            assert tail not in raw and foreign(made.path, made.mime) == 0

    def test_a_page_in_a_comment_stays_behind(self, send: Send) -> None:
        raw = encoded(drawing(100, 80), comment=b"*/=1;<html><script>alert(1)</script>%PDF-1.7")
        for made in send(raw).made:
            assert b"script" not in made.path.read_bytes()

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b"", "empty"),
            (b"GIF89a" + b"\0" * 50 + zipped(), "wrong_kind"),
            (zipped(), "wrong_kind"),
            (b"%PDF-1.4", "wrong_kind"),
            (b"<!DOCTYPE html><svg></svg>", "wrong_kind"),
            (b"\x00\x00\x00\x18ftypheic" + b"\0" * 99, "heic"),
            (b"\x00\x00\x00\x18ftypavif" + b"\0" * 99, "wrong_kind"),
            (encoded(drawing(200, 100))[:2000], "unreadable"),
            (encoded(drawing(200, 100))[:100], "unreadable"),
            (encoded(drawing(200, 100), "PNG")[:900], "unreadable"),
            (encoded(drawing(200, 100), "WEBP")[:300], "unreadable"),
            (png(20_000, 20_000, rows=1), "too_many_pixels"),
            (png(12_500, 40, rows=1), "too_many_pixels"),
            (png(31, 64), "too_small"),
            (png(64, 64, chunk(b"acTL", b"\0\0\0\2\0\0\0\0")), "animated"),
            (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13), "unreadable"),
            (b"\xff\xd8\xff\xe0" + b"\0" * 5000, "unreadable"),
        ],
    )
    def test_it_is_refused(self, refused: Callable[..., str], raw: bytes, code: str) -> None:
        assert refused(raw) == code

    def test_400_million_pixels_in_50_kilobytes(self, refused: Callable[..., str]) -> None:
        bomb = png(20_000, 20_000)
        assert len(bomb) < 500_000
        assert refused(bomb) == "too_many_pixels"

    @pytest.mark.parametrize("name", [b"zTXt", b"iTXt"])
    def test_texts_that_unpack_to_hundreds_of_megabytes(
        self, refused: Callable[..., str], name: bytes
    ) -> None:
        packed = zlib.compress(b"\0" * 100_000_000, 9)
        body = b"a\0\0" + packed if name == b"zTXt" else b"a\0\1\0\0\0" + packed
        assert refused(png(64, 64, chunk(name, body))) == "bomb"

    def test_many_texts_that_are_small_one_by_one(self, refused: Callable[..., str]) -> None:
        text = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 900_000, 9))
        assert refused(png(64, 64, *[text] * 40)) == "bomb"

    def test_a_profile_that_unpacks_to_a_hundred_megabytes(
        self, refused: Callable[..., str]
    ) -> None:
        body = b"a\0\0" + zlib.compress(b"\0" * 100_000_000, 9)
        assert refused(png(64, 64, chunk(b"iCCP", body))) == "bomb"

    def test_pictures_that_move(self, refused: Callable[..., str]) -> None:
        frames = [drawing(64, 64, seed) for seed in range(3)]
        for kind in ("WEBP", "PNG"):
            raw = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
            assert refused(raw) == "animated"

    def test_a_header_that_says_less_than_the_picture_holds(
        self, refused: Callable[..., str]
    ) -> None:
        inner = encoded(drawing(300, 300), "WEBP")[12:]
        head = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + b"\x3f\0\0" + b"\x3f\0\0"
        body = b"WEBP" + head + inner
        assert refused(b"RIFF" + struct.pack("<I", len(body)) + body) == "unreadable"

    def test_too_many_bytes(self, refused: Callable[..., str], tmp_path: Path) -> None:
        path = tmp_path / "large"
        path.write_bytes(encoded(drawing(64, 64)))
        with path.open("ab") as file:
            file.truncate(50_000_000)
        assert refused(path) == "too_big"

    def test_a_telephone_s_second_picture_is_no_animation(self, send: Send) -> None:
        frames = [drawing(100, 80, seed) for seed in range(2)]
        raw = encoded(frames[0], "MPO", save_all=True, append_images=frames[1:])
        with Image.open(io.BytesIO(raw)) as first:
            assert difference(opened(send(raw), "print"), first) < 8
