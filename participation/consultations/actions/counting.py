"""The tally of a consultation kept in the database: folded in as answers come, counted anew.

`fold` brings the stored matrix up to date with what came since its watermarks. `compact` closes
ranges of 65,536 sheets into segments, column by column. `recount` counts everything from the
segments, the journal and the loose rest; it must give what folding gave step by step.

A snapshot (see `folding.still`) fixes three numbers: the last sheet, the last line of the journal,
and the sheets as they stand after it. A sheet is folded in as it stands in the snapshot, so lines
of the journal count only for sheets that were folded in before; the others are in them already.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, Select, func, select

from participation.consultations import folding, segments, tally
from participation.consultations.codec import BadSheet, CellSpace, Layout
from participation.consultations.models import (
    AnswerSheet,
    FoldedTally,
    Segment,
    SheetChange,
)
from participation.consultations.segments import Change, SheetRow
from participation.consultations.tally import Matrix
from participation.kernel import jobs
from participation.kernel.database import session
from participation.kernel.quick import Quick
from participation.kernel.rows import insert_once

BATCH: Final = segments.ROWS
FOLD: Final = "fold-tally"
COMPACT: Final = "compact-tally"
_FRAME: Final = Quick("SELECT layout, cells FROM consultations WHERE id = :id")
_CAME: Final = (
    "SELECT count(*), max(id), count(*) FILTER (WHERE length(answers) <> :size), {cells}, {sheets}"
    " FROM consultations_sheets WHERE consultation_id = :matter AND id > :after AND id <= coalesce("
    "(SELECT id FROM consultations_sheets WHERE consultation_id = :matter AND id > :after"
    " ORDER BY id LIMIT 1 OFFSET :others), 9223372036854775807)"
)
_NEW: Final = Quick(
    _CAME.format(cells="group_concat(cell)", sheets="CAST(group_concat(answers, '') AS BLOB)"),
    postgresql=_CAME.format(
        cells="string_agg(CAST(cell AS text), ',')", sheets="string_agg(answers, CAST('' AS bytea))"
    ),
)
"""New sheets end to end, and their cells in the same order: as rows they took twice as long to read
and count. The last of them is looked up first: out of a subquery they took a third longer."""
_SHEETS: Final = Quick(
    "SELECT id, cell, answers, school FROM consultations_sheets"
    " WHERE consultation_id = :matter AND id > :after ORDER BY id LIMIT :most"
)
_TALLY: Final = Quick(
    "SELECT matrix, last_sheet_id, last_change_id FROM consultations_tallies"
    " WHERE consultation_id = :matter"
)
_REPLACE: Final = Quick(
    "UPDATE consultations_tallies SET matrix = :matrix, last_sheet_id = :last_sheet_id,"
    " last_change_id = :last_change_id, etag = :etag WHERE consultation_id = :matter"
    " AND last_sheet_id = :seen AND last_change_id = :heard"
)
_CHANGES: Final = Quick(
    "SELECT id, sheet_id, old_cell, old_answers, new_cell, new_answers"
    " FROM consultations_sheet_changes WHERE consultation_id = :matter AND id > :after ORDER BY id"
)
Deed = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Frame:
    """What fixes the meaning of a consultation's bytes."""

    id: int
    layout: Layout
    space: CellSpace


def nothing() -> None:
    """The deed of a job that found nothing to do."""


def frame_of(consultation_id: int) -> Frame | None:
    """The layout and cells of a published consultation; None for a draft or for none."""
    rows = _FRAME.all(id=consultation_id)
    layout, cells = rows[0] if rows else (None, None)
    if not layout or not cells:
        return None
    return Frame(consultation_id, Layout.from_json(layout), CellSpace.from_json(cells))


def fold(consultation_id: int) -> Deed:
    """Read what came since the watermarks, in a fresh reading unit, and return the writing deed.

    At most 65,536 new sheets a time. Two workers at once write once: the deed replaces only the
    tally that was read.
    """
    with folding.still(consultation_id):
        frame = frame_of(consultation_id)
        stored = _TALLY.all(matter=consultation_id)
    if frame is None:
        return nothing
    old, seen, heard = stored[0] if stored else (None, 0, 0)
    came = _what_came(frame, seen)
    changes = _changes(frame.id, heard)
    if stored and not came.number and not changes:
        return nothing
    matrix = Matrix.from_bytes(old) if stored else Matrix.empty(frame.layout, frame.space.size)
    known = [change for change in changes if change.sheet_id <= seen]
    folded = tally.fold_packed(matrix, frame.layout, came.cells, came.sheets)
    if known:
        new = [pair for change in known if (pair := _new(change))]
        gone = [(change.old_cell, change.old_answers) for change in known]
        folded = tally.fold(folded, frame.layout, new, gone)
    marks = (came.last, changes[-1].id if changes else heard)
    full = came.number == BATCH

    def write() -> None:
        _keep(frame.id, (seen, heard) if stored else None, folded, marks)
        if full:
            jobs.enqueue(FOLD, f"{frame.id}:{marks[0]}", {"id": frame.id})

    return write


class _Came(NamedTuple):
    """New sheets: how many there are, the id of the last, their cells, and all end to end."""

    number: int
    last: int
    cells: str
    sheets: bytes


class _Line(NamedTuple):
    """A line of the journal."""

    id: int
    sheet_id: int
    old_cell: int
    old_answers: bytes
    new_cell: int | None
    new_answers: bytes | None


