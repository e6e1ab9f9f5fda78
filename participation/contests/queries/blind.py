"""A work as the jury sees it, and as its child sees it before it goes: nothing else of it is told.

`contests/blind.html` shows exactly this; whoever reads it learns work, code and band (R68).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from participation.contests.models import Entry
from participation.contests.naming import entry_subject
from participation.contests.queries.files import sorted_files
from participation.media.queries import FileView, address, files_of_many


@dataclass(frozen=True, slots=True)
class BlindPicture:
    """A picture with its addresses for one visit; both empty while it is not ready."""

    source: str
    larger: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BlindWork:
    """All that a juror knows of a work. `recording` is an address, or empty; `waits`: some file of
    it is still got ready."""

    code: str
    band: str
    title: str
    words: str
    alt: str
    text: str
    pictures: tuple[BlindPicture, ...]
    recording: str
    waits: bool


def blind_works(entries: Iterable[Entry], *, viewer: str) -> dict[bytes, BlindWork]:
    """Works for one visit (`Identity.sign_in`), by their ids; one statement for all their files."""
    found = list(entries)
    files = files_of_many(entry_subject(entry.id) for entry in found)
    return {entry.id: _blind(entry, files[entry_subject(entry.id)], viewer) for entry in found}


def blind_work(entry: Entry, *, viewer: str) -> BlindWork:
    """One of them."""
    return blind_works([entry], viewer=viewer)[entry.id]


def _blind(entry: Entry, files: list[FileView], viewer: str) -> BlindWork:
    kept = sorted_files(files)
    recording = [address(file, "sound", viewer=viewer) for file in kept.recording]
    return BlindWork(
        code=entry.code,
        band=entry.band,
        title=entry.title,
        words=entry.words,
        alt=entry.alt,
        text=entry.text,
        pictures=tuple(_picture(file, viewer) for file in kept.pictures if file.is_ready),
        recording=next(iter(recording), ""),
        waits=kept.wait,
    )


def _picture(file: FileView, viewer: str) -> BlindPicture:
    medium = file.renditions.get("medium")
    return BlindPicture(
        source=address(file, "medium", viewer=viewer),
        larger=address(file, "large", viewer=viewer),
        width=(medium.width if medium else 0) or 0,
        height=(medium.height if medium else 0) or 0,
    )
