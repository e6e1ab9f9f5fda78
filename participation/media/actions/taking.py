"""A file comes in: looked at by its content, put into quarantine, and left to the worker."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from participation.kernel import jobs
from participation.kernel.announcing import announce
from participation.kernel.clock import today
from participation.kernel.database import after_end, session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.storage import PIECE, StoreAway, store
from participation.kernel.subjects import Subject
from participation.media.actions.ending import drop_bytes_of, end
from participation.media.happenings import FileTakenIn
from participation.media.models import File
from participation.media.places import new_id, new_key
from participation.media.press import Looked, Unusable, look
from participation.media.queries.files import PRESS, FileView, file_view, press_key

AWAY: Final = _l("现在收不下文件。过一会儿再传一次，你写的都还在。")
TWICE: Final = _l("刚才已经收到一个文件了。请重新打开这一页看看。")


def take_in(
    subject: Subject, slot: str, upload: BinaryIO, *, allowed: frozenset[str], limit: int
) -> FileView:
    """Take in the file of a slot of a subject, in place of the one that was there.

    Who may do this is the caller's to ask. `allowed` are kinds (picture, vector, sound), `limit`
    the most bytes. Size, type by content and the sides that the header tells are looked at now;
    pixels and sounds are opened by the worker, in a child process. Raises `Unusable` (its sentence:
    `media.wording.refusal`), and then nothing is kept and the file of before stays; `RuleBroken`
    where the store does not answer or two came at once.
    """
    with _copied(upload, limit) as (path, size):
        looked = look(path, allowed)
        file_id = new_id()
        after_end(lambda: drop_bytes_of(file_id))
        raw_key = _keep(path, file_id)
    for earlier in session().scalars(_in_slot(subject, slot)):
        end(earlier)
    _write_down(subject, slot, file_id, raw_key, looked, size)
    jobs.enqueue(PRESS, press_key(file_id, 1), {"id": file_id, "version": 1})
    announce(FileTakenIn(subject=subject, file_id=file_id, slot=slot))
    view = file_view(file_id)
    if view is None:
        raise LookupError(file_id)
    return view


@contextmanager
def _copied(upload: BinaryIO, limit: int) -> Iterator[tuple[Path, int]]:
    """The upload as a private file of its own, never larger than the limit by more than a byte."""
    with tempfile.TemporaryDirectory(prefix="tongsheng-") as folder:
        path, size = Path(folder) / "upload", 0
        with path.open("xb") as file:
            while piece := upload.read(min(PIECE, limit + 1 - size)):
                size += file.write(piece)
                if size > limit:
                    raise Unusable("too_big")
        if not size:
            raise Unusable("empty")
        yield path, size


def _keep(path: Path, file_id: str) -> str:
    key = new_key(file_id, "raw")
    try:
        with path.open("rb") as file:
            store().put(key, file)
    except StoreAway as problem:
        raise RuleBroken(AWAY, field="file") from problem
    return key


def _in_slot(subject: Subject, slot: str) -> Select[File]:
    return select(File).where(
        File.subject_kind == subject.kind, File.subject_id == subject.id, File.slot == slot
    )


def _write_down(
    subject: Subject, slot: str, file_id: str, raw_key: str, looked: Looked, size: int
) -> None:
    file = File(
        id=file_id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        slot=slot,
        kind=looked.kind,
        raw_key=raw_key,
        bytes=size,
        covers=[],
        added_on=today(),
    )
    try:
        with session().begin_nested():
            session().add(file)
    except IntegrityError as problem:
        raise RuleBroken(TWICE, field="file") from problem