def _what_came(frame: Frame, after: int) -> _Came:
    """The next sheets, at most BATCH; BadSheet when one is not as long as the layout says."""
    asked = {"matter": frame.id, "after": after, "others": BATCH - 1, "size": frame.layout.size}
    [(number, last, odd, cells, sheets)] = _NEW.all(**asked)
    if odd:
        raise BadSheet(f"a sheet that is not {frame.layout.size} bytes long")
    return _Came(number, last or after, cells or "", sheets or b"")


def _keep(
    consultation_id: int, old: tuple[int, int] | None, matrix: Matrix, marks: tuple[int, int]
) -> None:
    values = {
        "matrix": matrix.to_bytes(),
        "last_sheet_id": marks[0],
        "last_change_id": marks[1],
        "etag": matrix.etag,
    }
    if old is None:
        insert_once(FoldedTally, {"consultation_id": consultation_id, **values})
        return
    _REPLACE.all(matter=consultation_id, seen=old[0], heard=old[1], **values)


def compact(consultation_id: int, *, rows: int = BATCH) -> Deed:
    """Close the next full range of `rows` sheets into a segment, if it is full."""
    with folding.still(consultation_id):
        frame = frame_of(consultation_id)
    if frame is None:
        return nothing
    last = session().scalar(_last_segment(consultation_id)) or 0
    if session().scalar(_nth(frame.id, last, rows)) is None:
        return nothing
    found = _SHEETS.all(matter=frame.id, after=last, most=rows)
    row = {
        "consultation_id": frame.id,
        "first_id": last + 1,
        "last_id": found[-1][0],
        "rows": len(found),
        "last_change_id": _last_change(frame.id),
        "columns": segments.build_segment(frame.layout, _rows(found)),
    }

    def write() -> None:
        insert_once(Segment, row)

    return write


def fold_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `fold-tally`."""
    return fold(arguments["id"])


def compact_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `compact-tally`."""
    return compact(arguments["id"])


def recount(frame: Frame) -> Matrix:
    """Count everything anew: stored segments, the journal since each, and the loose rest."""
    stored = _segments(frame.id)
    changes = _changes(frame.id, 0)
    since = [
        Change((c.old_cell, c.old_answers), _new(c))
        for part in stored
        for c in changes
        if part.first_id <= c.sheet_id <= part.last_id and c.id > part.last_change_id
    ]
    counted = segments.recount(
        (part.columns for part in stored), since, frame.layout, frame.space.size
    )
    last = stored[-1].last_id if stored else 0
    for rest in _loose(frame, last):
        counted.counts[:] += segments.count_segment(rest, frame.layout, frame.space.size).counts
    return counted


def fresh_segments(frame: Frame) -> Iterator[bytes]:
    """Segments that hold exactly the sheets as they stand, for the count that is frozen.

    A stored segment serves where no line of the journal touches it since; else it is made anew,
    so that a school whose children took their answers back is not counted as a school.
    """
    touched = _changes(frame.id, 0)
    stored = _segments(frame.id)
    for part in stored:
        stale = any(
            part.first_id <= change.sheet_id <= part.last_id and change.id > part.last_change_id
            for change in touched
        )
        yield _anew(frame, part) if stale else part.columns
    yield from _loose(frame, stored[-1].last_id if stored else 0)


def _anew(frame: Frame, part: Row[Any]) -> bytes:
    found = _SHEETS.all(matter=frame.id, after=part.first_id - 1, most=BATCH)
    return segments.build_segment(
        frame.layout, _rows([row for row in found if row[0] <= part.last_id])
    )


def is_current(folded: FoldedTally) -> bool:
    """Has folding seen the last sheet and the last line of the journal?"""
    sheets = select(func.max(AnswerSheet.id)).where(
        AnswerSheet.consultation_id == folded.consultation_id
    )
    seen = (session().scalar(sheets) or 0) <= folded.last_sheet_id
    return seen and _last_change(folded.consultation_id) == folded.last_change_id


def _loose(frame: Frame, after: int) -> Iterator[bytes]:
    """The sheets beyond the last segment, packed the same way."""
    while found := _SHEETS.all(matter=frame.id, after=after, most=BATCH):
        yield segments.build_segment(frame.layout, _rows(found))
        after = found[-1][0]


def _nth(consultation_id: int, after: int, number: int) -> Select[int]:
    """The id of the `number`-th sheet beyond another; read from the index alone."""
    return (
        select(AnswerSheet.id)
        .where(AnswerSheet.consultation_id == consultation_id, AnswerSheet.id > after)
        .order_by(AnswerSheet.id)
        .offset(number - 1)
        .limit(1)
    )


def _changes(consultation_id: int, after: int) -> list[_Line]:
    return [_Line(*row) for row in _CHANGES.all(matter=consultation_id, after=after)]


def _segments(consultation_id: int) -> Sequence[Row[Any]]:
    return (
        session()
        .execute(
            select(Segment.__table__)
            .where(Segment.consultation_id == consultation_id)
            .order_by(Segment.first_id)
        )
        .all()
    )


def _last_segment(consultation_id: int) -> Select[int]:
    return select(func.max(Segment.last_id)).where(Segment.consultation_id == consultation_id)


def _last_change(consultation_id: int) -> int:
    lines = select(func.max(SheetChange.id)).where(SheetChange.consultation_id == consultation_id)
    return session().scalar(lines) or 0


def _pairs(rows: Iterable[Any]) -> Iterator[tuple[int, bytes]]:
    return ((row.cell, row.answers) for row in rows)


def _rows(found: Iterable[tuple[Any, ...]]) -> list[SheetRow]:
    return [SheetRow(cell, answers, school) for _id, cell, answers, school in found]


def _new(change: _Line) -> tuple[int, bytes] | None:
    """What came in its place; None for a sheet that was taken back."""
    if change.new_cell is None or change.new_answers is None:
        return None
    return change.new_cell, change.new_answers
