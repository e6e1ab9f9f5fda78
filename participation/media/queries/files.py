"""The files of a subject, or of many at once, as pages need them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, and_, select, tuple_

from participation.kernel import jobs
from participation.kernel.database import session
from participation.kernel.i18n import LazyWords
from participation.kernel.subjects import Subject
from participation.media.models import File, Rendition
from participation.media.press import unsigned
from participation.media.refusals import sentence_of

PRESS: Final = "press-file"
"""The kind of the job that presses a file; its key is `press_key`."""
MOST_SUBJECTS: Final = 500


@dataclass(frozen=True, slots=True)
class RenditionView:
    """One pressed form: its mime type, its size in bytes, and in pixels where it has any."""

    name: str
    mime: str
    width: int | None
    height: int | None
    size: int


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as pages see it. `covers` are per mille of the picture; `undoable` says that they may
    still be taken away."""

    id: str
    subject: Subject
    slot: str
    kind: str
    state: str
    reason: str
    width: int | None
    height: int | None
    seconds: float | None
    fingerprint: int | None
    covers: tuple[Mapping[str, Any], ...]
    undoable: bool
    version: int
    added_on: date
    renditions: Mapping[str, RenditionView]

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    @property
    def waits(self) -> bool:
        """Is the worker still to press it?"""
        return self.state in ("waiting", "pressing")

    @property
    def sentence(self) -> LazyWords | str:
        """Why it was refused, for a child; empty where it was not."""
        return sentence_of(self.reason) if self.reason else ""


def press_key(file_id: str, version: int) -> str:
    """The key of the job that presses this version of a file."""
    return f"{file_id}:{version}"


def files_of(subject: Subject) -> list[FileView]:
    """The files of a subject, by slot."""
    return files_of_many([subject])[subject]


def files_of_many(subjects: Iterable[Subject]) -> dict[Subject, list[FileView]]:
    """The files of each of at most 500 subjects, by slot, in one statement.

    Raises `ValueError` for more: a page that shows so many has to be paged.
    """
    found: dict[Subject, list[FileView]] = {subject: [] for subject in subjects}
    if len(found) > MOST_SUBJECTS:
        raise ValueError(f"more than {MOST_SUBJECTS} subjects at once")
    if not found:
        return found
    names = [(subject.kind, subject.id) for subject in found]
    chosen = _joined().where(tuple_(File.subject_kind, File.subject_id).in_(names))
    for view in _views(chosen):
        found[view.subject].append(view)
    return found


def file_view(file_id: str) -> FileView | None:
    """The file of this id; None where there is none (any more)."""
    return next(iter(_views(_joined().where(File.id == file_id))), None)


def place_in_queue(file: FileView) -> int:
    """How many files are pressed before this one, itself included; 0 when it does not wait.

    For the sentence "there are 3 before yours" on a page that is loaded anew.
    """
    if not file.waits:
        return 0
    return jobs.place_of(PRESS, press_key(file.id, file.version))


def _joined() -> Select[File, Rendition]:
    """Files with their renditions, a row for each; none doubled by the order."""
    whole = select(File, Rendition).outerjoin(Rendition, and_(Rendition.file_id == File.id))
    return whole.order_by(File.subject_kind, File.subject_id, File.slot, Rendition.name)


def _views(chosen: Select[File, Rendition]) -> list[FileView]:
    files: dict[str, File] = {}
    made: dict[str, dict[str, RenditionView]] = {}
    for file, one in session().execute(chosen):
        files[file.id] = file
        kept = made.setdefault(file.id, {})
        if one is not None:
            kept[one.name] = RenditionView(one.name, one.mime, one.width, one.height, one.size)
    return [_view(file, made[file.id]) for file in files.values()]


def _view(file: File, renditions: Mapping[str, RenditionView]) -> FileView:
    return FileView(
        id=file.id,
        subject=Subject(file.subject_kind, file.subject_id),
        slot=file.slot,
        kind=file.kind,
        state=file.state,
        reason=file.reason,
        width=file.width,
        height=file.height,
        seconds=file.seconds,
        fingerprint=None if file.fingerprint is None else unsigned(file.fingerprint),
        covers=tuple(file.covers),
        undoable=bool(file.master_key),
        version=file.version,
        added_on=file.added_on,
        renditions=renditions,
    )
