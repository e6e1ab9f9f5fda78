"""Who may judge: a matrix of the cast, before, during and after a year of vetting and training."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from participation.accounts.roles import ROLES
from participation.kernel.clock import now, today
from participation.moderation.policies import may_judge


def someone(role: str, **more: Any) -> Any:
    facts = {"vetted_on": today(), "trained_on": today(), "left_at": None}
    return SimpleNamespace(role=role, id=1, **{**facts, **more})


@pytest.mark.parametrize("role", ROLES)
def test_only_a_moderator_judges(role: str) -> None:
    assert may_judge(someone(role), None, now()) is (role == "moderator")


@pytest.mark.parametrize("what", ["vetted_on", "trained_on"])
@pytest.mark.parametrize(
    ("days", "may"), [(-1, False), (0, True), (364, True), (365, True), (366, False), (800, False)]
)
def test_vetting_and_training_last_a_year(what: str, days: int, may: bool) -> None:
    who = someone("moderator", **{what: today() - timedelta(days=days)})
    assert may_judge(who, None, now()) is may


@pytest.mark.parametrize("what", ["vetted_on", "trained_on"])
def test_without_a_date_nobody_judges_and_hears_why(what: str) -> None:
    refusal = may_judge.refusal(someone("moderator", **{what: None}), None, now())
    assert ("查询" if what == "vetted_on" else "培训") in str(refusal)


def test_one_who_left_or_is_unknown_judges_no_more() -> None:
    assert not may_judge(someone("moderator", left_at=now()), None, now())
    assert not may_judge(None, None, now())
