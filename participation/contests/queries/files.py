"""The files of works: which slots a call has, what is missing, whether all are got ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from participation.contests.call import ShownCall
from participation.media.queries import FileView

RECORDING: Final = "recording"
PICTURE: Final = "picture-"
PICTURE_KINDS: Final = frozenset({"picture"})
LOGO_KINDS: Final = frozenset({"picture", "vector"})
SOUND_KINDS: Final = frozenset({"sound"})
PICTURE_LIMIT: Final = 10 * 1024 * 1024
SOUND_LIMIT: Final = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WorkFiles:
    """The files of one work by what they are."""

    pictures: Sequence[FileView]
    recording: Sequence[FileView]

    @property
    def all(self) -> list[FileView]:
        return [*self.pictures, *self.recording]

    @property
    def wait(self) -> bool:
        """Is one of them still being checked or made anew?"""
        return any(file.waits for file in self.all)

    @property
    def refused(self) -> list[FileView]:
        """Those that can't be used; their sentences say why."""
        return [file for file in self.all if file.state == "refused"]


def sorted_files(files: Sequence[FileView]) -> WorkFiles:
    """The files of a work, pictures apart from the recording."""
    pictures = [file for file in files if file.slot.startswith(PICTURE)]
    return WorkFiles(pictures, [file for file in files if file.slot == RECORDING])


def slots_of(call: ShownCall) -> list[str]:
    """The slots of the pictures of a call."""
    return [f"{PICTURE}{number}" for number in range(1, call.pictures_most + 1)]


def free_slot(call: ShownCall, files: WorkFiles) -> str:
    """The first slot without a picture; empty where there is none. A refused one makes room."""
    taken = {file.slot for file in files.pictures if file.state != "refused"}
    return next((slot for slot in slots_of(call) if slot not in taken), "")


def kinds_of(call: ShownCall) -> frozenset[str]:
    """The kinds of pictures that a call takes: a logo may be a drawing of lines as well."""
    return LOGO_KINDS if call.kind == "logo" else PICTURE_KINDS
