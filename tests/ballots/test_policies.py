"""Who may cast, and who may know what: before, while it runs, after the close, after the count."""

import ast
import inspect
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from participation.accounts.roles import ADMINISTRATOR, ROLES, SECRETARY
from participation.ballots import queries
from participation.ballots.models import STATES
from participation.ballots.policies import (
    Voter,
    may_cast_ballot,
    may_see_bursts,
    may_see_outcome,
    may_see_receipts,
)
from participation.ballots.receipts import Receipt
from participation.kernel.errors import NotAllowed
from participation.settings import ROOT
from tests.ballots.polls import opened
from tests.support.cast import Cast

OPENS = datetime(2026, 6, 16, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=5)
MOMENTS = {
    "before": OPENS - timedelta(seconds=1),
    "first": OPENS,
    "during": OPENS + timedelta(days=1),
    "last": CLOSES - timedelta(seconds=1),
    "after": CLOSES,
}
CHILDREN = {
    "on the roll": Voter(b"1", "", True, False),
    "has voted": Voter(b"2", "", True, True),
    "stranger": Voter(b"3"),
}


def voting(state: str) -> Any:
    return SimpleNamespace(state=state, opens_at=OPENS, closes_at=CLOSES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("who", CHILDREN)
def test_who_may_cast(who: str, moment: str, state: str) -> None:
    may = who == "on the roll" and state == "open" and moment in ("first", "during", "last")
    assert may_cast_ballot(CHILDREN[who], voting(state), MOMENTS[moment]) is may


def test_each_hears_why() -> None:
    said = {
        who: str(may_cast_ballot.refusal(CHILDREN[who], voting("open"), MOMENTS["during"]))
        for who in ("has voted", "stranger")
    }
    assert "每个人选一次" in said["has voted"] and "名单" in said["stranger"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_nobody_sees_a_number_before_the_count(state: str, moment: str) -> None:
    for role in ROLES:
        who, now = SimpleNamespace(role=role), MOMENTS[moment]
        counted = state == "counted"
        assert may_see_outcome(who, voting(state), now) is counted
        assert may_see_receipts(who, voting(state), now) is counted
        keeper = role in (SECRETARY, ADMINISTRATOR)
        assert may_see_bursts(who, voting(state), now) is (counted and keeper)


OF_THE_VOTER_HERSELF = {"voter_of", "may_cast"}
OF_THE_RULES = {"voting_by_id", "voting_about", "choices_for", "circles_of"}
NUMBERS = {"outcome_of", "receipts_of", "was_counted", "bursts_of"}


def test_a_new_question_is_looked_at_first() -> None:
    """A guard: whoever adds a question says here that it tells no number, or tests that it asks."""
    asked = {
        name
        for name, found in vars(queries).items()
        if inspect.isfunction(found)
        and found.__module__ == queries.__name__
        and not name.startswith("_")
    }
    assert asked == OF_THE_VOTER_HERSELF | OF_THE_RULES | NUMBERS


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_every_number_waits_for_the_count(unit: None, cast: Cast, state: str) -> None:
    found = opened()
    found.state = state
    receipt = Receipt(("moon",) * 4, "K7")
    for ask in (
        lambda: queries.outcome_of(found),
        lambda: queries.receipts_of(found),
        lambda: queries.was_counted(found, receipt),
        lambda: queries.bursts_of(cast.administrator, found),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_only_the_count_counts() -> None:
    """`count(` stands where the box is opened and, inside the database, where it is stirred."""
    counting = {
        path.name
        for path in (ROOT / "participation" / "ballots").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr == "count")
        or (isinstance(node, ast.Constant) and "count(" in str(node.value))
    }
    assert counting == {"counting.py", "stirring.py"}
