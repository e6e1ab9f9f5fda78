"""The hourly look at store and rows: bytes without a row go, rows without bytes say so.

What a crash leaves is bytes that no row names, never the other way round: bytes are written before
their rows and deleted after them. Shards are looked at one by one, so that memory stays small.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select, update

from participation.kernel import jobs
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.jobs import Deed
from participation.kernel.storage import StoreAway, store
from participation.media.actions.ending import DROP, drop_later, subject_of
from participation.media.actions.pressing import forget_bytes
from participation.media.happenings import FileRefused
from participation.media.models import File, Rendition
from participation.media.places import shard
from participation.media.queries.files import PRESS, press_key
from participation.media.refusals import LOST

log = logging.getLogger(__name__)

YOUNG: Final = timedelta(hours=1)
"""Bytes younger than this may still get their row: no press and no upload lasts so long."""
MOST: Final = 500
"""So many things one sweep deletes or marks at most: a wrong setting must not empty a store."""
KEEP_MASTERS: Final = timedelta(days=60)


@dataclass(slots=True)
class _Found:
    """What one sweep found: keys to delete, and the ids of files whose bytes are gone."""

    stray: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def sweep_job(_arguments: dict[str, Any]) -> Deed:
    """Look at everything, delete the stray bytes, and return what marks the lost files.

    Raises `StoreAway` where the store shows nothing at all while rows name something: a wrong
    bucket proves nothing about the files.
    """
    found = _Found()
    seen = False
    for number in range(256):
        seen |= _look(f"{number:02x}", found)
    if found.lost and not seen:
        raise StoreAway("the store is empty")
    for key in found.stray[:MOST]:
        store().delete(key)
    if found.stray or found.lost:
        log.warning("swept", extra={"stray": len(found.stray), "lost": len(found.lost)})
    return _ending(found.lost[:MOST])


def _look(start: str, found: _Found) -> bool:
    """One shard; True where the store holds anything there."""
    stored = {one.key: one.written_at for one in store().walk(shard(start))}
    named = _named(start)
    known = {key for keys in named.values() for key in keys}
    before = now() - YOUNG
    found.stray += [key for key, at in stored.items() if key not in known and at < before]
    found.lost += [
        file_id for file_id, keys in named.items() if not _are_there(keys - stored.keys())
    ]
    return bool(stored)


def _are_there(unseen: Iterable[str]) -> bool:
    """Are these keys there after all? They may have come since the walk."""
    return all(store().size(key) is not None for key in unseen)


def _named(start: str) -> dict[str, set[str]]:
    """The keys that the rows of a shard name, by file; read after the walk, so that they know all
    that it saw."""
    named: dict[str, set[str]] = {}
    mine = File.id.startswith(start, autoescape=True)
    whole = select(File.id, File.raw_key, File.master_key).where(mine, File.state != "refused")
    for file_id, *keys in session().execute(whole):
        named[file_id] = {key for key in keys if key}
    pairs = select(Rendition.file_id, Rendition.key).where(Rendition.file_id.startswith(start))
    for file_id, key in session().execute(pairs):
        named.setdefault(file_id, set()).add(key)
    return named


def _ending(lost: list[str]) -> Callable[[], None]:
    def write() -> None:
        for file_id in lost:
            _lose(file_id)
        _press_again()
        _let_masters_go()

    return write


def _lose(file_id: str) -> None:
    """Say that a file is lost, if its bytes are still not there."""
    file = session().get(File, file_id)
    if file is None or file.state == "refused" or _are_there(_keys_of(file)):
        return
    forget_bytes(file)
    file.state, file.reason = "refused", LOST
    announce(FileRefused(subject=subject_of(file), file_id=file.id, slot=file.slot, reason=LOST))


def _keys_of(file: File) -> list[str]:
    keys = session().scalars(select(Rendition.key).where(Rendition.file_id == file.id))
    return [key for key in (file.raw_key, file.master_key, *keys) if key]


def _press_again() -> None:
    """Ask anew for what waits without a job: it was given up while a scanner or store was away."""
    asked = jobs.live_keys(PRESS)
    waits = select(File.id, File.version).where(File.state.in_(("waiting", "pressing")))
    for file_id, version in session().execute(waits.order_by(File.id).limit(MOST)):
        key = press_key(file_id, version)
        if key not in asked:
            jobs.enqueue(PRESS, key, {"id": file_id, "version": version})
            jobs.revive(PRESS, key)


def _let_masters_go() -> None:
    """Sealed pictures are for undoing a slip, not for keeping."""
    long_ago = today() - KEEP_MASTERS
    old = select(File.id, File.master_key).where(
        File.master_key != "", File.state == "ready", File.added_on < long_ago
    )
    rows = session().execute(old.order_by(File.id).limit(MOST)).all()
    drop_later(key for _id, key in rows)
    gone = update(File).where(File.id.in_([file_id for file_id, _key in rows]))
    session().execute(gone.values(master_key="", covers=[]))


def forget_times(_arguments: dict[str, Any]) -> Deed:
    """Every minute: forget the finished jobs of files, whose moment is the minute of a child."""

    def write() -> None:
        for kind in (PRESS, DROP):
            jobs.forget_done(kind)

    return write
