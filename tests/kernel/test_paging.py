"""Lists by key: the same rows forwards and backwards, and no address that breaks them."""

import pytest
from sqlalchemy import select

from participation.audit.models import Entry
from participation.consultations.models import Consultation
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.jobs import Job
from participation.kernel.lately import lately
from participation.kernel.paging import LARGEST_ID, LARGEST_KEY, Leaf, leaf, read_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("7", 7),
        (None, 0),
        ("", 0),
        ("x", 0),
        ("-1", 0),
        ("１２", 0),
        (str(LARGEST_ID), LARGEST_ID),
        (str(LARGEST_ID + 1), LARGEST_ID),
        ("9" * 19, LARGEST_ID),
        ("9" * 40, 0),
    ],
)
def test_a_key_out_of_an_address(text: str | None, key: int) -> None:
    assert read_key(text) == key


def test_a_list_by_a_longer_key_asks_for_it() -> None:
    assert read_key("9" * 19, most=LARGEST_KEY) == LARGEST_KEY
    assert read_key(str(2**60), most=LARGEST_KEY) == 2**60


@pytest.mark.usefixtures("unit")
def test_no_key_is_too_large_for_its_column() -> None:
    for column, most in ((Consultation.id, LARGEST_ID), (Entry.id, LARGEST_KEY)):
        for name in ("below", "above"):
            bound = {name: read_key("9" * 19, most=most)}
            assert leaf(select(column.class_), column, **bound) == Leaf(())


def page(**bounds: int) -> Leaf[Job]:
    return leaf(select(Job), Job.id, size=4, **bounds)


@pytest.mark.usefixtures("unit")
def test_there_and_back() -> None:
    assert page() == Leaf(())
    session().add_all(
        Job(kind="x", key=str(number), arguments="{}", run_after=now()) for number in range(1, 11)
    )
    session().flush()
    first = page()
    assert ([row.id for row in first.rows], first.newer, first.older) == ([10, 9, 8, 7], None, 7)
    second = page(below=7)
    assert ([row.id for row in second.rows], second.newer, second.older) == ([6, 5, 4, 3], 6, 3)
    last = page(below=3)
    assert ([row.id for row in last.rows], last.newer, last.older) == ([2, 1], 2, None)
    assert [row.id for row in page(above=2).rows] == [6, 5, 4, 3]
    assert page(above=6) == Leaf(first.rows, None, 7)
    assert page(below=1) == Leaf(())


def test_a_handler_is_found_when_it_is_needed() -> None:
    handler = lately("participation.kernel.lately:nothing_of_this_name")
    with pytest.raises(AttributeError):
        handler({})
    with pytest.raises(ModuleNotFoundError):
        lately("participation.nowhere:f")({})
