"""A file ends, or its addresses do: rows and addresses at once, bytes by the worker right after."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, select

from participation.kernel import jobs
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.jobs import Deed
from participation.kernel.storage import StoreAway, store
from participation.kernel.subjects import Subject
from participation.media.happenings import FileDiscarded, FileTakenDown
from participation.media.models import File
from participation.media.places import folder_of, new_id

DROP: Final = "drop-bytes"
FIRST: Final = timedelta(hours=1)
"""So much earlier than now a job is dated that must not wait behind files that are pressed."""


def find(file_id: str) -> File:
    """The row of a file, held until the unit ends; raises `Missing`."""
    chosen = select(File).where(File.id == file_id).with_for_update()
    file = session().scalar(chosen.execution_options(populate_existing=True))
    if file is None:
        raise Missing
    return file


def discard(file_id: str, *, by: int | None = None) -> None:
    """Let a file go for good: every address is dead at once, its bytes are gone within a minute.

    `by` is the staff person who did it; empty for the child herself. Nothing happens where the file
    is gone already.
    """
    file = session().get(File, file_id)
    if file is not None:
        end(file, by=by)


def discard_all(subject: Subject, *, by: int | None = None) -> None:
    """The same for every file of a subject: it was withdrawn, or its child is forgotten."""
    chosen = select(File).where(File.subject_kind == subject.kind, File.subject_id == subject.id)
    for file in session().scalars(chosen.order_by(File.slot)):
        end(file, by=by)


def take_down(file_id: str, *, by: int | None = None) -> None:
    """Kill every address that was given out, and keep the file: for its child, for an appeal, as
    evidence. Whoever may still see it gets a new address. Raises `Missing`."""
    file = find(file_id)
    if file.state == "ready":
        file.version += 1
    announce(FileTakenDown(subject=subject_of(file), by=by, file_id=file_id))


def end(file: File, *, by: int | None = None) -> None:
    """The row goes now (renditions and marks with it), the bytes by a job of the same unit."""
    session().execute(delete(File).where(File.id == file.id))
    session().expunge(file)
    jobs.enqueue(DROP, file.id, {"prefix": folder_of(file.id)}, after=now() - FIRST)
    announce(FileDiscarded(subject=subject_of(file), by=by, file_id=file.id, slot=file.slot))


def subject_of(file: File) -> Subject:
    """The thing to which a file belongs."""
    return Subject(file.subject_kind, file.subject_id)


def drop_later(keys: Iterable[str]) -> None:
    """Ask for these bytes to go, in the unit that forgets their keys."""
    wanted = [key for key in keys if key]
    if wanted:
        jobs.enqueue(DROP, new_id(), {"keys": wanted}, after=now() - FIRST)


def drop_job(arguments: dict[str, Any]) -> Deed:
    """Delete bytes of which no row tells any more: those of a whole file, or single ones.

    A crash in the middle repeats it; a store that does not answer is asked again.
    """
    prefix = arguments.get("prefix", "")
    keys = [one.key for one in store().walk(prefix)] if prefix else list(arguments["keys"])
    for key in keys:
        store().delete(key)
    return _nothing


def drop_bytes_of(file_id: str) -> None:
    """Delete the bytes of a file that did not come to be: its unit was rolled back.

    What can't be deleted now is swept up later.
    """
    if session().scalar(select(File.id).where(File.id == file_id)) is None:
        with suppress(StoreAway):
            drop_job({"prefix": folder_of(file_id)})


def _nothing() -> None:
    """Nothing is left to be written."""
