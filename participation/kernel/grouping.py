"""Group commit: writers of one process who come at the same time share one transaction.

To SQLite a commit on disk costs as much as all the statements of an opinion together, and threads
that think and write at once take the interpreter from each other: with four of them an opinion
cost 2.3 ms of CPU, with one 1.5. So there is one floor in a process. Who finds it free gets ready
whatever has come, her own work and that of others, and goes on with that until it is the turn of
this process to write; then all of it is written in one transaction, each work behind a savepoint
of its own, so that what one of them drops is dropped alone. While that goes to the disk the next
has the floor. Nobody goes on before her own is on disk.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock
from typing import Any, Final, Protocol

MOST: Final = 16
"""Works in one transaction: more would let the writers of other processes wait too long."""

Write = Callable[[Any], Any]
"""Writes on the driver's connection that it is given."""


class Transactions(Protocol):
    """Where connections come from, and what begins and ends a transaction on them."""

    def take(self) -> Any:
        """A connection."""

    def give_back(self, connection: Any) -> None:
        """The connection is not needed any more."""

    def take_turn(self, meanwhile: Callable[[], bool]) -> bool:
        """Wait for the other writers; do `meanwhile` as long as it says True. False: no turn."""

    def begin_on(self, connection: Any, *, turn: bool) -> None:
        """Begin; gives the turn back where that fails."""

    def end_on(self, connection: Any, *, turn: bool, keep: bool) -> None:
        """Commit or roll back, and give the turn back."""


class GroupLost(Exception):
    """The transaction of the whole group failed; nothing of it is kept."""


@dataclass(slots=True, eq=False)
class Work:
    """What one thread wants written, and what came of it; the bell rings when it is to look."""

    get_ready: Callable[[], Write | None]
    context: Context = field(default_factory=copy_context)
    bell: "SimpleQueue[None]" = field(default_factory=SimpleQueue)
    write: Write | None = None
    result: Any = None
    problem: BaseException | None = None
    over: bool = False

    def prepare(self) -> bool:
        """Get ready; True when there is something to write."""
        try:
            self.write = self.context.run(self.get_ready)
        except BaseException as problem:
            self.problem = problem
        return self.write is not None

    def write_on(self, connection: Any) -> None:
        """Write; what is refused in between leaves nothing. Raises where the connection fails."""
        connection.execute("SAVEPOINT work").close()
        try:
            self.result = self.context.run(self.write, connection)  # type: ignore[arg-type]
        except BaseException as problem:
            self.problem = problem
            connection.execute("ROLLBACK TO work").close()
        connection.execute("RELEASE work").close()

    def end(self, lost: BaseException | None = None) -> None:
        """Let its thread go on."""
        if lost is not None:
            self.problem = GroupLost()
            self.problem.__cause__ = lost
        self.over = True
        self.bell.put(None)


class Grouping:
    """The floor of one process, and the works that have come."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._floor = Lock()
        self._come: deque[Work] = deque()

    @property
    def coming(self) -> int:
        """How many have come and wait until somebody gets them ready."""
        return len(self._come)

    def do(self, get_ready: Callable[[], Write | None]) -> Any:
        """Write what `get_ready` makes ready, and return what that returns once it is on disk;
        None where it makes nothing ready.

        Both may run in another thread, but in the context of this one, and raise here. Raises
        `GroupLost` when the transaction fails.
        """
        work = Work(get_ready)
        self._come.append(work)
        while not work.over:
            if self._floor.acquire(blocking=False):
                self._do_what_came()
            else:
                work.bell.get()
        if work.problem is not None:
            raise work.problem
        return work.result

    def _do_what_came(self) -> None:
        """Begins with the floor and ends without it."""
        ready: list[Work] = []
        connection, turn, begun, lost = None, False, False, None
        try:
            while self._prepare_next(ready):
                pass
            if ready:
                connection = self._transactions.take()
                turn = self._transactions.take_turn(lambda: self._prepare_next(ready))
                self._transactions.begin_on(connection, turn=turn)
                begun = True
                for work in ready:
                    work.write_on(connection)
        except BaseException as problem:
            lost = problem
        finally:
            self._leave()
        if connection is not None:
            lost = self._end(connection, lost, begun=begun, turn=turn)
        for work in ready:
            work.end(lost)

    def _prepare_next(self, ready: list[Work]) -> bool:
        """Get the next one ready; False when none has come, or there is no room for more."""
        if not self._come or len(ready) >= MOST:
            return False
        work = self._come.popleft()
        if work.prepare():
            ready.append(work)
        else:
            work.end()
        return True

    def _leave(self) -> None:
        """Give the floor back, and wake who came too late for this group."""
        self._floor.release()
        with suppress(IndexError):  # somebody else was quicker
            self._come[0].bell.put(None)

    def _end(
        self, connection: Any, lost: BaseException | None, *, begun: bool, turn: bool
    ) -> BaseException | None:
        """End the transaction; returns why nothing of it is kept."""
        try:
            if begun:
                self._transactions.end_on(connection, turn=turn, keep=lost is None)
        except BaseException as problem:
            return lost or problem
        if lost is None:
            self._transactions.give_back(connection)
        else:
            connection.close()
        return lost
