"""A sheet of bytes says exactly what a child answered, and nothing that she could not answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.consultations.codec import (
    DONT_KNOW,
    SKIPPED,
    BadAnswer,
    BadLayout,
    BadSheet,
    Cell,
    CellSpace,
    Layout,
    Slot,
    pack,
    unpack,
)

MIXED = Layout((Slot("single", 4), Slot("several", 6, 3), Slot("faces", 5), Slot("several", 9, 9)))


@st.composite
def layouts_with_answers(draw):
    slots, answers = [], []
    for kind in draw(st.lists(st.sampled_from(["single", "several", "faces"]), max_size=12)):
        size = 5 if kind == "faces" else draw(st.integers(1, 30))
        most = draw(st.integers(1, size)) if kind == "several" else 1
        option = st.integers(1, size)
        chosen = st.sets(option, min_size=1, max_size=most).map(lambda s: tuple(sorted(s)))
        slots.append(Slot(kind, size, most))
        ways = [st.just(SKIPPED), st.just(DONT_KNOW), chosen if kind == "several" else option]
        answers.append(draw(st.one_of(ways)))
    return Layout(tuple(slots)), tuple(answers)


@given(layouts_with_answers())
def test_what_is_packed_is_unpacked(pair):
    layout, answers = pair
    sheet = pack(layout, answers)
    assert len(sheet) == layout.size
    assert unpack(layout, sheet) == answers


@given(layouts_with_answers())
def test_a_stored_layout_comes_back(pair):
    layout, _ = pair
    assert Layout.from_json(layout.to_json()) == layout


def test_the_bytes_are_these_for_ever():
    assert pack(MIXED, (4, (1, 6), 0, (9, 1))) == bytes([4, 0b100001, 0, 1, 1])
    assert pack(MIXED, (255, 255, 5, 255)) == bytes([255, 0b1000000, 5, 0, 0b10])
    assert pack(MIXED, (0, 0, 0, ())) == bytes(5)


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ((5, 0, 0, 0), 0),
        ((-1, 0, 0, 0), 0),
        (((1,), 0, 0, 0), 0),
        ((0, (7,), 0, 0), 1),
        ((0, (0,), 0, 0), 1),
        ((0, 3, 0, 0), 1),
        ((0, (1, 2, 3, 4), 0, 0), 1),
        ((0, 0, 6, 0), 2),
        ((0, 0, 0), 3),
    ],
)
def test_an_answer_that_is_not_offered_is_refused_with_its_place(answers, place):
    with pytest.raises(BadAnswer) as refusal:
        pack(MIXED, answers)
    assert refusal.value.place == place


@pytest.mark.parametrize(
    "sheet",
    [
        b"",
        bytes(6),
        bytes([5, 0, 0, 0, 0]),
        bytes([0, 0x80, 0, 0, 0]),
        bytes([0, 0x41, 0, 0, 0]),
        bytes([0, 0b1111, 0, 0, 0]),
    ],
)
def test_bytes_that_are_no_sheet_are_refused(sheet):
    with pytest.raises(BadSheet):
        unpack(MIXED, sheet)


@pytest.mark.parametrize(
    ("kind", "size", "most"),
    [
        ("ranking", 3, 1),
        ("single", 0, 1),
        ("single", 251, 1),
        ("several", 31, 2),
        ("faces", 4, 1),
        ("several", 3, 4),
        ("several", 3, 0),
        ("single", 3, 2),
    ],
)
def test_a_slot_that_cannot_be_is_refused(kind, size, most):
    with pytest.raises(BadLayout):
        Slot(kind, size, most)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version":2,"slots":[]}',
        '{"version":1,"slots":[["single",0,1]]}',
        '{"version":1,"slots":[[1]]}',
    ],
)
def test_text_that_is_no_layout_is_refused(text):
    with pytest.raises(BadLayout):
        Layout.from_json(text)


def test_a_sheet_fits_its_column():
    with pytest.raises(BadLayout):
        Layout((Slot("single", 2),) * 251)


SPACE = CellSpace((11, 7, 30))


def test_every_cell_has_its_own_number():
    cells = [SPACE.cell(code) for code in range(SPACE.size)]
    assert len(set(cells)) == SPACE.size == 3 * 3 * 3 * 4
    assert [SPACE.code(cell) for cell in cells] == list(range(SPACE.size))


def test_the_numbers_are_these_for_ever():
    assert SPACE.cell(0) == Cell("a", 11, "f", "primary")
    assert SPACE.code(Cell("b", 7, "x", "senior")) == ((1 * 3 + 1) * 3 + 2) * 4 + 2


@pytest.mark.parametrize(
    "cell",
    [
        Cell("d", 11, "f", "primary"),
        Cell("a", 12, "f", "primary"),
        Cell("a", 11, "", "primary"),
        Cell("a", 11, "f", "university"),
    ],
)
def test_a_group_of_another_consultation_is_refused(cell):
    with pytest.raises(BadLayout):
        SPACE.code(cell)


@pytest.mark.parametrize("code", [-1, 108])
def test_a_number_beyond_the_space_is_refused(code):
    with pytest.raises(BadSheet):
        SPACE.cell(code)


@pytest.mark.parametrize("districts", [(), (1, 1), tuple(range(911))])
def test_a_space_that_cannot_be_is_refused(districts):
    with pytest.raises(BadLayout):
        CellSpace(districts)


def test_a_stored_space_comes_back():
    assert CellSpace.from_json(SPACE.to_json()) == SPACE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"version":2,"districts":[1]}',
        '{"version":1,"districts":[]}',
        '{"version":1,"districts":["x"]}',
    ],
)
def test_text_that_is_no_space_is_refused(text):
    with pytest.raises(BadLayout):
        CellSpace.from_json(text)
