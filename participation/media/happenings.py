"""What media tells the house; the subject is always the thing to which the file belongs.

All of it is veiled: a file comes when a child presses the button, and is pressed within the minute.
"""

from dataclasses import dataclass
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class FileTakenIn(Happening):
    """A file came, passed the first look and waits in quarantine; it may stand in place of another
    of the same slot."""

    veiled: ClassVar[bool] = True

    file_id: str
    slot: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePressed(Happening):
    """The worker made the renditions of this version: the file is ready to be shown to those who
    may see its subject. Follows from `FileTakenIn` or `FileCovered`."""

    veiled: ClassVar[bool] = True
    recorded: ClassVar[bool] = False

    file_id: str
    slot: str
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRefused(Happening):
    """The worker could not or must not press a file; `reason` is a code of `media.wording`."""

    veiled: ClassVar[bool] = True

    file_id: str
    slot: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileCovered(Happening):
    """A moderator set the covers of a picture anew (`count` of them; 0 takes all away)."""

    veiled: ClassVar[bool] = True

    file_id: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CoversKept(Happening):
    """The picture from before the covers is gone: nobody can take them away any more."""

    veiled: ClassVar[bool] = True

    file_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileTakenDown(Happening):
    """Every address of the file that was given out is dead; the file itself is still kept."""

    veiled: ClassVar[bool] = True

    file_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileDiscarded(Happening):
    """The file is gone: its row at once, its bytes within the minute."""

    veiled: ClassVar[bool] = True

    file_id: str
    slot: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileMoved(Happening):
    """A file belongs to another thing from now on (the subject), under this slot."""

    veiled: ClassVar[bool] = True

    file_id: str
    slot: str
