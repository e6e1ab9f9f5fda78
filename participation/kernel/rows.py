"""Inserts that both databases understand: plain, once, or in place of an earlier row.

They go to the table and past the ORM, by the driver itself (`kernel.quick`): nothing is loaded
back and no statement is put together twice, which the hot roads live from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Table

from participation.kernel.database import database
from participation.kernel.quick import Quick
from participation.kernel.tables import Base

Prepare = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Writer:
    """One insert, how each of its values is stored, and the values that a row may leave out."""

    statement: Quick
    prepares: tuple[tuple[str, Prepare | None], ...]
    makers: tuple[tuple[str, Callable[[], Any]], ...]

    def write(self, row: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Insert the row; returns what the statement gives back."""
        whole = {**{name: make() for name, make in self.makers}, **row}
        stored = {name: p(whole[name]) if p else whole[name] for name, p in self.prepares}
        return self.statement.all(**stored)


def _table(of: type[Base]) -> Table:
    table = of.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{of.__name__} is not one table")
    return table


@lru_cache(maxsize=256)
def _writer(of: type[Base], given: tuple[str, ...], ending: str, dialect_name: str) -> _Writer:
    """The writer of rows that give these columns, made once; `dialect_name` is only a key."""
    table, dialect = _table(of), database().engine.dialect
    left_out = [one for one in table.columns if one.name not in given and one.default is not None]
    columns = [*(table.columns[name] for name in given), *left_out]
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in columns)
    values = ", ".join(f":{column.name}" for column in columns)
    return _Writer(
        Quick(f"INSERT INTO {table.name} ({names}) VALUES ({values}){ending}"),  # noqa: S608
        tuple(
            (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
            for column in columns
        ),
        tuple((column.name, _maker(column)) for column in left_out),
    )


def _maker(column: Column[Any]) -> Callable[[], Any]:
    """What makes a column's value where a row leaves it out."""
    default: Any = column.default
    if default.is_scalar:
        return lambda: default.arg
    if default.is_callable:
        return lambda: default.arg(None)
    raise TypeError(f"{column.name} has a default that only the ORM can make")


def _insert(of: type[Base], row: Mapping[str, Any], ending: str) -> list[tuple[Any, ...]]:
    return _writer(of, tuple(row), ending, database().engine.dialect.name).write(row)


def insert_row(of: type[Base], row: Mapping[str, Any]) -> None:
    """Insert `row`."""
    _insert(of, row, "")


def insert_once(of: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert `row` unless a unique key of it is there already; True when it was new."""
    return bool(_insert(of, row, " ON CONFLICT DO NOTHING RETURNING 1"))


def put_row(of: type[Base], row: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Insert `row`, or write its other columns over the row that has the same `key`."""
    _insert(of, row, _replacing(tuple(row), tuple(key)))


@lru_cache(maxsize=256)
def _replacing(columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    quote = database().engine.dialect.identifier_preparer.quote
    changed = ", ".join(
        f"{quote(name)} = excluded.{quote(name)}" for name in columns if name not in key
    )
    return f" ON CONFLICT ({', '.join(map(quote, key))}) DO UPDATE SET {changed}"
