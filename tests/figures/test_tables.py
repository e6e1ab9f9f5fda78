"""Tables that do not add up are refused before anything is published from them."""

import pytest

from participation.figures.tables import Group, Table, Tables, Unbalanced

EVERYONE = Group("all", 10, of=20)
GROUPS = {"band": (Group("a", 4, of=8), Group("b", 6, of=12))}


def single(total=(6, 4, 0, 0), rows=((2, 2, 0, 0), (4, 2, 0, 0))):
    return Table("q", "single", ("1", "2", "dk", "skip"), total, {"band": rows})


def several(total, rows):
    return Table("q", "several", ("1", "2", "dk", "skip"), total, {"band": rows}, most=2)


def test_balanced_tables_are_taken():
    choices = several((8, 4, 1, 0), ((3, 2, 0, 0), (5, 2, 1, 0)))
    tables = Tables(EVERYONE, GROUPS, (single(), choices))
    assert [table.options for table in tables.tables] == [2, 2]


@pytest.mark.parametrize(
    "table",
    [
        single(total=(7, 3, 0, 0)),
        single(total=(6, 4, 0), rows=((2, 2, 0), (4, 2, 0))),
        single(rows=((2, 2, 0, 0),)),
        single(total=(11, -1, 0, 0), rows=((5, -1, 0, 0), (6, 0, 0, 0))),
        single(total=(6, 3, 0, 0), rows=((2, 1, 0, 0), (4, 2, 0, 0))),
        several((4, 0, 0, 0), ((4, 0, 0, 0), (0, 0, 0, 0))),
        several((10, 10, 5, 0), ((4, 4, 2, 0), (6, 6, 3, 0))),
        Table("q", "single", ("1", "2", "dk", "skip"), (6, 4, 0, 0), {}),
    ],
)
def test_counts_that_do_not_add_up_are_refused(table):
    with pytest.raises(Unbalanced):
        Tables(EVERYONE, GROUPS, (table,))


@pytest.mark.parametrize(
    ("everyone", "band"),
    [
        (Group("all", 11), (Group("a", 4), Group("b", 6))),
        (Group("all", 10, of=19), (Group("a", 4, of=8), Group("b", 6, of=12))),
        (Group("all", 10, of=20), (Group("a", 4, of=8), Group("b", 6))),
    ],
)
def test_groups_that_do_not_add_up_are_refused(everyone, band):
    with pytest.raises(Unbalanced, match="band"):
        Tables(everyone, {"band": band}, ())
