"""Made-up sheets and the slow, obvious way of counting them."""

from hypothesis import strategies as st

from participation.consultations.codec import DONT_KNOW, SKIPPED, CellSpace, Layout, Slot, pack
from participation.consultations.segments import SheetRow

SPACE = CellSpace((3, 8))
LAYOUT = Layout(
    (
        Slot("single", 4),
        Slot("several", 7, 3),
        Slot("faces", 5),
        Slot("several", 3, 2),
        Slot("several", 8, 2),
        Slot("several", 2, 1),
    )
)


def _answer(slot):
    option = st.integers(1, slot.size)
    chosen = st.sets(option, min_size=1, max_size=slot.most).map(lambda s: tuple(sorted(s)))
    return st.one_of(
        st.just(SKIPPED), st.just(DONT_KNOW), chosen if slot.kind == "several" else option
    )


answers = st.tuples(*map(_answer, LAYOUT.slots))
cells = st.integers(0, SPACE.size - 1)
schools = st.integers(1, 5).map(lambda n: n.to_bytes(8, "little"))
answered = st.tuples(cells, answers, schools)


def row(sheet):
    """The stored row of (cell, answers, school)."""
    return SheetRow(sheet[0], pack(LAYOUT, sheet[1]), sheet[2])


def pair(sheet):
    """The (cell, packed answers) of (cell, answers, school)."""
    return sheet[0], pack(LAYOUT, sheet[1])


def slow_columns(sheets, place):
    """Counts of one slot: options, don't know, skipped – one look at each sheet for each."""
    given = [sheet[1][place] for sheet in sheets]
    options = [
        sum(option == a or (isinstance(a, tuple) and option in a) for a in given)
        for option in range(1, LAYOUT.slots[place].size + 1)
    ]
    return (*options, given.count(DONT_KNOW), given.count(SKIPPED))
