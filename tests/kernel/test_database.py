"""Units of work: kept or dropped as a whole, and two writers never lose an update."""

import threading

import pytest
from flask import Flask
from sqlalchemy import text

from participation.kernel import limits, versions
from participation.kernel.database import after_commit, after_end, session, unit_of_work
from participation.kernel.errors import TooMany
from participation.kernel.rows import insert_once, put_row
from participation.kernel.versions import Version


def test_a_unit_is_kept_or_dropped_as_a_whole(app: Flask) -> None:
    said: list[str] = []
    with pytest.raises(RuntimeError, match="no"), unit_of_work():
        versions.grow("a")
        after_commit(lambda: said.append("kept"))
        raise RuntimeError("no")
    with unit_of_work():
        assert versions.version_of("a") == 0
        versions.grow("a")
        after_commit(lambda: said.append("kept"))
    with unit_of_work(writes=False):
        assert versions.version_of("a") == 1
    assert said == ["kept"]


def test_a_reading_unit_keeps_nothing(app: Flask) -> None:
    with unit_of_work(writes=False):
        versions.grow("a")
    with unit_of_work():
        assert versions.version_of("a") == 0


def test_what_must_be_remembered_is_kept_although_the_unit_is_dropped(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="no"), unit_of_work():
        versions.grow("a")
        after_end(lambda: versions.grow("b"))
        raise RuntimeError("no")
    with unit_of_work():
        assert (versions.version_of("a"), versions.version_of("b")) == (0, 1)


def test_without_a_unit_there_is_no_session(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="unit of work"):
        session()


def test_writers_queue_and_lose_nothing(app: Flask) -> None:
    def grow_often() -> None:
        for _time in range(20):
            with unit_of_work() as opened:
                row = opened.get(Version, "count", with_for_update=True)
                assert row is not None
                row.number += 1

    with unit_of_work():
        versions.grow("count")
    writers = [threading.Thread(target=grow_often) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with unit_of_work():
        assert versions.version_of("count") == 81


def test_insert_once_and_put_row(app: Flask) -> None:
    with unit_of_work() as opened:
        assert insert_once(Version, {"name": "x", "number": 4}) is True
        assert insert_once(Version, {"name": "x", "number": 9}) is False
        assert versions.version_of("x") == 4
        put_row(Version, {"name": "x", "number": 9}, key=["name"])
        assert versions.version_of("x") == 9
        assert opened.execute(text("SELECT count(*) FROM kernel_versions")).scalar_one() == 1


def test_a_limit_counts_and_says_when_to_come_back(app: Flask) -> None:
    with unit_of_work():
        for _time in range(3):
            limits.allow("writing:1", most=3, seconds=60)
        with pytest.raises(TooMany) as refused:
            limits.allow("writing:1", most=3, seconds=60)
        assert 1 <= refused.value.seconds <= 60
        limits.allow("writing:2", most=3, seconds=60)


def test_what_is_given_back_is_not_counted(app: Flask) -> None:
    with unit_of_work():
        starts = limits.allow("sign-in:a", most=1, seconds=900)
        limits.give_back("sign-in:a", starts)
        limits.allow("sign-in:a", most=1, seconds=900)
        limits.give_back("sign-in:a", starts - 900)
        with pytest.raises(TooMany):
            limits.allow("sign-in:a", most=1, seconds=900)
