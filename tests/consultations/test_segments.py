"""Closed ranges of sheets count exactly as the sheets themselves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.consultations.codec import BadSheet, Layout, Slot
from participation.consultations.segments import (
    ROWS,
    SheetRow,
    build_segment,
    count_segment,
    schools_by_line,
)
from participation.consultations.tally import DIMENSIONS, EVERYONE, Matrix, count_rows, line_keys
from tests.consultations.sheets import LAYOUT, SPACE, answered, pair, row

QUICK = settings(max_examples=40, deadline=None)
SHEET = bytes(LAYOUT.size)
SCHOOL = bytes(8)


@given(st.lists(answered, max_size=40))
@QUICK
def test_a_segment_counts_as_its_sheets(sheets):
    segment = build_segment(LAYOUT, list(map(row, sheets)))
    loose = count_rows(LAYOUT, SPACE.size, map(pair, sheets))
    assert count_segment(segment, LAYOUT, SPACE.size) == loose


@given(st.lists(answered, max_size=40))
@QUICK
def test_different_schools_are_counted_in_every_line(sheets):
    half = len(sheets) // 2
    segments = [build_segment(LAYOUT, list(map(row, s))) for s in (sheets[:half], sheets[half:])]
    counted = schools_by_line(segments, LAYOUT, SPACE)
    assert counted[EVERYONE] == len({sheet[2] for sheet in sheets})
    for dimension in DIMENSIONS:
        for key in line_keys(SPACE, dimension):
            here = [s[2] for s in sheets if str(getattr(SPACE.cell(s[0]), dimension)) == key]
            assert counted[dimension, key] == len(set(here))


def test_an_empty_segment_is_nobody():
    segment = build_segment(LAYOUT, [])
    assert count_segment(segment, LAYOUT, SPACE.size) == Matrix.empty(LAYOUT, SPACE.size)


@pytest.mark.parametrize(
    "bad",
    [
        SheetRow(0, SHEET + b"x", SCHOOL),
        SheetRow(0, SHEET, b"short"),
        SheetRow(-1, SHEET, SCHOOL),
        SheetRow(65_536, SHEET, SCHOOL),
        SheetRow(0, b"\x05" + SHEET[1:], SCHOOL),
    ],
)
def test_rows_that_do_not_fit_are_refused(bad):
    with pytest.raises(BadSheet):
        build_segment(LAYOUT, [SheetRow(0, SHEET, SCHOOL), bad])


def test_a_segment_has_an_end():
    with pytest.raises(BadSheet, match="65536"):
        build_segment(LAYOUT, [SheetRow(0, SHEET, SCHOOL)] * (ROWS + 1))


def test_bytes_that_are_no_segment_are_refused():
    segment = build_segment(LAYOUT, [SheetRow(0, SHEET, SCHOOL)])
    other = Layout((Slot("single", 2),))
    for bytes_, layout in ((b"", LAYOUT), (segment[:-1], LAYOUT), (segment, other)):
        with pytest.raises(BadSheet):
            count_segment(bytes_, layout, SPACE.size)


def test_a_cell_of_another_consultation_is_refused():
    segment = build_segment(LAYOUT, [SheetRow(SPACE.size, SHEET, SCHOOL)])
    with pytest.raises(BadSheet, match="cell"):
        count_segment(segment, LAYOUT, SPACE.size)
    with pytest.raises(BadSheet, match="cell"):
        schools_by_line([segment], LAYOUT, SPACE)
