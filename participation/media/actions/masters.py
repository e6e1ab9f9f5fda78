"""What a file is pressed from: the bytes as they came, the sealed picture, or the print master."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from sqlalchemy import select

from participation.kernel.database import session
from participation.kernel.storage import Gone, store
from participation.kernel.vault import Unopened, place_of, vault
from participation.media.models import File, Rendition
from participation.media.places import new_key
from participation.media.press import Kind

log = logging.getLogger(__name__)

PURPOSE: Final = "media.masters"


@dataclass(frozen=True, slots=True)
class Source:
    """What is pressed. `is_raw`: as it came, and to be scanned; `is_bare`: what everybody who may
    see the file sees now, of which nothing is sealed yet."""

    path: Path
    kind: Kind
    is_raw: bool = False
    is_bare: bool = False

    def keep_sealed(self, file_id: str) -> str:
        """Seal it as the picture from before the covers; returns its key."""
        key = new_key(file_id, "sealed")
        content = _letter(self.kind) + self.path.read_bytes()
        store().put(key, BytesIO(vault(PURPOSE).seal_bytes(content, _place(file_id))))
        return key


def source_of(file: File, path: Path) -> Source:
    """Fetch to `path` what this file is pressed from; raises `Gone` where nothing is left.

    Where the sealed picture is gone, or another key sealed it, the covered one is still there.
    """
    if file.state == "waiting":
        _fetch(file.raw_key, path)
        return Source(path, _kind(file.kind), is_raw=True)
    if file.master_key:
        with suppress(Gone):
            return _opened(file, path)
        log.error("a sealed picture does not open; pressing from what is shown")
    found = dict(
        session().execute(select(Rendition.name, Rendition.key).filter_by(file_id=file.id)).all()
    )
    name = "svg" if "svg" in found else "print"
    if name not in found:
        raise Gone
    _fetch(found[name], path)
    return Source(path, "vector" if name == "svg" else "picture", is_bare=True)


def _opened(file: File, path: Path) -> Source:
    sealed = path.with_suffix(".sealed")
    _fetch(file.master_key, sealed)
    try:
        content = vault(PURPOSE).open_bytes(sealed.read_bytes(), _place(file.id))
    except Unopened as problem:
        raise Gone from problem
    path.write_bytes(content[1:])
    return Source(path, "vector" if content[:1] == b"v" else "picture")


def _fetch(key: str, path: Path) -> None:
    with store().read(key) as stream, path.open("xb") as file:
        for piece in stream:
            file.write(piece)


def _kind(text: str) -> Kind:
    return {"picture": "picture", "vector": "vector"}.get(text, "sound")  # type: ignore[return-value]


def _letter(kind: Kind) -> bytes:
    return kind[:1].encode()


def _place(file_id: str) -> str:
    return place_of("media_files", file_id, "master")
