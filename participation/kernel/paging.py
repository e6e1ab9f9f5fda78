"""One page of a long list by key: what it costs does not depend on how long the list is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Select

from participation.kernel.database import session

Row = TypeVar("Row")
LARGEST_KEY: Final = 2**62
"""No key of a column of 64 bits comes near this; both databases can compare with it."""
LARGEST_ID: Final = 2**31 - 1
"""The largest number of a plain INTEGER column: PostgreSQL refuses to compare with more."""


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Row]):
    """Rows from the newest down; `newer` and `older` are the keys of the pages around, or None."""

    rows: Sequence[Row]
    newer: int | None = None
    older: int | None = None


def read_key(text: str | None, *, most: int = LARGEST_ID) -> int:
    """A key out of an address; 0, which is the first page, for anything that is none.

    A list by a key of 64 bits asks for `most=LARGEST_KEY`.
    """
    if not text or not text.isascii() or not text.isdigit() or len(text) > 19:
        return 0
    return min(int(text), most)


def read_number(text: str) -> int:
    """A number out of an address or a form; raises `ValueError` for what no column holds."""
    number = int(text) if len(text) <= len(str(-LARGEST_ID)) else LARGEST_KEY
    if abs(number) > LARGEST_ID:
        raise ValueError("larger than any id")
    return number


def moment_key(moment: datetime, number: int) -> str:
    """The key of a place in a list that is ordered by a moment, then by an id."""
    return f"{moment.isoformat()}~{number}"


def read_moment_key(text: str) -> tuple[datetime, int] | None:
    """The place that a `moment_key` names; None for a key that was not made here."""
    moment, _tilde, number = text.partition("~")
    try:
        there = datetime.fromisoformat(moment)
        # Beyond the first and the last year a moment of another zone can't be told in ours.
        return (there.astimezone(UTC), read_number(number)) if there.tzinfo else None
    except (ValueError, OverflowError):
        return None


def leaf(
    statement: Select[Row],
    column: Any,
    *,
    below: int = 0,
    above: int = 0,
    size: int = 20,
    key: Callable[[Row], int] = lambda row: int(row.id),  # type: ignore[attr-defined]
) -> Leaf[Row]:
    """At most `size` entities, newest first by `column`: below one key, or the next above one.

    `key` gives the value of `column` in a row. With neither bound it is the first page.
    """
    upwards = above > 0
    if upwards:
        statement = statement.where(column > above).order_by(column)
    elif below:
        statement = statement.where(column < below)
    found = list(
        session().scalars(
            (statement if upwards else statement.order_by(column.desc())).limit(size + 1)
        )
    )
    more, rows = len(found) > size, found[:size]
    if upwards:
        rows.reverse()
    if not rows:
        return Leaf(())
    has_newer, has_older = (more, True) if upwards else (below > 0, more)
    return Leaf(
        rows,
        key(rows[0]) if has_newer else None,
        key(rows[-1]) if has_older else None,
    )
