"""What lies behind an address, if it still stands."""

from dataclasses import dataclass

from participation.kernel.errors import Missing
from participation.kernel.quick import Quick
from participation.kernel.storage import Gone, store
from participation.kernel.subjects import Subject
from participation.media.queries.files import FileView

_SERVED = Quick(
    "SELECT r.key, r.mime, r.size, f.subject_kind, f.subject_id"
    " FROM media_renditions r JOIN media_files f ON f.id = r.file_id"
    " WHERE r.file_id = :file_id AND r.name = :name AND f.version = :version AND f.state = 'ready'"
)


@dataclass(frozen=True, slots=True)
class Served:
    """The bytes of a rendition: where they lie, what they are, how many, and whose file it is."""

    name: str
    key: str
    mime: str
    size: int
    subject: Subject


def served(file_id: str, name: str, version: int) -> Served | None:
    """This rendition in exactly this version; None where the file has changed or is gone."""
    rows = _SERVED.all(file_id=file_id, name=name, version=version)
    if not rows:
        return None
    key, mime, size, kind, identity = rows[0]
    return Served(name, key, mime, size, Subject(kind, identity))


def content_of(file: FileView, name: str) -> bytes:
    """The bytes of a rendition, whole: for a paper. Raises `Missing` where there is none."""
    found = served(file.id, name, file.version) if file.is_ready else None
    if found is None:
        raise Missing
    try:
        with store().read(found.key) as stream:
            return b"".join(stream)
    except Gone as problem:
        raise Missing from problem
