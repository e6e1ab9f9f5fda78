"""A moderator covers what must not be seen, and may undo a wrong cover until the file is approved.

Covers are burnt into the pixels of every rendition, print included, and what was shown before is
deleted. So that a wrong cover is no lost picture, the one from before the first cover is kept as
sealed bytes (AES-GCM by a key that is not in the store) under a name to which no address leads,
until `keep_covers` or for sixty days. After that covers can still be added and never taken away.
Both ways of keeping nothing were worse: a slip of the hand would spoil a child's only picture; and
covers laid over the picture at show time would leave the face in the store and one mistake away.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from participation.kernel import jobs
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.media.actions.ending import FIRST, drop_later, find, subject_of
from participation.media.happenings import CoversKept, FileCovered
from participation.media.press import Cover
from participation.media.queries.files import PRESS, press_key

MOST_COVERS: Final = 40
NO_PICTURE: Final = _l("声音遮不住，只有图片能遮。")
NOT_READY: Final = _l("这张图还在处理，过一会儿再来。")
TOO_MANY: Final = _l("遮的地方太多了，最多 40 个。")


def cover(file_id: str, covers: Sequence[Cover], *, by: int | None = None) -> None:
    """Set the covers of a picture; an empty list takes away those that may still be undone.

    The picture is shown to nobody until the worker has pressed it anew. Raises `Missing`, and
    `RuleBroken` for a sound, for a file that waits or was refused, and for more than 40 covers.
    """
    file = find(file_id)
    if file.kind == "sound":
        raise RuleBroken(NO_PICTURE)
    if file.state not in ("ready", "pressing"):
        raise RuleBroken(NOT_READY)
    if len(covers) > MOST_COVERS:
        raise RuleBroken(TOO_MANY)
    file.covers = [asdict(one) for one in covers]
    file.state = "pressing"
    file.version += 1
    asked = {"id": file_id, "version": file.version}
    jobs.enqueue(PRESS, press_key(file_id, file.version), asked, after=now() - FIRST)
    announce(FileCovered(subject=subject_of(file), by=by, file_id=file_id, count=len(covers)))


def keep_covers(file_id: str, *, by: int | None = None) -> None:
    """Let the picture from before the covers go: what is covered stays so for ever.

    For the moment of approval; nothing happens where nothing was covered. Raises `Missing`, and
    `RuleBroken` while the picture is being pressed: nobody has seen yet what would be kept.
    """
    file = find(file_id)
    if file.state == "pressing":
        raise RuleBroken(NOT_READY)
    if not file.master_key:
        return
    drop_later([file.master_key])
    file.master_key, file.covers = "", []
    announce(CoversKept(subject=subject_of(file), by=by, file_id=file_id))
