"""Writers of one SQLite file take turns, so that nobody waits longer than the one before needs.

SQLite lets a waiting writer sleep up to a tenth of a second between two looks, whoever came first:
with eight writers a third of the answers a second is lost. Here the threads of a process queue by
a lock, and the processes by two locks on a file beside the database, which the system takes back
from a process that dies. Whoever is next in line holds the second until the first is free: so the
processes alternate, and one gets its requests ready while the other writes. It is only about time;
SQLite's own lock still guards the data.
"""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Final

PATIENCE: Final = 8.0
"""Seconds after which a thread goes on without a turn, and SQLite's own lock decides."""
LOOK_AGAIN: Final = 0.0001
"""Seconds between two looks at the file; a write holds it for a millisecond or two."""
WRITING: Final = 0
NEXT: Final = 1


class Turns:
    """The queue of the writers of one file; without a file (in memory) that of this process."""

    def __init__(self, file: Path | None) -> None:
        self._lock = Lock()
        self._file = file
        self._open = -1

    def take(self, meanwhile: Callable[[], bool] | None = None) -> bool:
        """Wait for one's turn; False when it did not come in time.

        Between two looks `meanwhile` is done; as long as it says True, there is no pause.
        """
        until = monotonic() + PATIENCE
        if meanwhile is None:
            here = self._lock.acquire(timeout=PATIENCE)
        else:
            here = self._look(lambda: self._lock.acquire(blocking=False), until, meanwhile)
        if not here:
            return False
        came = False
        try:
            came = self._file is None or self._take_among_processes(self._file, until, meanwhile)
        finally:
            if not came:
                self._lock.release()
        return came

    def _take_among_processes(
        self, file: Path, until: float, meanwhile: Callable[[], bool] | None
    ) -> bool:
        if self._open < 0:
            self._open = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not self._look(lambda: self._get(NEXT), until, meanwhile):
            return False
        try:
            return self._look(lambda: self._get(WRITING), until, meanwhile)
        finally:
            self._give(NEXT)

    @staticmethod
    def _look(
        found: Callable[[], bool], until: float, meanwhile: Callable[[], bool] | None
    ) -> bool:
        """Look again and again, so that a stuck process can't keep this one waiting for ever."""
        while not found():
            if monotonic() > until:
                return False
            if meanwhile is None or not meanwhile():
                sleep(LOOK_AGAIN)
        return True

    def _get(self, place: int) -> bool:
        try:
            fcntl.lockf(self._open, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):  # which of the two depends on the system
            return False
        return True

    def _give(self, place: int) -> None:
        fcntl.lockf(self._open, fcntl.LOCK_UN, 1, place)

    def leave(self) -> None:
        """Let the next one in."""
        if self._open >= 0:
            self._give(WRITING)
        self._lock.release()

    def close(self) -> None:
        """Close the file."""
        if self._open >= 0:
            os.close(self._open)
            self._open = -1
