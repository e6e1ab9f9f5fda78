"""The worker presses a file: the heavy part first and outside the write lock, then the rows.

A crash before the rows leaves bytes that no row names, which `sweeping` finds; a crash after them
leaves a whole file. Bytes are never written over: every attempt has keys of its own.
"""

import logging
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, select

from participation.kernel.announcing import announce
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.jobs import Deed
from participation.kernel.rows import insert_row
from participation.kernel.storage import Gone, StoreAway, store
from participation.media.actions.ending import drop_later, find, subject_of
from participation.media.actions.masters import Source, source_of
from participation.media.bands import band_codes
from participation.media.happenings import FilePressed, FileRefused
from participation.media.models import Band, File, Rendition
from participation.media.places import new_key
from participation.media.press import Cover, Made, Pressed, Unusable, press, signed
from participation.media.refusals import LOST
from participation.media.scanning import scan

log = logging.getLogger(__name__)

ENDINGS: Final = {
    "image/webp": "webp",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/webm": "webm",
    "audio/wav": "wav",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a press made and where it lies: the key of each rendition, and of a fresh master."""

    pressed: Pressed
    keys: tuple[str, ...]
    master_key: str


def press_job(arguments: dict[str, Any]) -> Deed:
    """Press one version of a file, if it still waits for that.

    Raises `ScannerAway` or `StoreAway`, and is tried again; the file is shown to nobody meanwhile.
    """
    file_id, version = str(arguments["id"]), int(arguments["version"])
    file = session().get(File, file_id)
    if file is None or not _still_waits(file, version):
        return lambda: None
    try:
        outcome = _work(file)
    except Unusable as problem:
        if file.state != "waiting":
            raise  # a picture that was pressed before is not lost because it can't be pressed again
        return partial(_refuse, file_id, version, problem.code)
    except Gone:
        return partial(_refuse, file_id, version, LOST)
    return partial(_write_down, file_id, version, outcome)


def _still_waits(file: File, version: int) -> bool:
    return file.version == version and file.state in ("waiting", "pressing")


def _work(file: File) -> Outcome:
    """Fetch, scan, press, and put what was made into the store."""
    with tempfile.TemporaryDirectory(prefix="tongsheng-") as name:
        folder = Path(name)
        source = source_of(file, folder / "source")
        if source.is_raw:
            scan(source.path)
        out = folder / "made"
        out.mkdir()
        covers = [Cover(**one) for one in file.covers]
        pressed = press(source.path, out, source.kind, covers)
        return _put_all(file.id, pressed, source, covered=bool(covers))


def _put_all(file_id: str, pressed: Pressed, source: Source, *, covered: bool) -> Outcome:
    made = tuple(one for one in pressed.made if not (covered and one.name == "svg"))
    put: list[str] = []
    try:
        for one in made:
            key = new_key(file_id, f"{one.name}.{ENDINGS[one.mime]}")
            put.append(key)
            with one.path.open("rb") as content:
                store().put(key, content)
        master_key = source.keep_sealed(file_id) if covered and source.is_bare else ""
    except BaseException:
        _take_back(put)
        raise
    return Outcome(replace(pressed, made=made), tuple(put), master_key)


def _take_back(keys: Sequence[str]) -> None:
    """What can't be deleted now is swept up later."""
    for key in keys:
        with suppress(StoreAway):
            store().delete(key)


def _held(file_id: str, version: int, otherwise: Callable[[], None]) -> File | None:
    """The file, if it still waits for this version; else what was made for it is let go."""
    with suppress(Missing):
        file = find(file_id)
        if _still_waits(file, version):
            return file
    otherwise()
    return None


def _refuse(file_id: str, version: int, code: str) -> None:
    """Nothing of it stays in the store; the row keeps the reason for the child."""
    file = _held(file_id, version, lambda: None)
    if file is None:
        return
    forget_bytes(file)
    file.state, file.reason = "refused", code
    announce(FileRefused(subject=subject_of(file), file_id=file.id, slot=file.slot, reason=code))


def forget_bytes(file: File) -> None:
    """Let everything go that is stored of a file, and what can be told from it."""
    session().flush()
    keys = session().scalars(select(Rendition.key).where(Rendition.file_id == file.id))
    drop_later([file.raw_key, file.master_key, *keys])
    session().execute(delete(Rendition).where(Rendition.file_id == file.id))
    session().execute(delete(Band).where(Band.file_id == file.id))
    file.raw_key = file.master_key = ""
    file.fingerprint = None


def _write_down(file_id: str, version: int, outcome: Outcome) -> None:
    fresh = (*outcome.keys, outcome.master_key)
    file = _held(file_id, version, lambda: drop_later(fresh))
    if file is None:
        return
    kept = (outcome.master_key or file.master_key) if file.covers else ""
    if file.master_key == kept:
        file.master_key = ""  # it stays in the store
    forget_bytes(file)
    pressed = outcome.pressed
    for one, key in zip(pressed.made, outcome.keys, strict=True):
        insert_row(Rendition, {"file_id": file_id, "key": key, **_facts(one)})
    file.state, file.master_key = "ready", kept
    file.width, file.height = pressed.width or None, pressed.height or None
    file.seconds = pressed.seconds or None
    _mark(file, pressed.fingerprint)
    told = FilePressed(subject=subject_of(file), file_id=file.id, slot=file.slot, version=version)
    announce(told)


def _facts(one: Made) -> dict[str, Any]:
    sides = {"width": one.width or None, "height": one.height or None}
    return {"name": one.name, "mime": one.mime, "size": one.size, **sides}


def _mark(file: File, fingerprint: int | None) -> None:
    """Write down by what a picture is found that looks like it."""
    if fingerprint is None:
        return
    file.fingerprint = signed(fingerprint)
    for code in band_codes(fingerprint):
        insert_row(Band, {"code": code, "file_id": file.id})
