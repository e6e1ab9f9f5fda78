"""What a moderator sees and hears of a work beside its words (`kernel.exhibits`)."""

from functools import partial
from typing import Final

from participation.contests.naming import ENTRY
from participation.contests.queries.files import sorted_files
from participation.kernel.exhibits import Exhibit
from participation.kernel.subjects import Subject
from participation.media.queries import FileView, address, files_of, near_copies

COVERS: Final = "/desk/works/{key}/pictures/{slot}"
"""The page on which a moderator covers parts of a picture (`views/covers.py`)."""


def exhibits_of(subject: Subject) -> list[Exhibit]:
    """The pictures of a work, then its recording; what could not be used is none."""
    files = sorted_files(files_of(subject))
    return [_exhibit(file) for file in files.all if file.state != "refused"]


def _exhibit(file: FileView) -> Exhibit:
    sound, medium = file.kind == "sound", file.renditions.get("medium")
    page = COVERS.format(key=file.subject.id, slot=file.slot)
    return Exhibit(
        kind="sound" if sound else "picture",
        ready=file.is_ready,
        source=partial(_address, file, "sound" if sound else "medium"),
        larger=partial(_address, file, "sound" if sound else "large"),
        change="" if sound else page,
        alike=_alike(file),
        width=(medium.width if medium else 0) or 0,
        height=(medium.height if medium else 0) or 0,
    )


def _address(file: FileView, name: str, viewer: str) -> str:
    return address(file, name, viewer=viewer)


def _alike(file: FileView) -> int:
    """How many pictures of other works look like this one."""
    if file.fingerprint is None:
        return 0
    found = near_copies(file.fingerprint, file.kind, ENTRY, but=file.id)
    return len({copy.subject for copy in found if copy.subject != file.subject})
