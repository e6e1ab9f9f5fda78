"""A recording or a song: decoded and made anew as MP3, the one form that every phone plays.

MP3 and not Opus, which Safari plays in Ogg only since 2025, nor AAC, which free builds of browsers
lack. It has a second merit: a file of constant rate without tags is nothing but frames, so that it
can be checked to the last byte.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from participation.media.press.face import MOST_SECONDS, Cover, Unusable
from participation.media.press.sniffing import HEAD, sniff

DEMUXERS: Final = {
    "audio/webm": "matroska",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "mov",
    "audio/wav": "wav",
}
"""One reader each, by content: play lists and the like can't come into question."""
CODECS: Final = ("opus", "vorbis", "mp3", "aac", "flac", "alac", "amr", "speex", "pcm_", "libopus")
RATE: Final = 44_100
BITS: Final = {"mono": 64_000, "stereo": 128_000}
_BROKEN: Final = 10
"""So many broken packets are passed over: a recording cut short is still a recording."""
_BARE: Final = {"write_xing": "0", "id3v2_version": "0", "write_id3v1": "0"}


def make(
    source: Path, folder: Path, covers: Sequence[Cover] = (), fonts: Sequence[str] = ()
) -> dict[str, Any]:
    """The sound as `sound.mp3`, mono or stereo, as loud as it was.

    Raises `Unusable`: wrong_kind (pictures in it, an unknown codec), too_long, unreadable.
    """
    with source.open("rb") as file:
        mime = sniff(file.read(HEAD)) or ""
        if mime not in DEMUXERS:
            raise Unusable("wrong_kind")
        file.seek(0)
        with av.open(file, mode="r", format=DEMUXERS[mime], metadata_errors="ignore") as container:
            samples = _copied(container, _heard(container), folder / "sound.mp3")
    if not samples:
        raise Unusable("unreadable")
    seconds = round(samples / RATE, 2)
    said = {"name": "sound", "file": "sound.mp3", "mime": "audio/mpeg", "seconds": seconds}
    return {
        "width": 0,
        "height": 0,
        "seconds": seconds,
        "made": [{**said, "width": 0, "height": 0}],
    }


def _heard(container: InputContainer) -> AudioStream:
    """The one stream to hear. A cover picture stays behind; a film is refused."""
    for film in container.streams.video:
        if not film.disposition & film.disposition.attached_pic:
            raise Unusable("wrong_kind")
    if not container.streams.audio:
        raise Unusable("wrong_kind")
    stream = container.streams.audio[0]
    if not stream.codec_context.name.startswith(CODECS):
        raise Unusable("wrong_kind")
    if (container.duration or 0) > (MOST_SECONDS + 1) * av.time_base:
        raise Unusable("too_long")
    stream.codec_context.thread_count = 1
    return stream


def _copied(container: InputContainer, stream: AudioStream, path: Path) -> int:
    """How many samples were written; what the container says of its length is not believed."""
    layout = "mono" if stream.codec_context.channels == 1 else "stereo"
    change = av.AudioResampler(format="s16p", layout=layout, rate=RATE)
    samples = 0
    with av.open(str(path), "w", format="mp3", options=_BARE) as output:
        written = output.add_stream("libmp3lame", rate=RATE, layout=layout)
        written.bit_rate = BITS[layout]
        for frame in _frames(container, stream):
            for piece in change.resample(frame):
                piece.pts = samples
                samples += piece.samples
                if samples > MOST_SECONDS * RATE:
                    raise Unusable("too_long")
                output.mux(written.encode(piece))
        output.mux(written.encode(None))
    return samples


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame | None]:
    """Every frame, and None at the end, when what the resampler holds back comes out."""
    broken = 0
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except FFmpegError:
            broken += 1
            if broken > _BROKEN:
                raise
            continue
        for frame in frames:
            frame.pts = None
            yield frame
    yield None
