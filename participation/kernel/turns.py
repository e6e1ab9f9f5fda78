"""Writers of one SQLite file take turns, so that nobody waits longer than the one before needs.

SQLite lets a waiting writer sleep up to a tenth of a second between two looks, whoever came first:
with eight writers a third of the answers a second is lost. Here the threads of a process queue by
a lock and the processes by a lock on a file beside the database, which the system takes back from
a process that dies. It is only about time; SQLite's own lock still guards the data.
"""

import fcntl
import os
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Final

PATIENCE: Final = 8.0
"""Seconds after which a thread goes on without a turn, and SQLite's own lock decides."""
LOOK_AGAIN: Final = 0.0005
"""Seconds between two looks at the file; a write holds it for a few milliseconds."""


class Turns:
    """The queue of the writers of one file; without a file (in memory) that of this process."""

    def __init__(self, file: Path | None) -> None:
        self._lock = Lock()
        self._file = file
        self._gate = -1

    def take(self) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        if not self._lock.acquire(timeout=PATIENCE):
            return False
        if self._file is not None:
            if self._gate < 0:
                self._gate = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            return self._pass_gate(self._gate)
        return True

    def _pass_gate(self, gate: int) -> bool:
        """Look again and again, so that a stuck process can't keep this one waiting for ever."""
        until = monotonic() + PATIENCE
        while monotonic() < until:
            try:
                fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sleep(LOOK_AGAIN)
            else:
                return True
        self._lock.release()
        return False

    def leave(self) -> None:
        """Let the next one in."""
        if self._gate >= 0:
            fcntl.flock(self._gate, fcntl.LOCK_UN)
        self._lock.release()

    def close(self) -> None:
        """Close the file."""
        if self._gate >= 0:
            os.close(self._gate)
            self._gate = -1
