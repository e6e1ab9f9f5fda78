"""Group commit: who is ready at the same time shares a transaction, and nothing else."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from participation.kernel import grouping
from participation.kernel.database import (
    Database,
    NeedsSession,
    after_commit,
    begin_unit,
    connect,
    database,
    in_turn,
    present_unit,
    settle,
    unit_of_work,
)
from participation.kernel.grouping import Grouping, GroupLost
from participation.kernel.tables import Base
from participation.kernel.versions import grow, version_of

PATIENCE = 60


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Database]:
    opened = connect(f"sqlite:///{tmp_path / 'site.db'}")
    Base.metadata.tables["kernel_versions"].create(opened.engine)
    yield opened
    opened.dispose()


class Spy:
    """What began and ended, and who had gone on by then."""

    def __init__(self, base: Database, patch: pytest.MonkeyPatch) -> None:
        self.begun = 0
        self.gone_on: list[str] = []
        self.gone_on_at_the_end: list[int] = []
        begin, end = base.begin_on, base.end_on

        def begin_on(connection: Any, *, turn: bool) -> None:
            self.begun += 1
            begin(connection, turn=turn)

        def end_on(connection: Any, *, turn: bool, keep: bool) -> None:
            self.gone_on_at_the_end.append(len(self.gone_on))
            end(connection, turn=turn, keep=keep)

        patch.setattr(base, "begin_on", begin_on)
        patch.setattr(base, "end_on", end_on)


@pytest.fixture
def spy(base: Database, monkeypatch: pytest.MonkeyPatch) -> Spy:
    return Spy(base, monkeypatch)


def grouping_of() -> Grouping:
    found = database().grouping
    assert found is not None
    return found


def light(prepare: Callable[[], Callable[[], None] | None]) -> None:
    """A light unit that writes what is made ready."""
    begin_unit(writes=True, light=True)
    try:
        in_turn(prepare)
        settle(keep=True)
    finally:
        settle(keep=False)


def write(name: str) -> None:
    light(lambda: partial(grow, name))


def write_nothing() -> None:
    light(lambda: None)


def break_before(name: str) -> None:
    def prepare() -> Callable[[], None]:
        raise LookupError(name)

    light(prepare)


def break_after(name: str) -> None:
    def breaks() -> None:
        grow(name)
        raise LookupError(name)

    light(lambda: breaks)


def together(*deeds: Callable[[], None]) -> list[BaseException | None]:
    """Run the deeds in threads of their own, all come before the first of them gets ready."""
    held, all_have_come = threading.Event(), threading.Event()

    def first() -> Callable[[], None] | None:
        held.set()
        all_have_come.wait(PATIENCE)
        return None

    with ThreadPoolExecutor(1 + len(deeds)) as workers:
        workers.submit(light, first)
        held.wait(PATIENCE)
        came = []
        for deed in deeds:
            came.append(workers.submit(deed))
            while grouping_of().coming < len(came):
                os.sched_yield()
        all_have_come.set()
        return [one.exception(PATIENCE) for one in came]


def versions(names: Sequence[str]) -> list[int]:
    with unit_of_work(writes=False):
        return [version_of(name) for name in names]


NAMES = ("a", "b", "c", "d")


def test_who_is_ready_together_shares_a_transaction(spy: Spy) -> None:
    def deed(name: str) -> Callable[[], None]:
        def done() -> None:
            write(name)
            spy.gone_on.append(name)

        return done

    assert together(*map(deed, NAMES)) == [None] * 4
    assert (spy.begun, spy.gone_on_at_the_end) == (1, [0])
    assert sorted(spy.gone_on) == list(NAMES)
    assert versions(NAMES) == [1] * 4


def test_one_alone_waits_for_nobody(spy: Spy) -> None:
    write("a")
    write("b")
    assert spy.begun == 2
    assert versions("ab") == [1, 1]


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("breaks", [break_before, break_after])
def test_what_breaks_in_one_is_dropped_alone(
    spy: Spy, place: int, breaks: Callable[[str], None]
) -> None:
    deeds = [partial(write, name) for name in NAMES]
    deeds[place] = partial(breaks, NAMES[place])
    problems = together(*deeds)
    assert [type(one) for one in problems if one] == [LookupError]
    assert isinstance(problems[place], LookupError)
    assert spy.begun == 1
    assert versions(NAMES) == [int(number != place) for number in range(4)]


@pytest.mark.parametrize("place", range(3))
def test_one_who_writes_nothing_keeps_nobody_waiting(spy: Spy, place: int) -> None:
    deeds: list[Callable[[], None]] = [partial(write, "a"), partial(write, "b")]
    deeds.insert(place, write_nothing)
    assert together(*deeds) == [None] * 3
    assert spy.begun == 1
    assert versions("ab") == [1, 1]


def test_each_works_in_its_own_context(base: Database) -> None:
    mine: ContextVar[str] = ContextVar("mine")
    seen: list[tuple[str, str, bool]] = []

    def deed(name: str) -> None:
        mine.set(name)

        def writes() -> None:
            grow(name)
            seen.append((name, mine.get(), present_unit().writes))

        light(lambda: writes)

    together(*(partial(deed, name) for name in NAMES))
    assert sorted(seen) == [(name, name, True) for name in NAMES]


def test_what_is_to_run_afterwards_runs_once_it_is_on_disk(base: Database) -> None:
    kept: list[list[int]] = []

    def writes() -> None:
        grow("a")
        after_commit(lambda: kept.append(versions("a")))

    light(lambda: writes)
    assert kept == [[1]]


def test_a_light_unit_writes_only_in_turn(base: Database) -> None:
    begin_unit(writes=True, light=True)
    with pytest.raises(NeedsSession):
        grow("a")
    settle(keep=False)


def test_a_group_has_an_end(spy: Spy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST", 2)
    assert together(*(partial(write, name) for name in NAMES)) == [None] * 4
    assert spy.begun == 2
    assert versions(NAMES) == [1] * 4


@pytest.mark.parametrize("deed", ["begin_on", "end_on"])
def test_a_transaction_that_fails_fails_for_all_and_the_next_one_works(
    base: Database, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: Any, *, turn: bool, **_more: Any) -> None:
        if deed == "end_on":
            real(connection, turn=turn, keep=False)
        elif turn:
            base._leave(turn)
        raise OSError("the disk is full")

    real = base.end_on
    with monkeypatch.context() as patch:
        patch.setattr(base, deed, fails)
        problems = together(*(partial(write, name) for name in NAMES))
    assert [type(one) for one in problems] == [GroupLost] * 4
    assert versions(NAMES) == [0] * 4
    assert together(*(partial(write, name) for name in NAMES)) == [None] * 4
    assert versions(NAMES) == [1] * 4


def test_a_connection_that_fails_in_between_keeps_nothing(base: Database) -> None:
    def closes() -> None:
        light(lambda: lambda: present_unit().driver().close())

    problems = together(partial(write, "a"), closes, partial(write, "b"))
    assert [type(one) for one in problems] == [GroupLost] * 3
    assert versions("ab") == [0, 0]
    write("a")
    assert versions("a") == [1]


def test_many_at_once_lose_and_double_nothing(base: Database) -> None:
    turns = 60

    def work(number: int) -> None:
        for turn in range(turns):
            write(f"kept{number}")
            deed = write if turn % 3 == 0 else break_after
            with suppress(LookupError):
                deed(f"dropped{number}")
            if turn % 5 == 0:
                write_nothing()
                with unit_of_work():
                    grow("plain")

    with ThreadPoolExecutor(6) as workers:
        list(workers.map(work, range(6), timeout=PATIENCE))
    assert versions([f"kept{number}" for number in range(6)]) == [turns] * 6
    assert versions([f"dropped{number}" for number in range(6)]) == [turns // 3] * 6
    assert versions(["plain"]) == [6 * turns // 5]
