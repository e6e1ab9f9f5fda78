"""What is deleted leaves no bytes behind in the files of the database, as far as SQL can see to it.

SQLite overwrites what it frees (`secure_delete`), and its write-ahead log is emptied after the
count. PostgreSQL keeps old versions of rows, and their bytes even after a plain vacuum, so the
tables are written into new files; casting in another voting waits for a moment. The write-ahead log
of PostgreSQL, its archive and older backups stay what they were: they end when the city deletes
them.
"""

from typing import Final

from participation.kernel.database import database
from participation.kernel.quick import Quick

_OVERWRITE: Final = Quick("PRAGMA secure_delete=ON")
_SQLITE: Final = ("PRAGMA wal_checkpoint(TRUNCATE)",)
_POSTGRESQL: Final = (
    "SET lock_timeout = '5s'",
    "VACUUM FULL ballots_papers, ballots_roll, ballots_votings",
    "SET lock_timeout TO DEFAULT",
)


class StillRead(Exception):
    """A reader of before the count holds the old pages."""


def leave_nothing() -> None:
    """From here on this connection overwrites what it frees."""
    if database().is_sqlite:
        _OVERWRITE.all()


def sweep() -> None:
    """Empty the write-ahead log, or write the tables into new files; not inside a transaction.

    Raises where somebody reads for longer than a few seconds: try again later.
    """
    base = database()
    connection = base.take()
    try:
        for statement in _SQLITE if base.is_sqlite else _POSTGRESQL:
            found = connection.execute(statement)
            if base.is_sqlite and found.fetchone()[0]:
                raise StillRead("the write-ahead log is in use")
            found.close()
    except BaseException:
        connection.close()
        raise
    base.give_back(connection)
