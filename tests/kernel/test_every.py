"""The table of cases bites: every row is tried, and each that fails is named."""

import pytest

from tests.support.every import MOST_SHOWN, every


def test_each_row_is_tried_once() -> None:
    tried = []

    @every(one=[1, 2], two__three=[(3, 4), (5, 6)])
    def test_rows(one: int, two: int, three: int) -> None:
        tried.append((one, two, three))

    test_rows()
    assert tried == [(1, 3, 4), (1, 5, 6), (2, 3, 4), (2, 5, 6)]
    assert test_rows.__name__ == "test_rows"


def test_all_rows_that_fail_are_named() -> None:
    @every(number=range(100))
    def test_rows(number: int) -> None:
        assert number not in (3, 97), "no such number"

    with pytest.raises(pytest.fail.Exception) as told:
        test_rows()
    assert "{'number': 3}: AssertionError: no such number" in str(told.value)
    assert "{'number': 97}" in str(told.value)
    assert "{'number': 4}" not in str(told.value)


def test_an_error_is_a_failure_and_a_flood_is_counted() -> None:
    @every(number=range(MOST_SHOWN + 2))
    def test_rows(number: int) -> None:
        raise LookupError(number)

    with pytest.raises(pytest.fail.Exception) as told:
        test_rows()
    assert "{'number': 0}: LookupError: 0" in str(told.value)
    assert "… and 2 more" in str(told.value)


def test_an_empty_axis_is_refused() -> None:
    with pytest.raises(AssertionError):
        every(number=[])
