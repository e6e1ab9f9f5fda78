"""The engine, the session of the present unit of work, and the only two commits of the house.

A web request or a job runs inside one unit of work. Writing units begin IMMEDIATE on SQLite, so
that two writers queue instead of losing an update; reading ones begin DEFERRED.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.pool import QueuePool

from participation.kernel.grouping import Grouping, Write
from participation.kernel.turns import Turns

BUSY_MILLISECONDS = 8000
T = TypeVar("T")


class Database:
    """One engine with its two ways to begin."""

    def __init__(self, url: str, *, synchronous: str = "FULL", pool: int = 8) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        arguments: dict[str, Any] = {
            "poolclass": QueuePool,
            "pool_size": pool,
            "max_overflow": pool,
        }
        if self.is_sqlite:
            arguments["connect_args"] = {
                "check_same_thread": False,
                "timeout": BUSY_MILLISECONDS / 1000,
            }
        else:
            arguments["pool_pre_ping"] = True
            arguments["connect_args"] = {"options": "-c timezone=utc", "connect_timeout": 10}
        self.engine: Engine = create_engine(url, **arguments)
        self._turns: Turns | None = None
        self.grouping = Grouping(self) if self.is_sqlite else None
        if self.is_sqlite:
            _prepare_sqlite(self.engine, synchronous)
            self._turns = _queue_writers(self.engine)
        self._idle: deque[Any] = deque()
        self._reading = self.engine.execution_options(sqlite_begin="DEFERRED")
        self._writing = self.engine.execution_options(sqlite_begin="IMMEDIATE")

    def session(self, *, writes: bool) -> Session:
        """A new session; nothing begins before its first statement."""
        return Session(self._writing if writes else self._reading, expire_on_commit=False)

    def take(self) -> Any:
        """A driver's connection for small reads, each a transaction of its own; `give_back` it."""
        try:
            return self._idle.pop()
        except IndexError:
            pooled = self.engine.raw_connection()
            made = pooled.driver_connection
            pooled.detach()
            if not self.is_sqlite:
                made.autocommit = True  # type: ignore[union-attr]
            return made

    def take_turn(self, meanwhile: Callable[[], bool]) -> bool:
        """Wait for one's turn to write; False where there are none, or when it did not come."""
        return self._turns is not None and self._turns.take(meanwhile)

    def begin_on(self, connection: Any, *, turn: bool = False) -> None:
        """Begin a writing transaction on a connection that was taken."""
        try:
            connection.execute("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN").close()
        except BaseException:
            self._leave(turn)
            raise

    def end_on(self, connection: Any, *, turn: bool = False, keep: bool) -> None:
        """End it; where that fails nothing is kept, and the connection is closed."""
        try:
            connection.execute("COMMIT" if keep else "ROLLBACK").close()
        except BaseException:
            connection.close()
            raise
        finally:
            self._leave(turn)

    def _leave(self, turn: bool) -> None:
        if turn and self._turns is not None:
            self._turns.leave()

    def give_back(self, connection: Any) -> None:
        """Keep the connection for the next one who takes it."""
        self._idle.append(connection)

    def forget_idle(self) -> None:
        """Close the connections that nobody has taken: the server may have closed its end."""
        while self._idle:
            self._idle.pop().close()

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        self.forget_idle()
        self.engine.dispose()
        if self._turns is not None:
            self._turns.close()


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            f"busy_timeout={BUSY_MILLISECONDS}",
            "cache_size=-16000",
            "wal_autocheckpoint=4000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").close()


def _queue_writers(engine: Engine) -> Turns:
    """Begin transactions as the unit asks; writing ones wait for their turn."""
    file = engine.url.database
    turns = Turns(Path(f"{file}-turns") if file and file != ":memory:" else None)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        if mode == "IMMEDIATE":
            connection.info["turn"] = turns.take()
        connection.exec_driver_sql(f"BEGIN {mode}")

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: Any, record: Any) -> None:
        if record.info.pop("turn", False):
            turns.leave()

    return turns


_database: Database | None = None
_unit: ContextVar["Unit | None"] = ContextVar("unit_of_work", default=None)


class NeedsSession(Exception):
    """A light unit came to something that needs a session: do it again in a whole one."""


