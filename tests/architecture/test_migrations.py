"""A database migrated from empty equals the tables of the code, on both kinds of database."""

from alembic import command

from participation.kernel import database
from participation.kernel.migrations import configuration


def test_migrated_from_empty_equals_the_tables(database_url: str) -> None:
    database.connect(database_url)
    command.check(configuration(database_url))


def test_migrating_again_changes_nothing(database_url: str) -> None:
    database.connect(database_url)
    command.upgrade(configuration(database_url), "head")
    command.check(configuration(database_url))
