"""The rights of the secretary's desk as matrices: each state of a call, for the whole cast."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from participation.accounts.identity import Identity, Nobody
from participation.contests.policies import calls as policies
from participation.kernel.policy import Right

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Thing:
    state: str = "published"
    rehearsal: bool = False
    closes_at: datetime | None = NOW + DAY


ROLES = (
    *("teacher", "moderator", "safeguarding", "secretary"),
    *("official", "administrator", "juror"),
)
CAST: dict[str, Identity | Nobody] = {
    "nobody": Nobody(),
    "child": Identity(person_id=7, role="child", sign_in="", mark=0, until=0, band="b"),
    **{
        role: Identity(person_id=20 + place, role=role, sign_in="", mark=0, until=0)
        for place, role in enumerate(ROLES)
    },
}
STATES = {
    "draft": Thing(state="draft"),
    "open": Thing(),
    "late": Thing(closes_at=NOW),
    "without dates": Thing(closes_at=None),
    "closed": Thing(state="closed", closes_at=NOW - DAY),
    "noticed": Thing(state="noticed", closes_at=NOW - DAY),
    "ended": Thing(state="ended", closes_at=NOW - DAY),
    "rehearsed": Thing(rehearsal=True),
    "rehearsed draft": Thing(state="draft", rehearsal=True),
}
REHEARSED = {"rehearsed", "rehearsed draft"}
REAL = set(STATES) - REHEARSED


def may(right: Right) -> set[tuple[str, str]]:
    """Every (state, person) for whom the right holds."""
    return {
        (state, name)
        for state, thing in STATES.items()
        for name, who in CAST.items()
        if right(who, thing, NOW)
    }


def test_everybody_sees_what_is_published_and_never_a_rehearsal() -> None:
    shown = {(state, name) for state in REAL - {"draft"} for name in CAST}
    assert may(policies.may_see_call) == shown | {(state, "secretary") for state in STATES}


@pytest.mark.parametrize(
    ("right", "states"),
    [
        (policies.may_draft_call, set(STATES)),
        (policies.may_change_call, {"draft"}),
        (policies.may_publish_call, {"draft"}),
        (policies.may_extend_call, {"open"}),
        (policies.may_rehearse_call, REAL),
        (policies.may_run_rehearsal, REHEARSED),
    ],
)
def test_the_secretary_manages(right: Right, states: set[str]) -> None:
    assert may(right) == {(state, "secretary") for state in states}


@pytest.mark.parametrize("is_rehearsal", [True, False])
def test_a_rehearsal_is_seen_by_secretaries_and_whom_they_let_in(is_rehearsal: bool) -> None:
    let_in = frozenset({CAST["juror"].person_id, CAST["teacher"].person_id})
    thing = policies.Rehearsal(is_rehearsal, let_in)
    found = {name for name, who in CAST.items() if policies.may_see_rehearsal(who, thing, NOW)}
    assert found == ({"secretary", "juror", "teacher"} if is_rehearsal else set())
