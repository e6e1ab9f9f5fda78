"""The rights to card, certificate and the adopted work: person × work × moment."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from participation.contests.models.entries import STANDINGS
from participation.contests.policies.recognition import (
    Adoption,
    Recognition,
    may_make_certificate,
    may_name_adopted,
    may_see_card,
    may_take_back_adopted,
)

NOW = datetime(2026, 11, 30, tzinfo=UTC)
CHILD = SimpleNamespace(is_authenticated=True, is_child=True, role="child")
SECRETARY = SimpleNamespace(is_authenticated=True, is_child=False, role="secretary")
OTHERS = {
    role: SimpleNamespace(is_authenticated=True, is_child=False, role=role)
    for role in ("moderator", "juror", "teacher", "official", "administrator", "safeguarding")
} | {"nobody": SimpleNamespace(is_authenticated=False, is_child=False, role="")}
STATES = ("draft", "published", "closed", "noticed", "ended")


def work(
    state: str = "ended",
    standing: str = "approved",
    author: str = "agreed",
    level: str = "selected",
    rehearsal: bool = False,
) -> Recognition:
    call = SimpleNamespace(state=state, rehearsal=rehearsal)
    return Recognition(call, standing, author, level)


def allowed(right: Any, **changes: Any) -> bool:
    return bool(right(CHILD, work(**changes), NOW))


@pytest.mark.parametrize("state", STATES)
def test_by_the_state_of_the_call(state: str) -> None:
    assert allowed(may_see_card, state=state) is (state in ("noticed", "ended"))
    assert allowed(may_make_certificate, state=state) is (state == "ended")


@pytest.mark.parametrize("standing", STANDINGS)
def test_by_the_standing_of_the_work(standing: str) -> None:
    gone = ("draft", "withdrawn", "disqualified")
    assert allowed(may_see_card, standing=standing) is (standing not in gone)
    assert allowed(may_make_certificate, standing=standing) is (standing == "approved")


@pytest.mark.parametrize("level", ["", "shown", "shortlisted", "selected", "adopted"])
def test_by_what_became_of_it(level: str) -> None:
    assert allowed(may_see_card, level=level)
    chosen = level in ("shortlisted", "selected", "adopted")
    assert allowed(may_make_certificate, level=level) is chosen


@pytest.mark.parametrize("right", [may_see_card, may_make_certificate])
@pytest.mark.parametrize("changes", [{"author": ""}, {"author": "invited"}, {"rehearsal": True}])
def test_for_its_authors_alone_and_never_of_a_rehearsal(right: Any, changes: Any) -> None:
    assert not allowed(right, **changes)


@pytest.mark.parametrize("role", [*OTHERS, "secretary"])
def test_for_nobody_but_children(role: str) -> None:
    somebody = (OTHERS | {"secretary": SECRETARY})[role]
    for right in (may_see_card, may_make_certificate):
        assert not right(somebody, work(), NOW)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("rehearsal", [True, False])
def test_the_adopted_work(state: str, answered: bool, named: bool, rehearsal: bool) -> None:
    thing = Adoption(state, rehearsal, answered, named)
    over = state == "ended" and not rehearsal
    assert bool(may_name_adopted(SECRETARY, thing, NOW)) is (over and answered and not named)
    assert bool(may_take_back_adopted(SECRETARY, thing, NOW)) is (over and named)


@pytest.mark.parametrize("role", [*OTHERS, "child"])
def test_is_named_by_nobody_but_the_secretary(role: str) -> None:
    somebody = (OTHERS | {"child": CHILD})[role]
    assert not may_name_adopted(somebody, Adoption("ended", False, True, False), NOW)
    assert not may_take_back_adopted(somebody, Adoption("ended", False, True, True), NOW)
