"""A store in a folder of this machine: the default, for one server."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from participation.kernel.storage.face import PIECE, Gone, Store, StoreAway, Stored, Stream
from participation.kernel.storage.keys import checked, checked_prefix

_COMING: Final = ".coming-"
"""What is still being written has this in its name. It is a key like any other, which nobody knows:
what a killed writer left is swept up with all else that no row names."""
_PRIVATE: Final = 0o700


class Folder(Store):
    """Files of mode 0600 in folders of mode 0700, written aside, synced, and renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        try:
            self.root.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            self.root.chmod(_PRIVATE)
        except OSError as problem:
            raise StoreAway(type(problem).__name__) from problem

    def put(self, key: str, source: BinaryIO) -> int:
        """Write beside the place, sync, rename, and sync the folder that names it."""
        path = self._path(key)
        try:
            self._make_folder(path.parent)
            handle, aside = tempfile.mkstemp(prefix=f"{path.name[:40]}{_COMING}", dir=path.parent)
        except OSError as problem:
            raise StoreAway(type(problem).__name__) from problem
        try:
            size = _write(handle, source)
            Path(aside).replace(path)
            _sync_folder(path.parent)
        except BaseException as problem:
            with suppress(OSError):
                Path(aside).unlink()
            if isinstance(problem, OSError):
                raise StoreAway(type(problem).__name__) from problem
            raise
        return size

    def read(self, key: str, *, start: int = 0, length: int | None = None) -> Stream:
        """Opened now, read piece by piece."""
        try:
            file = self._path(key).open("rb")
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as problem:
            raise Gone from problem
        except OSError as problem:
            raise StoreAway(type(problem).__name__) from problem
        whole = os.fstat(file.fileno()).st_size
        file.seek(start)
        left = max(0, whole - start)
        return Stream(file.read, file.close, left if length is None else min(left, length))

    def delete(self, key: str) -> None:
        """Unlink it, and the folders that it leaves empty."""
        path = self._path(key)
        try:
            path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as problem:
            raise StoreAway(type(problem).__name__) from problem
        with suppress(OSError):  # a folder that is not empty, or in which another file arrives
            for folder in path.parents:
                if folder == self.root:
                    break
                folder.rmdir()

    def size(self, key: str) -> int | None:
        """By a look at the folder."""
        try:
            path = self._path(key)
            return path.stat().st_size if path.is_file() else None
        except OSError as problem:
            raise StoreAway(type(problem).__name__) from problem

    def walk(self, prefix: str = "") -> Iterator[Stored]:
        """Folder by folder; links are not followed."""
        start = self.root / checked_prefix(prefix)
        for folder, _folders, names in os.walk(start, onerror=_away):
            for name in names:
                path = Path(folder) / name
                with suppress(FileNotFoundError):
                    seen = path.lstat()
                    at = datetime.fromtimestamp(seen.st_mtime, UTC)
                    yield Stored(path.relative_to(self.root).as_posix(), seen.st_size, at)

    def _path(self, key: str) -> Path:
        return self.root / checked(key)

    def _make_folder(self, folder: Path) -> None:
        for one in reversed((folder, *folder.parents)):
            if one.is_relative_to(self.root):
                one.mkdir(mode=_PRIVATE, exist_ok=True)


def _away(problem: OSError) -> None:
    """A folder that is not there holds nothing; one that can't be read proves nothing."""
    if not isinstance(problem, FileNotFoundError | NotADirectoryError):
        raise StoreAway(type(problem).__name__) from problem


def _write(handle: int, source: BinaryIO) -> int:
    size = 0
    with os.fdopen(handle, "wb") as file:
        while piece := source.read(PIECE):
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
