"""Sounds: what a telephone or a browser records becomes bare MP3; films and lies are refused."""

import io
import wave
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from av.video.frame import VideoFrame

from participation.media.press import Pressed
from participation.media.press.bare import foreign
from tests.media.press.makers import SECRET, length_of, sound

Send = Callable[..., Pressed]
FORMS = {
    "what Chromium records": ("webm", "libopus", 48000),
    "what Firefox records": ("ogg", "libopus", 48000),
    "what Safari records": ("mp4", "aac", 44100),
    "what an iPhone's recorder keeps": ("ipod", "aac", 44100),
    "an MP3 with tags": ("mp3", "libmp3lame", 44100),
    "what recorders of old keep": ("wav", "pcm_s16le", 16000),
    "FLAC in Ogg": ("ogg", "flac", 44100),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("channels", [1, 2])
def test_it_becomes_bare_mp3(send: Send, tmp_path: Path, name: str, channels: int) -> None:
    form, codec, rate = FORMS[name]
    source = sound(tmp_path / "a.txt", form, codec, 2.0, rate=rate, channels=channels)
    if codec != "flac":
        assert SECRET.encode() in source.read_bytes()
    found = send(source)
    made = found.made[0]
    assert (made.name, made.mime, found.fingerprint) == ("sound", "audio/mpeg", None)
    assert foreign(made.path, "audio/mpeg") == 0 and SECRET.encode() not in made.path.read_bytes()
    seconds, loudest = length_of(made.path)
    assert abs(seconds - 2.0) < 0.15 and abs(found.seconds - 2.0) < 0.1
    assert abs(loudest - 9000 / 32768) < 0.05
    with av.open(str(made.path)) as container:
        assert container.streams.audio[0].codec_context.channels == channels
        assert dict(container.metadata) == {}


def silence(seconds: float, rate: int = 8000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(b"\0\0" * int(seconds * rate))
    return out.getvalue()


class TestLength:
    def test_five_minutes(self, send: Send) -> None:
        assert send(silence(299)).seconds == 299

    def test_no_longer(self, refused: Callable[..., str]) -> None:
        assert refused(silence(302)) == "too_long"

    def test_a_container_that_lies_about_its_length(
        self, refused: Callable[..., str], tmp_path: Path
    ) -> None:
        path = sound(tmp_path / "a", "ogg", "flac", 301.0, rate=8000)
        raw = bytearray(path.read_bytes())
        last = raw.rindex(b"OggS")
        raw[last + 6 : last + 14] = (8_000).to_bytes(8, "little")
        assert refused(bytes(raw)) == "too_long"

    def test_nothing_is_no_sound(self, refused: Callable[..., str]) -> None:
        assert refused(silence(0)) == "unreadable"


class TestHostile:
    def test_vorbis_is_no_stranger(self, send: Send, tmp_path: Path) -> None:
        source = sound(tmp_path / "a", "ogg", "vorbis", 2.0, rate=44100, channels=2)
        assert abs(send(source).seconds - 2.0) < 0.1

    def film(self, path: Path, form: str, codec: str) -> Path:
        with av.open(str(path), "w", format=form) as output:
            stream = output.add_stream(codec, rate=10)
            stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
            for _frame in range(5):
                output.mux(stream.encode(VideoFrame(64, 64, "yuv420p")))
            output.mux(stream.encode(None))
        return path

    @pytest.mark.parametrize(("form", "codec"), [("webm", "libvpx"), ("mp4", "mpeg4")])
    def test_a_film(
        self, refused: Callable[..., str], tmp_path: Path, form: str, codec: str
    ) -> None:
        assert refused(self.film(tmp_path / "a", form, codec)) == "wrong_kind"

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "wrong_kind"),
            (b"ffconcat version 1.0\nfile /etc/passwd\n", "wrong_kind"),
            (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"<script>" * 99, "unreadable"),
            (b"OggS\x00\x02" + b"\0" * 20 + b"\x01\x13OpusHead" + b"\xff" * 99, "unreadable"),
            (b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x84webm" + b"\0" * 99, "unreadable"),
            (b"\0\0\0\x20ftypM4A \0\0\0\0" + b"\0" * 99, "unreadable"),
            (b"RIFF\x24\0\0\0WAVEfmt " + b"\xff" * 64, "unreadable"),
            (b"\xff\xf1\x50\x80" * 99, "wrong_kind"),
            (b"FORM\0\0\0\0AIFF", "wrong_kind"),
        ],
    )
    def test_it_is_refused(self, refused: Callable[..., str], raw: bytes, code: str) -> None:
        assert refused(raw) == code

    def test_what_hangs_on_stays_behind(self, send: Send, tmp_path: Path) -> None:
        source = sound(tmp_path / "a", "mp3", "libmp3lame", rate=44100)
        source.write_bytes(source.read_bytes() + b"TAG" + SECRET.encode().ljust(125) + b"PK\3\4")
        made = send(source).made[0]
        assert SECRET.encode() not in made.path.read_bytes() and foreign(made.path, made.mime) == 0

    def test_a_recording_cut_short_is_still_one(self, send: Send, tmp_path: Path) -> None:
        source = sound(tmp_path / "a", "webm", "libopus", 3.0)
        raw = source.read_bytes()
        source.write_bytes(raw[: len(raw) * 2 // 3])
        assert 1 < send(source).seconds < 3
