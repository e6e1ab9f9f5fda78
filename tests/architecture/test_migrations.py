"""A database migrated from empty equals the tables of the code, on both kinds of database."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command

from participation.kernel import database
from participation.kernel.migrations import configuration


def test_migrated_from_empty_equals_the_tables(database_url: str) -> None:
    database.connect(database_url)
    command.check(configuration(database_url))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_tables_made_anew_keep_their_rows_and_rules(database_url: str) -> None:
    """Migration 0010, forth and back and forth."""
    database.connect(database_url)
    file = database_url.removeprefix("sqlite:///")
    words = (b"\x01", 1, 2, b"\x03", "b", 4, "绿灯太短", 1, "waiting", "r", "s", None, 0, 2)
    for made in ("head", "0009", "head"):
        move = command.downgrade if made == "0009" else command.upgrade
        move(configuration(database_url), made)
        with closing(sqlite3.connect(file)) as opened:
            if made == "0009":
                places = ", ".join("?" * len(words))
                opened.execute(f"INSERT INTO consultations_open_words VALUES ({places})", words)  # noqa: S608
                opened.execute("INSERT INTO kernel_windows VALUES ('x', 600, 3)")
                opened.commit()
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT * FROM kernel_windows").fetchall() == [("x", 600, 3)]
        assert opened.execute("SELECT * FROM consultations_open_words").fetchall() == [(*words, "")]
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            opened.execute("UPDATE consultations_open_words SET standing = 'loud'")
        made_by = "SELECT sql FROM sqlite_master WHERE name = 'consultations_open_words'"
        assert opened.execute(made_by).fetchone()[0].endswith("WITHOUT ROWID")
    command.check(configuration(database_url))


def test_migrating_again_changes_nothing(database_url: str) -> None:
    database.connect(database_url)
    command.upgrade(configuration(database_url), "head")
    command.check(configuration(database_url))
