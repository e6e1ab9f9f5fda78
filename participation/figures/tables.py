"""What a room counted, before protection: groups of people, and the answers given in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

DONT_KNOW: Final = "dk"
SKIPPED: Final = "skip"


class Unbalanced(ValueError):
    """Counts that do not add up: a line and the whole disagree."""


@dataclass(frozen=True)
class Group:
    """One line of a breakdown: `n` took part, `of` could have, from `schools` different schools.

    `of` is None when nobody knows who could have, `schools` when schools do not matter.
    """

    key: str
    n: int
    of: int | None = None
    schools: int | None = None


@dataclass(frozen=True)
class Table:
    """The counts of one question, overall and for each line of each breakdown.

    `answers` names the columns: options from "1", then "dk" and "skip". In `total` and in each
    row of `by[dimension]` stands one count an answer. With `most` = 0 everybody is in exactly one
    column; with `most` ≥ 1 (kind "several") a person may be in up to `most` option columns.
    """

    key: str
    kind: str
    answers: tuple[str, ...]
    total: tuple[int, ...]
    by: Mapping[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)
    most: int = 0

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.answers)

    @cached_property
    def options(self) -> int:
        """How many of the columns are options."""
        return sum(answer not in (DONT_KNOW, SKIPPED) for answer in self.answers)


@dataclass(frozen=True)
class Tables:
    """The tables of one matter, all about the same people: `groups[dimension]` are its lines."""

    everyone: Group
    groups: Mapping[str, tuple[Group, ...]]
    tables: tuple[Table, ...]

    def __post_init__(self) -> None:
        for dimension, groups in self.groups.items():
            _require(sum(g.n for g in groups) == self.everyone.n, dimension)
            roster = [g.of for g in (self.everyone, *groups) if g.of is not None]
            _require(len(roster) in (0, len(groups) + 1), dimension)
            _require(not roster or 2 * roster[0] == sum(roster), dimension)
        for table in self.tables:
            _check(table, self)


def _require(holds: bool, where: str) -> None:
    if not holds:
        raise Unbalanced(f"the counts of {where} do not add up")


def _check(table: Table, tables: Tables) -> None:
    _require(list(table.by) == list(tables.groups), table.key)
    _check_row(table, table.total, tables.everyone)
    for dimension, rows in table.by.items():
        groups = tables.groups[dimension]
        _require(len(rows) == len(groups), table.key)
        for row, group in zip(rows, groups, strict=True):
            _check_row(table, row, group)
        columns = tuple(sum(column) for column in zip(*rows, strict=True))
        _require(columns == table.total, f"{table.key} by {dimension}")


def _check_row(table: Table, row: tuple[int, ...], group: Group) -> None:
    _require(len(row) == len(table.answers) and all(0 <= c <= group.n for c in row), table.key)
    if not table.most:
        _require(sum(row) == group.n, table.key)
        return
    answered = group.n - sum(row[table.options :])
    chosen = sum(row[: table.options])
    _require(answered <= chosen <= table.most * answered, table.key)
