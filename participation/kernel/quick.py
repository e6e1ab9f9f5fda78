"""The few statements of the busiest roads, run by the driver itself.

A small statement through a session costs ten times what the database needs for it (three reads:
345 µs of CPU against 32). Only statements that both databases understand as they stand belong here;
they speak numbers, texts and bytes, and a test holds them equal to the plain way.
"""

import re
from typing import Any, Final

from participation.kernel.database import database, present_unit

_VALUE: Final = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")


class Quick:
    """One statement with `:named` values, written once and run many times.

    `postgresql` says the same in that tongue where the two databases name a function differently.
    """

    def __init__(self, sql: str, *, postgresql: str = "") -> None:
        self._reads = sql.startswith("SELECT")
        self._sqlite = sql
        self._postgresql = _VALUE.sub(r"%(\1)s", (postgresql or sql).replace("%", "%%"))

    def all(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run it in the present unit of work and return every row."""
        unit, base = present_unit(), database()
        sql = self._sqlite if base.is_sqlite else self._postgresql
        # Whoever counts the statements of a page hears of these too.
        base.engine.dispatch.before_cursor_execute(None, None, sql, values, None, False)
        try:
            return _rows(unit.driver(reads=self._reads), sql, values)
        except Exception:
            if not unit.lose():
                raise
        return _rows(unit.driver(reads=self._reads), sql, values)

    def value(self, **values: Any) -> Any:
        """The first column of the first row; None where there is no row."""
        rows = self.all(**values)
        return rows[0][0] if rows else None


def _rows(connection: Any, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    cursor = connection.execute(sql, values)
    try:
        return [] if cursor.description is None else list(cursor.fetchall())
    finally:
        cursor.close()
