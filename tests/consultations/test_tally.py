"""Counting by folding equals counting anew, and both equal looking at each sheet."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.consultations.codec import BadSheet, CellSpace, Layout, Slot, pack
from participation.consultations.segments import Change, build_segment, recount
from participation.consultations.tally import (
    Matrix,
    count_columns,
    count_packed,
    count_rows,
    fold,
    fold_packed,
    line_keys,
    summary,
)
from tests.consultations.sheets import (
    LAYOUT,
    SPACE,
    answered,
    answers,
    pair,
    row,
    slow_columns,
)

KEYS = [f"q{n}" for n in range(len(LAYOUT.slots))]
QUICK = settings(max_examples=40, deadline=None)


@given(st.lists(answered, max_size=30))
@QUICK
def test_the_counts_are_those_of_looking_at_each_sheet(sheets):
    matrix = count_rows(LAYOUT, SPACE.size, map(pair, sheets))
    for cell in {sheet[0] for sheet in sheets}:
        here = [sheet for sheet in sheets if sheet[0] == cell]
        assert matrix.n_by_cell[cell] == len(here)
        for place in range(len(LAYOUT.slots)):
            assert tuple(matrix.of_slot(LAYOUT, place)[cell]) == slow_columns(here, place)
    assert matrix.n_by_cell.sum() == len(sheets)


@given(st.lists(answered, max_size=20), st.data())
@QUICK
def test_folding_step_by_step_equals_a_recount(sheets, data):
    matrix = Matrix.empty(LAYOUT, SPACE.size)
    for sheet in sheets:
        matrix = fold(matrix, LAYOUT, [pair(sheet)])
    changes = []
    for sheet in sheets:
        new = data.draw(st.one_of(st.none(), answers), label="changed to")
        old = pair(sheet)
        changes.append(Change(old, None if new is None else (sheet[0], pack(LAYOUT, new))))
        came = [changes[-1].new] if changes[-1].new else []
        matrix = fold(matrix, LAYOUT, came, [old])
    half = len(sheets) // 2
    segments = [build_segment(LAYOUT, list(map(row, s))) for s in (sheets[:half], sheets[half:])]
    again = recount(segments, changes, LAYOUT, SPACE.size)
    assert again == matrix
    assert again.etag == matrix.etag


def packed(sheets):
    """Sheets as the database puts them together."""
    pairs = [pair(sheet) for sheet in sheets]
    return ",".join(str(cell) for cell, _sheet in pairs), b"".join(sheet for _cell, sheet in pairs)


@given(st.lists(answered, max_size=20), st.lists(answered, max_size=20))
@QUICK
def test_end_to_end_they_count_the_same(before, sheets):
    matrix = count_rows(LAYOUT, SPACE.size, map(pair, before))
    again = fold_packed(matrix, LAYOUT, *packed(sheets))
    assert again == fold(matrix, LAYOUT, map(pair, sheets))


@pytest.mark.parametrize(
    ("cells", "sheets"),
    [("0,1", 1), ("0", 2), ("", 1), ("0", 0), (str(SPACE.size), 1), ("65536", 1), ("-1", 1)],
)
def test_end_to_end_they_have_to_fit(cells, sheets):
    with pytest.raises(BadSheet):
        count_packed(LAYOUT, SPACE.size, cells, GOOD * sheets)


def test_a_stored_matrix_comes_back_and_keeps_its_mark():
    matrix = count_rows(LAYOUT, SPACE.size, [(5, pack(LAYOUT, (1, (1, 7), 5, 255, 0, (2,))))])
    again = Matrix.from_bytes(matrix.to_bytes())
    assert again == matrix
    assert again.etag == matrix.etag != Matrix.empty(LAYOUT, SPACE.size).etag
    assert len(matrix.etag) == 64
    assert matrix != "a matrix"


def test_the_stored_bytes_are_these_for_ever():
    layout = Layout((Slot("single", 1),))
    matrix = count_rows(layout, 1, [(0, bytes([1])), (0, bytes([255]))])
    numbers = b"".join(n.to_bytes(8, "little") for n in (2, 1, 1, 0))
    assert matrix.to_bytes() == b"TLY1" + bytes([1, 0, 0, 0, 4, 0, 0, 0]) + numbers


@pytest.mark.parametrize("stored", [b"", b"TLY2" + bytes(8), b"TLY1" + bytes(7) + b"\1" * 2])
def test_bytes_that_are_no_tally_are_refused(stored):
    with pytest.raises(BadSheet):
        Matrix.from_bytes(stored)


GOOD = pack(LAYOUT, (1, 0, 0, 0, 0, 0))


@pytest.mark.parametrize(
    "bad",
    [
        (0, GOOD[:-1]),
        (SPACE.size, GOOD),
        (-1, GOOD),
        (0, bytes([5]) + GOOD[1:]),
        (0, GOOD[:4] + bytes([0x10]) + GOOD[5:]),
    ],
)
def test_rows_that_do_not_fit_are_refused(bad):
    with pytest.raises(BadSheet):
        count_rows(LAYOUT, SPACE.size, [(0, GOOD), bad])


def test_columns_that_do_not_fit_are_refused():
    layout = Layout((Slot("single", 2),))
    cells = np.zeros(1, dtype=np.uint16)
    with pytest.raises(BadSheet, match="option"):
        count_columns(layout, 1, cells, np.array([[4]], dtype=np.uint8))
    with pytest.raises(BadSheet, match="cell"):
        count_columns(layout, 1, cells + 1, np.array([[1]], dtype=np.uint8))


def test_a_sheet_that_was_never_counted_cannot_go():
    with pytest.raises(BadSheet, match="never counted"):
        fold(Matrix.empty(LAYOUT, SPACE.size), LAYOUT, [], [(0, GOOD)])


def test_many_cells_are_counted_as_exactly_as_few():
    space = CellSpace(tuple(range(900)))
    codes = range(0, space.size, 97)
    matrix = count_rows(LAYOUT, space.size, [(code, GOOD) for code in codes])
    assert np.flatnonzero(matrix.n_by_cell).tolist() == list(codes)
    assert np.flatnonzero(matrix.of_slot(LAYOUT, 0)[:, 0]).tolist() == list(codes)


@given(st.lists(answered, max_size=25))
@QUICK
def test_a_summary_sums_up_each_line(sheets):
    matrix = count_rows(LAYOUT, SPACE.size, map(pair, sheets))
    roster = dict.fromkeys(range(SPACE.size), 30)
    schools = {("", "all"): 4, ("district", "8"): 2}
    tables = summary(matrix, LAYOUT, SPACE, KEYS, roster=roster, schools=schools)
    assert (tables.everyone.n, tables.everyone.of) == (len(sheets), 30 * SPACE.size)
    assert tables.everyone.schools == 4
    assert tables.groups["district"][1].schools == 2
    for dimension, name in (("band", "band"), ("district", "district"), ("gender", "gender")):
        for place, key in enumerate(line_keys(SPACE, dimension)):
            here = [s for s in sheets if str(getattr(SPACE.cell(s[0]), name)) == key]
            assert tables.groups[dimension][place].key == key
            assert tables.groups[dimension][place].n == len(here)
            for table_place, table in enumerate(tables.tables):
                assert table.by[dimension][place] == slow_columns(here, table_place)


def test_a_summary_without_roster_or_schools_does_not_invent_them():
    tables = summary(Matrix.empty(LAYOUT, SPACE.size), LAYOUT, SPACE, KEYS)
    assert tables.everyone.of is tables.everyone.schools is None
    assert {group.of for group in tables.groups["band"]} == {None}
    assert [table.most for table in tables.tables] == [0, 3, 0, 2, 2, 0]
    assert tables.tables[0].answers == ("1", "2", "3", "4", "dk", "skip")
