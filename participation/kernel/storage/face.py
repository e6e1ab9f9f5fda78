"""What a store of bytes can do, whichever it is: five deeds, and how it says that it can't."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self

PIECE: Final = 64 * 1024
"""Bytes that are held in memory at once while something is read or written."""


class Gone(LookupError):
    """There is nothing under this key."""


class StoreAway(RuntimeError):
    """The store does not answer, or not as it should: try again later, and conclude nothing."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One thing in the store: its key, its size in bytes, and when it was written."""

    key: str
    size: int
    written_at: datetime


class Stream:
    """Bytes on their way out, piece by piece; `close` it, also when nothing was read."""

    def __init__(self, read: Callable[[int], bytes], close: Callable[[], None], left: int) -> None:
        self._read, self._close, self._left = read, close, left

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self._read(min(PIECE, self._left)) if self._left > 0 else b""
        if not piece:
            self.close()
            raise StopIteration
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        """Let the file or the connection go."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


class Store(Protocol):
    """A store of bytes under keys (`keys.checked`). Every deed may raise `StoreAway`."""

    def put(self, key: str, source: BinaryIO) -> int:
        """Keep what `source` holds from here to its end; returns its size in bytes.

        Afterwards it is there as a whole and on disk, or not at all; what was there is replaced.
        """

    def read(self, key: str, *, start: int = 0, length: int | None = None) -> Stream:
        """The bytes from `start` on, `length` of them at most; raises `Gone`."""

    def delete(self, key: str) -> None:
        """Let it go; nothing happens where it is not there."""

    def size(self, key: str) -> int | None:
        """Its size in bytes; None where it is not there."""

    def walk(self, prefix: str = "") -> Iterator[Stored]:
        """Everything whose key begins with these whole parts, in any order."""
