"""The files of a slot as the upload component shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.media.queries.addresses import address
from participation.media.queries.files import FileView, place_in_queue


@dataclass(frozen=True, slots=True)
class Shot:
    """A file with the address of what is shown of it (picture or sound; empty while there is none)
    and its place among the files that wait."""

    file: FileView
    src: str
    place: int

    @property
    def is_sound(self) -> bool:
        return self.file.kind == "sound"


def shots_of(files: Sequence[FileView], *, viewer: str) -> list[Shot]:
    """The files for whoever may see them now: `viewer` is `current_user.sign_in`."""
    return [
        Shot(
            file,
            address(file, "sound" if file.kind == "sound" else "small", viewer=viewer),
            place_in_queue(file),
        )
        for file in files
    ]
