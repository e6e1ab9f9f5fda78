"""Counts answer sheets: a matrix of groups × answers, kept up to date by folding in what is new."""

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from participation.consultations.codec import (
    BANDS,
    DONT_KNOW,
    GENDERS,
    BadSheet,
    CellSpace,
    Layout,
    Slot,
)
from participation.figures.tables import DONT_KNOW as DK_COLUMN
from participation.figures.tables import SKIPPED as SKIP_COLUMN
from participation.figures.tables import Group, Table, Tables

Counts = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint16]
Line = tuple[str, str]
Row = Sequence[Any]
"""A loose sheet: its cell, its packed answers, and whatever else was read with them."""

EVERYONE: Final[Line] = ("", "all")
DIMENSIONS: Final = ("band", "district", "gender")
_HEAD: Final = struct.Struct("<4sII")
_MAGIC: Final = b"TLY1"


@dataclass(frozen=True, eq=False)
class Matrix:
    """Counts of one consultation: `counts[cell, column]`, int64.

    Column 0 is the number of sheets of the cell; then, for each slot in order, its options from
    1, "I don't know" and skipped. Equal matrices have equal bytes, on every machine.
    """

    counts: Counts

    @classmethod
    def empty(cls, layout: Layout, n_cells: int) -> "Matrix":
        """Nobody has answered yet."""
        width = 1 + sum(slot.size + 2 for slot in layout.slots)
        return cls(np.zeros((n_cells, width), dtype=np.int64))

    @property
    def n_by_cell(self) -> Counts:
        """Sheets in each cell."""
        return self.counts[:, 0]

    def of_slot(self, layout: Layout, place: int) -> Counts:
        """The columns of one slot: options, "I don't know", skipped."""
        start = 1 + sum(slot.size + 2 for slot in layout.slots[:place])
        return self.counts[:, start : start + layout.slots[place].size + 2]

    def to_bytes(self) -> bytes:
        """Canonical bytes: a header of rows and columns, then little-endian 64-bit counts."""
        head = _HEAD.pack(_MAGIC, *self.counts.shape)
        return head + np.ascontiguousarray(self.counts, dtype="<i8").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Matrix":
        """Read what `to_bytes` wrote; BadSheet for anything else."""
        if len(stored) < _HEAD.size:
            raise BadSheet("these bytes are no tally")
        magic, rows, columns = _HEAD.unpack_from(stored)
        if magic != _MAGIC or len(stored) != _HEAD.size + 8 * rows * columns:
            raise BadSheet("these bytes are no tally")
        flat = np.frombuffer(stored, dtype="<i8", offset=_HEAD.size)
        return cls(flat.reshape(rows, columns).astype(np.int64))

    @cached_property
    def etag(self) -> str:
        """SHA-256 of the canonical bytes, in hex."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matrix) and np.array_equal(self.counts, other.counts)

    __hash__ = None  # type: ignore[assignment]  # arrays do not hash


def dense(layout: Layout, sheets: Bytes) -> Bytes:
    """Sheets, one a column, with "I don't know" of single and faces renumbered to size + 1.

    `sheets[b, row]` is byte b of a sheet. Dense numbers keep the histograms of `count_columns`
    inside the nearest cache, which makes them four times faster. Raises BadSheet for a value
    that the layout does not have.
    """
    columns = np.array(sheets, order="C")
    at = 0
    for slot in layout.slots:
        if slot.kind == "several":
            last = columns[at + slot.width - 1]
            strange = last >> (slot.size + 1 - 8 * (slot.width - 1))
        else:
            strange = (columns[at] > slot.size) & (columns[at] != DONT_KNOW)
            columns[at][columns[at] == DONT_KNOW] = slot.size + 1
        if strange.any():
            raise BadSheet("an option that its question does not have")
        at += slot.width
    return columns


def count_columns(layout: Layout, n_cells: int, cells: Codes, columns: Bytes) -> Matrix:
    """Count `dense` sheets given byte by byte; BadSheet for a number beyond the layout."""
    matrix = Matrix.empty(layout, n_cells)
    if not len(cells):
        return matrix
    if int(cells.max()) >= n_cells:
        raise BadSheet(f"a cell beyond {n_cells}")
    matrix.counts[:, 0] = np.bincount(cells, minlength=n_cells)
    at = 0
    for place, slot in enumerate(layout.slots):
        part = columns[at : at + slot.width]
        at += slot.width
        target = matrix.of_slot(layout, place)
        if slot.kind == "several":
            target[:, :-1] = _bit_counts(cells, part, n_cells)[:, : slot.size + 1]
            target[:, -1] = _unmarked(cells, part, n_cells)
        elif int(part[0].max()) > slot.size + 1:
            raise BadSheet("an option that its question does not have")
        else:
            histogram = _histogram(cells, part[0], n_cells, slot.size + 2)
            target[:, :-1], target[:, -1] = histogram[:, 1:], histogram[:, 0]
    return matrix


def _histogram(cells: Codes, numbers: Bytes, n_cells: int, size: int) -> Counts:
    """counts[cell, number], in the narrowest numbers that hold cell × size."""
    wide: npt.NDArray[np.integer] = cells.astype(
        np.uint16 if n_cells * size <= 65_536 else np.int32, copy=False
    )
    flat = np.bincount(wide * size + numbers, minlength=n_cells * size)
    return flat.reshape(n_cells, size)


_NIBBLE: Final = (np.arange(16)[:, None] >> np.arange(4)[None, :] & 1).astype(np.int64)


def _bit_counts(cells: Codes, part: Bytes, n_cells: int) -> Counts:
    """How often each bit of a mask is set, from histograms of its halves of bytes."""
    halves = [half for column in part for half in (column & 15, column >> 4)]
    return np.hstack([_histogram(cells, half, n_cells, 16) @ _NIBBLE for half in halves])


def _unmarked(cells: Codes, part: Bytes, n_cells: int) -> Counts:
    return np.bincount(cells[~part.any(axis=0)], minlength=n_cells)


def count_rows(layout: Layout, n_cells: int, rows: Iterable[Row]) -> Matrix:
    """Count loose rows; BadSheet when one does not fit the layout."""
    pairs = list(rows)
    numbers, sheets, *_more = zip(*pairs, strict=True) if pairs else ((), ())
    if set(map(len, sheets)) - {layout.size}:
        raise BadSheet(f"a sheet that is not {layout.size} bytes long")
    if pairs and not (min(numbers) >= 0 and max(numbers) < n_cells):
        raise BadSheet(f"a cell beyond {n_cells}")
    cells = np.array(numbers, dtype=np.uint16)
    joined = np.frombuffer(b"".join(sheets), dtype=np.uint8)
    columns = dense(layout, joined.reshape(len(pairs), layout.size).T)
    return count_columns(layout, n_cells, cells, columns)


def count_packed(layout: Layout, n_cells: int, cells: str, sheets: bytes) -> Matrix:
    """Count sheets that stand end to end, and their cells as numbers with commas between them.

    BadSheet when there are not as many of the one as of the other, or one is beyond the layout.
    """
    numbers = np.fromstring(cells, dtype=np.int64, sep=",")
    if len(numbers) * layout.size != len(sheets):
        raise BadSheet(f"{len(numbers)} cells with {len(sheets)} bytes of sheets")
    if len(numbers) and not (numbers.min() >= 0 and numbers.max() < n_cells):
        raise BadSheet(f"a cell beyond {n_cells}")
    rows = np.frombuffer(sheets, dtype=np.uint8).reshape(-1, layout.size)
    return count_columns(layout, n_cells, numbers.astype(np.uint16), dense(layout, rows.T))


def fold(
    matrix: Matrix,
    layout: Layout,
    added: Iterable[Row],
    removed: Iterable[Row] = (),
) -> Matrix:
    """The matrix after these rows came and those went; the old one is unchanged.

    Raises BadSheet when more goes than was there.
    """
    n_cells = len(matrix.counts)
    plus = count_rows(layout, n_cells, added).counts
    minus = count_rows(layout, n_cells, removed).counts
    counts = matrix.counts + plus - minus
    if (counts < 0).any():
        raise BadSheet("sheets are taken away that were never counted")
    return Matrix(counts)


def fold_packed(matrix: Matrix, layout: Layout, cells: str, sheets: bytes) -> Matrix:
    """The matrix after these sheets came (see `count_packed`); the old one is unchanged."""
    return Matrix(matrix.counts + count_packed(layout, len(matrix.counts), cells, sheets).counts)


def summary(
    matrix: Matrix,
    layout: Layout,
    space: CellSpace,
    keys: Sequence[str],
    *,
    roster: Mapping[int, int] | None = None,
    schools: Mapping[Line, int] | None = None,
) -> Tables:
    """The tables of a consultation, ready for protection.

    `keys` names the slots (question ids as text), `roster` is how many children of each cell
    could have answered, `schools` what `segments.schools_by_line` counted.
    """
    could = None if roster is None else np.array([roster.get(c, 0) for c in range(space.size)])
    n_by_cell = matrix.n_by_cell
    groups = {d: _groups(n_by_cell, d, space, could, schools) for d in DIMENSIONS}
    n = int(n_by_cell.sum())
    of = None if could is None else int(could.sum())
    everyone = Group("all", n, of, None if schools is None else schools.get(EVERYONE, 0))
    tables = tuple(
        _table(key, slot, matrix.of_slot(layout, place), space)
        for place, (key, slot) in enumerate(zip(keys, layout.slots, strict=True))
    )
    return Tables(everyone, groups, tables)


def line_keys(space: CellSpace, dimension: str) -> tuple[str, ...]:
    """The keys of the lines of one breakdown, in order."""
    names = {"band": BANDS, "district": space.districts, "gender": GENDERS}[dimension]
    return tuple(str(name) for name in names)


def lines_of_cells(space: CellSpace, dimension: str) -> Counts:
    """For each cell, the place of its line in `line_keys`."""
    shape = (len(BANDS), len(space.districts), len(GENDERS), space.size)
    axis = DIMENSIONS.index(dimension)
    inner = space.size // int(np.prod(shape[: axis + 1]))
    return np.arange(space.size) // inner % shape[axis]


def _by(counts: Counts, space: CellSpace, dimension: str) -> Counts:
    sums = np.zeros((len(line_keys(space, dimension)), *counts.shape[1:]), dtype=np.int64)
    np.add.at(sums, lines_of_cells(space, dimension), counts)
    return sums


def _groups(
    n_by_cell: Counts,
    dimension: str,
    space: CellSpace,
    could: Counts | None,
    schools: Mapping[Line, int] | None,
) -> tuple[Group, ...]:
    n = _by(n_by_cell, space, dimension)
    of = None if could is None else _by(could, space, dimension)
    return tuple(
        Group(
            key,
            int(n[place]),
            None if of is None else int(of[place]),
            None if schools is None else schools.get((dimension, key), 0),
        )
        for place, key in enumerate(line_keys(space, dimension))
    )


def _table(key: str, slot: Slot, counts: Counts, space: CellSpace) -> Table:
    by = {d: tuple(map(tuple, _by(counts, space, d).tolist())) for d in DIMENSIONS}
    answers = (*(str(option) for option in range(1, slot.size + 1)), DK_COLUMN, SKIP_COLUMN)
    total = tuple(counts.sum(axis=0).tolist())
    exclusive = slot.kind != "several" or slot.most == 1
    return Table(key, slot.kind, answers, total, by, 0 if exclusive else slot.most)