class Unit:
    """A unit of work: one lazily opened session, and what is to run once it is on disk.

    A `light` unit has no session: its small statements go to the driver, and it writes `in_turn`.
    Opening, using and closing a session for them costs 250 µs.
    """

    def __init__(self, *, writes: bool, light: bool = False) -> None:
        self.writes = writes
        self.light = light
        self.begun = False
        self.session: Session | None = None
        self.raw: Any = None
        self._transaction: SessionTransaction | None = None
        self._under: Any = None
        self.after: list[Callable[[], None]] = []
        self.anyway: list[Callable[[], None]] = []

    def open(self) -> Session:
        """The session, opened at the first use; raises `NeedsSession` in a light unit."""
        if self.light:
            raise NeedsSession
        if self.session is None:
            self.session = database().session(writes=self.writes)
        return self.session

    def driver(self, *, reads: bool = False) -> Any:
        """The driver's connection: that of the session's transaction, which begins where it must.

        What only `reads` before a transaction has begun needs none: a page of a few small reads
        costs no session, and a writing unit holds SQLite's write lock no longer than it writes.
        """
        begun = self.session is not None and self.session.in_transaction()
        if begun or not (reads or self.light):
            return self._driver_of(self.open())
        if self.raw is None:
            self.raw = database().take()
        if not (reads or self.begun):
            if not self.writes or database().grouping is not None:
                raise NeedsSession
            database().begin_on(self.raw)
            self.begun = True
        return self.raw

    def get_ready(self, prepare: Callable[[], Callable[[], Any] | None]) -> Write | None:
        """Run `prepare`, which only reads; what it returns may then be run on a connection."""
        try:
            write = prepare()
        finally:
            self.let_go(keep=False)  # the next one reads on the same connection
        return None if write is None else partial(self._write_on, write)

    def _write_on(self, write: Callable[[], Any], connection: Any) -> Any:
        self.raw, self.begun = connection, True
        try:
            return write()
        finally:
            self.raw, self.begun = None, False

    def _driver_of(self, opened: Session) -> Any:
        """The connection under a session, looked up once for each of its transactions."""
        transaction = opened.get_transaction()
        if transaction is None or transaction is not self._transaction:
            self._under = opened.connection().connection.driver_connection
            self._transaction = opened.get_transaction()
        return self._under

    def let_go(self, *, keep: bool) -> None:
        """End a light unit's transaction, and give the connection without a session back."""
        if self.raw is None:
            return
        raw, begun, self.raw, self.begun = self.raw, self.begun, None, False
        if begun:
            database().end_on(raw, keep=keep)
        database().give_back(raw)

    def lose(self) -> bool:
        """Close a connection without a session that failed; False where there is none, and where
        a transaction has begun on it."""
        if self.raw is None or self.begun:
            return False
        self.raw.close()
        self.raw = None
        database().forget_idle()
        return True


def connect(url: str, *, synchronous: str = "FULL") -> Database:
    """Make `url` the database of this process."""
    global _database
    if _database is not None:
        _database.dispose()
    _database = Database(url, synchronous=synchronous)
    return _database


def database() -> Database:
    """The database of this process; raises `RuntimeError` before `connect`."""
    if _database is None:
        raise RuntimeError("no database: call connect() first")
    return _database


def present_unit() -> Unit:
    """The present unit of work; raises `RuntimeError` where none is open."""
    unit = _unit.get()
    if unit is None:
        raise RuntimeError("no unit of work is open")
    return unit


def session() -> Session:
    """The session of the present unit of work."""
    return present_unit().open()


def begin() -> None:
    """Begin the transaction of a writing unit now: what is read from here on is read inside it."""
    present_unit().driver()


def after_commit(deed: Callable[[], None]) -> None:
    """Run `deed` once this unit is on disk; a unit that rolls back forgets it."""
    present_unit().after.append(deed)


def after_end(deed: Callable[[], None]) -> None:
    """Run `deed` in a unit of its own once this one has ended, kept or not.

    For what must be remembered of a refused request (a failed sign-in): writing it from a second
    connection while this unit holds SQLite's write lock would wait for ever.
    """
    present_unit().anyway.append(deed)


def begin_unit(*, writes: bool, light: bool = False) -> None:
    """Open the unit of a web request; `settle` ends it."""
    _unit.set(Unit(writes=writes, light=light))


def in_turn(prepare: Callable[[], Callable[[], T] | None]) -> T | None:
    """Let a light unit write: `prepare` reads and returns what writes, or None for nothing.

    On SQLite both may run in another thread, and what is written is on disk when this returns,
    shared with others (`kernel.grouping`); on PostgreSQL it is with `settle`.
    """
    unit, grouping = present_unit(), database().grouping
    if grouping is not None:
        done: T | None = grouping.do(partial(unit.get_ready, prepare))
        return done
    write = prepare()
    return None if write is None else write()


def settle(*, keep: bool) -> None:
    """End the unit: commit where `keep` and the unit may write, else roll back."""
    unit = _unit.get()
    if unit is None:
        return
    _unit.set(None)
    _finish(unit, keep=keep)


def _finish(unit: Unit, *, keep: bool) -> None:
    try:
        if not (keep and unit.writes):
            unit.after.clear()
        unit.let_go(keep=keep and unit.writes)
        if unit.session is not None:
            _close(unit, unit.session, keep=keep)
    finally:
        for deed in unit.anyway:
            with unit_of_work():
                deed()
    for deed in unit.after:
        deed()


def _close(unit: Unit, opened: Session, *, keep: bool) -> None:
    try:
        if keep and unit.writes:
            opened.commit()
        else:
            opened.expunge_all()  # what was read stays readable: a rollback would empty it
            opened.rollback()
    finally:
        opened.close()


@contextmanager
def unit_of_work(*, writes: bool = True) -> Iterator[Session]:
    """One unit for a command, a job or a test: committed at the end, rolled back on an error."""
    unit = Unit(writes=writes)
    token = _unit.set(unit)
    try:
        yield unit.open()
    except BaseException:
        _unit.reset(token)
        _finish(unit, keep=False)
        raise
    _unit.reset(token)
    _finish(unit, keep=True)
