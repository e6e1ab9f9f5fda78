"""The names of a school kept ready: who is in them, for how long, and how many."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from participation.accounts import queries
from participation.accounts.queries import names
from participation.kernel.clock import now
from participation.kernel.database import begin_unit, session, settle, unit_of_work
from tests.support import factories
from tests.support.cast import Cast


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_kept", names._Kept())
    monkeypatch.setattr(names, "_kept_schools", names._Kept())


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(now(), tick=False) as moved:
        yield moved


def asked(school_id: int) -> frozenset[str]:
    """In a light unit, as the express lane asks."""
    begin_unit(writes=True, light=True)
    try:
        return queries.roster_names(school_id)
    finally:
        settle(keep=False)


def test_the_present_pupils_of_one_school(app: Flask, cast: Cast) -> None:
    assert asked(cast.school.id) == {"王小满", "李一林", "孙阿柚"}
    assert asked(cast.far_school.id) == {"赵知了", "周糖糕", "钱陌生"}
    assert asked(0) == frozenset()


def test_the_names_of_a_school_itself(app: Flask, cast: Cast) -> None:
    begin_unit(writes=False, light=True)
    try:
        found = queries.school_names(cast.school.id)
        assert found == set(cast.school.name.values()) and len(found) == 2
        assert queries.school_names(cast.school.id) is found
        assert queries.school_names(0) == frozenset()
    finally:
        settle(keep=False)


def test_who_left_and_who_came_are_known_after_ten_minutes(
    app: Flask, cast: Cast, clock: time_machine.Traveller
) -> None:
    asked(cast.school.id)
    with unit_of_work():
        session().merge(cast.child).left_at = now()
        factories.child(cast.school_class, "许新来", "新来", born=cast.child.born)  # type: ignore[arg-type]
    assert "王小满" in asked(cast.school.id)
    clock.shift(timedelta(seconds=names.KEPT_FOR))
    assert asked(cast.school.id) == {"李一林", "孙阿柚", "许新来"}


def test_only_so_many_names_are_kept(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "MOST_NAMES", 4)
    for school in (cast.school, cast.far_school, cast.school):
        assert len(asked(school.id)) == 3
    assert [key[1] for key in names._kept._schools] == [cast.school.id]
