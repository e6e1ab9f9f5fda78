"""What is deleted leaves no bytes behind in the files of the database, as far as SQL can see to it.

SQLite overwrites what it frees (`secure_delete`), and its write-ahead log is emptied after the
count. PostgreSQL keeps old versions of rows, and their bytes even after a plain vacuum, so the
tables are written into new files; casting in another voting waits for a moment. The write-ahead log
of PostgreSQL, its archive and older backups stay what they were: they end when the city deletes
them.
"""

from participation.kernel.database import database
from participation.kernel.quick import Quick

_OVERWRITE = Quick("PRAGMA secure_delete=ON")


def leave_nothing() -> None:
    """From here on this connection overwrites what it frees."""
    if database().is_sqlite:
        _OVERWRITE.all()


def sweep() -> None:
    """Empty the write-ahead log, or write the tables into new files; runs outside of every transaction."""
    base = database()
    connection = base.take()
    try:
        if base.is_sqlite:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        else:
            connection.execute("VACUUM FULL ballots_papers, ballots_roll, ballots_votings").close()
    except BaseException:
        connection.close()
        raise
    base.give_back(connection)
