"""Who may do what to whom: for each right, each member of the cast."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from participation.accounts import policies
from participation.accounts.identity import Identity, Nobody
from participation.accounts.policies import ClassFacts, PersonFacts
from participation.accounts.roles import ROLES, STAFF, moderators, safeguarders, staff, teachers
from participation.kernel.doors import Door
from participation.kernel.errors import NotAllowed
from participation.kernel.policy import Right

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
CLASS = ClassFacts(class_id=5, school_id=3, teachers=frozenset({20}))
CHILD = PersonFacts(person_id=10, role="child", class_id=5, teachers=frozenset({20}))
COLLEAGUE = PersonFacts(person_id=90, role="official", class_id=0, teachers=frozenset())


def one(person_id: int, role: str, **more: object) -> Identity:
    return Identity(person_id=person_id, role=role, sign_in="00", mark=0, until=0, **more)


CAST: Mapping[str, Identity | Nobody] = {
    "child": one(10, "child", band="a", class_id=5),
    "teenager": one(11, "child", band="c", of_age=True),
    "stranger": one(12, "child", band="b"),
    "teacher": one(20, "teacher"),
    "far_teacher": one(21, "teacher"),
    "moderator": one(30, "moderator", vetted=True),
    "safeguarding": one(40, "safeguarding", vetted=True),
    "secretary": one(50, "secretary"),
    "official": one(60, "official", unit_id=1),
    "administrator": one(70, "administrator"),
    "nobody": Nobody(),
}
KEEPERS = {"teacher", "secretary", "administrator"}
OFFICE = {"secretary", "administrator"}

MATRIX: list[tuple[Right, object, set[str]]] = [
    (policies.may_keep_people, None, {"administrator"}),
    (policies.may_keep_schools, None, OFFICE),
    (policies.may_import_roster, None, OFFICE),
    (policies.may_see_class, CLASS, KEEPERS),
    (policies.may_issue_cards, CLASS, KEEPERS),
    (policies.may_reissue_card, CHILD, KEEPERS),
    (policies.may_reissue_card, replace(CHILD, has_left=True), set()),
    (policies.may_reissue_card, COLLEAGUE, set()),
    (policies.may_see_consents, CLASS, {"teacher"}),
    (policies.may_record_consent, CLASS, {"teacher"}),
    (policies.may_print_consent_forms, CLASS, {"teacher"}),
    (policies.may_end_sign_ins, CHILD, {"child", "teacher", "administrator"}),
    (policies.may_end_sign_ins, COLLEAGUE, {"administrator"}),
    (policies.may_decide_for_oneself, None, {"teenager"}),
    (policies.may_choose_nickname, None, {"child", "teenager", "stranger"}),
    (policies.may_know_card, None, {"child", "teenager", "stranger"}),
]


def id_of(part: object) -> str:
    """A name that is the same in every process; a set has no order."""
    if isinstance(part, Right):
        return part.name
    return "-".join(sorted(part)) if isinstance(part, set) else type(part).__name__


@pytest.mark.parametrize(("right", "thing", "allowed"), MATRIX, ids=id_of)
def test_only_these_may(right: Right, thing: object, allowed: set[str]) -> None:
    assert {name for name, who in CAST.items() if right(who, thing, NOW)} == allowed


def test_a_refusal_says_why() -> None:
    with pytest.raises(NotAllowed, match="别的老师"):
        policies.may_see_consents.require(CAST["far_teacher"], CLASS, NOW)
    with pytest.raises(NotAllowed, match="满 14 岁"):
        policies.may_decide_for_oneself.require(CAST["child"], None, NOW)


@pytest.mark.parametrize("door", [moderators, safeguarders])
def test_the_doors_to_childrens_words_close_when_vetting_runs_out(door: Door) -> None:
    role = next(iter(door.roles))
    assert door.opens_to(one(1, role, vetted=True, confirmed=True))
    assert door.opens_to(one(1, role, vetted=True)) == (role != "safeguarding")
    assert not door.opens_to(one(1, role, confirmed=True))
    assert not door.opens_to(one(1, "administrator", vetted=True))
    assert not door.opens_to(Nobody())


@pytest.mark.parametrize("role", ROLES)
def test_the_work_desk_is_for_staff_alone(role: str) -> None:
    assert staff.opens_to(one(1, role)) == (role in STAFF)
    assert teachers.opens_to(one(1, role)) == (role == "teacher")
