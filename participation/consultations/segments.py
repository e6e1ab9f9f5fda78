"""Closed ranges of answer sheets kept column by column, so that a million are counted in a blink.

A segment is a header, the cells (16 bits a row), the `dense` sheets byte by byte (all first bytes,
all second bytes …) and the school pseudonyms (64 bits a row) last, all little-endian. Nothing is
compressed: unpacking would cost more than reading, and SQLite stores the whole in overflow pages.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from participation.consultations.codec import BadSheet, CellSpace, Layout
from participation.consultations.tally import (
    DIMENSIONS,
    EVERYONE,
    Bytes,
    Codes,
    Line,
    Matrix,
    count_columns,
    dense,
    fold,
    line_keys,
    lines_of_cells,
)

ROWS: Final = 65_536
_HEAD: Final = struct.Struct("<4sIHH")
_MAGIC: Final = b"SEG1"


class SheetRow(NamedTuple):
    """One sheet as stored: its cell, its packed answers, the 8-byte pseudonym of the school."""

    cell: int
    answers: bytes
    school: bytes


@dataclass(frozen=True)
class Change:
    """One line of the journal: the (cell, sheet) that went and the one that came, if any."""

    old: tuple[int, bytes]
    new: tuple[int, bytes] | None


def build_segment(layout: Layout, rows: Sequence[SheetRow]) -> bytes:
    """Encode up to ROWS sheets; BadSheet when one does not fit the layout, or there are more."""
    if len(rows) > ROWS:
        raise BadSheet(f"a segment holds {ROWS} sheets, not {len(rows)}")
    cells, sheets, schools = zip(*rows, strict=True) if rows else ((), (), ())
    if set(map(len, sheets)) - {layout.size} or set(map(len, schools)) - {8}:
        raise BadSheet(f"a sheet that is not {layout.size} bytes long")
    if rows and not (min(cells) >= 0 and max(cells) < 2**16):
        raise BadSheet("a cell that is no 16-bit number")
    joined = np.frombuffer(b"".join(sheets), dtype=np.uint8)
    columns = dense(layout, joined.reshape(len(rows), layout.size).T)
    head = _HEAD.pack(_MAGIC, len(rows), layout.size, layout.version)
    return b"".join((head, np.array(cells, dtype="<u2").tobytes(), columns.tobytes(), *schools))


def _read(segment: bytes, layout: Layout) -> tuple[Codes, Bytes, npt.NDArray[np.uint64]]:
    if len(segment) < _HEAD.size:
        raise BadSheet("these bytes are no segment")
    magic, rows, width, version = _HEAD.unpack_from(segment)
    fits = (magic, width, version) == (_MAGIC, layout.size, layout.version)
    if not fits or len(segment) != _HEAD.size + rows * (2 + width + 8):
        raise BadSheet("these bytes are no segment of this layout")
    at = _HEAD.size
    cells = np.frombuffer(segment, dtype="<u2", count=rows, offset=at)
    at += 2 * rows
    sheets = np.frombuffer(segment, dtype=np.uint8, count=width * rows, offset=at)
    at += width * rows
    schools = np.frombuffer(segment, dtype="<u8", count=rows, offset=at)
    return cells, sheets.reshape(width, rows), schools


def count_segment(segment: bytes, layout: Layout, n_cells: int) -> Matrix:
    """The counts of one segment; BadSheet when it is not one of this layout."""
    cells, columns, _ = _read(segment, layout)
    return count_columns(layout, n_cells, cells, columns)


def recount(
    segments: Iterable[bytes], changes: Iterable[Change], layout: Layout, n_cells: int
) -> Matrix:
    """Count everything anew: the segments, then the changes made since they were closed.

    Must equal what folding gave step by step; the worker compares the two before it publishes.
    """
    total = Matrix.empty(layout, n_cells)
    for segment in segments:
        total.counts[:] += count_segment(segment, layout, n_cells).counts
    listed = list(changes)
    came = [change.new for change in listed if change.new is not None]
    return fold(total, layout, came, [change.old for change in listed])


def schools_by_line(segments: Iterable[bytes], layout: Layout, space: CellSpace) -> dict[Line, int]:
    """How many different schools stand behind everyone and behind each line of each breakdown.

    One full pass, made when the tally is frozen. Keys: EVERYONE and (dimension, line key).
    """
    pairs: set[tuple[int, int]] = set()
    for segment in segments:
        cells, _, schools = _read(segment, layout)
        if len(cells) and int(cells.max()) >= space.size:
            raise BadSheet(f"a cell beyond {space.size}")
        names, places = np.unique(schools, return_inverse=True)
        both = np.unique(places * space.size + cells)
        pairs.update((code % space.size, int(names[code // space.size])) for code in both.tolist())
    found: dict[Line, set[int]] = {EVERYONE: {school for _, school in pairs}}
    for dimension in DIMENSIONS:
        keys = line_keys(space, dimension)
        lines = lines_of_cells(space, dimension).tolist()
        found |= {(dimension, key): set() for key in keys}
        for cell, school in pairs:
            found[dimension, keys[lines[cell]]].add(school)
    return {line: len(schools) for line, schools in found.items()}
