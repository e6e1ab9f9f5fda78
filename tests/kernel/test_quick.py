"""Quick statements: the same answers as the plain way, in the unit that is open, on both."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from participation.kernel import versions
from participation.kernel.database import (
    Database,
    begin,
    begin_unit,
    connect,
    session,
    settle,
    unit_of_work,
)
from participation.kernel.quick import Quick
from participation.kernel.versions import Version

ALL = Quick("SELECT name, number FROM kernel_versions WHERE number >= :least ORDER BY name")
LIKE = Quick("SELECT name FROM kernel_versions WHERE name LIKE 'b%' AND number > :least")


@pytest.fixture
def grown(database_url: str) -> Iterator[Database]:
    connected = connect(database_url)
    with unit_of_work():
        for name in ("a", "b", "b"):
            versions.grow(name)
    yield connected
    connected.dispose()


@contextmanager
def page() -> Iterator[None]:
    begin_unit(writes=False)
    yield
    settle(keep=False)


@contextmanager
def heard(on: Database, name: str) -> Iterator[list[Any]]:
    events: list[Any] = []

    def note(*what: Any) -> None:
        events.append(what)

    event.listen(on.engine, name, note)
    yield events
    event.remove(on.engine, name, note)


def test_rows_equal_those_of_a_session(grown: Database) -> None:
    with page():
        quick = ALL.all(least=0)
        plain = session().execute(select(Version.name, Version.number).order_by(Version.name))
        assert quick == [tuple(row) for row in plain] == [("a", 1), ("b", 2)]


def test_a_value_or_none(grown: Database) -> None:
    with page():
        assert ALL.value(least=2) == "b"
        assert ALL.value(least=9) is None
        assert versions.version_of("b") == 2
        assert versions.version_of("c") == 0


def test_a_percent_sign_stays_one(grown: Database) -> None:
    with page():
        assert LIKE.all(least=0) == [("b",)]


def test_a_writing_unit_sees_what_it_wrote(grown: Database) -> None:
    with unit_of_work():
        versions.grow("a")
        assert versions.version_of("a") == 2


def test_a_page_that_only_asks_quickly_begins_no_session(grown: Database) -> None:
    with heard(grown, "begin") as begun, page():
        assert versions.version_of("b") == 2
    assert begun == []
    assert grown.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_it_is_heard_by_whoever_counts_statements(grown: Database) -> None:
    with heard(grown, "before_cursor_execute") as statements, page():
        ALL.all(least=0)
    assert len(statements) == 1
    assert "kernel_versions" in statements[0][2]


def test_what_is_read_before_writing_holds_no_lock_and_begin_does(grown: Database) -> None:
    with heard(grown, "begin") as begun, unit_of_work():
        assert versions.version_of("b") == 2
        assert begun == []
        begin()
        assert len(begun) == 1
        versions.grow("b")
        assert versions.version_of("b") == 3
    with page():
        assert versions.version_of("b") == 3


def test_a_reading_unit_keeps_nothing(grown: Database) -> None:
    with page():
        assert versions.version_of("b") == 2
        versions.grow("b")
        assert versions.version_of("b") == 3
    with page():
        assert versions.version_of("b") == 2
