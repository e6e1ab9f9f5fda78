"""What lies behind an address, if it still stands."""

from dataclasses import dataclass

from participation.kernel.quick import Quick

_SERVED = Quick(
    "SELECT r.key, r.mime, r.size FROM media_renditions r JOIN media_files f ON f.id = r.file_id"
    " WHERE r.file_id = :file_id AND r.name = :name AND f.version = :version AND f.state = 'ready'"
)


@dataclass(frozen=True, slots=True)
class Served:
    """The bytes of a rendition: where they lie, what they are, how many."""

    name: str
    key: str
    mime: str
    size: int


def served(file_id: str, name: str, version: int) -> Served | None:
    """This rendition in exactly this version; None where the file has changed or is gone."""
    rows = _SERVED.all(file_id=file_id, name=name, version=version)
    return Served(name, *rows[0]) if rows else None
