"""Who may do what to a concern, a request, the rota: roles × kinds × states × moments."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

from participation.accounts.identity import Nobody
from participation.accounts.roles import ROLES
from participation.kernel.clock import now
from participation.safeguarding import policies
from participation.safeguarding.models import KINDS, STATES
from participation.safeguarding.policies import (
    may_add_number,
    may_ask_closing,
    may_ask_identity,
    may_confirm_closing,
    may_confirm_officer,
    may_decide_identity,
    may_finish_complaint,
    may_hand_to_officers,
    may_judge_emergency,
    may_read_concern,
    may_remove_concern,
    may_reopen_concern,
    may_see_alone,
    may_see_identity,
    may_set_duty,
    may_take_complaint,
    may_withdraw_closing,
    may_work_on_concern,
)
from participation.safeguarding.queries.emergencies import Danger, Judging
from participation.safeguarding.queries.officers import Candidate
from tests.support.every import every

ME, OTHER = 1, 2
FIT = [(True, True), (False, True), (True, False)]
"""Vetted and confirmed."""


def who(role: str = "safeguarding", *, vetted: bool = True, confirmed: bool = True) -> Any:
    return SimpleNamespace(role=role, vetted=vetted, confirmed=confirmed, person_id=ME)


def concern(kind: str = "help", state: str = "new", **more: Any) -> Any:
    kept = {"kind": kind, "state": state, "closing_by": None, "frozen_until": None}
    return SimpleNamespace(**kept | more)


@every(vetted__confirmed=FIT, role=ROLES, kind=KINDS, state=STATES)
def test_the_matrix(role: str, kind: str, state: str, vetted: bool, confirmed: bool) -> None:
    visitor, thing = who(role, vetted=vetted, confirmed=confirmed), concern(kind, state)
    officer = role == "safeguarding" and vetted and confirmed and kind != "complaint"
    secretary = role == "secretary" and kind == "complaint"
    open_ = state != "done"
    assert may_read_concern(visitor, thing, now()) is (officer or secretary)
    assert may_work_on_concern(visitor, thing, now()) is (officer and open_)
    assert may_ask_identity(visitor, thing, now()) is (officer and open_)
    for deed in (may_finish_complaint, may_take_complaint, may_hand_to_officers):
        assert deed(visitor, thing, now()) is (secretary and open_)
    assert may_ask_closing(visitor, thing, now()) is (officer and open_ and state != "closing")
    reopens = officer and not open_ and kind != "drill"
    assert may_reopen_concern(visitor, thing, now()) is reopens
    assert may_add_number(visitor, thing, now()) is officer


@every(kind=KINDS)
def test_nobody_reads(kind: str) -> None:
    assert not may_read_concern(Nobody(), concern(kind), now())


@every(role=ROLES, state=STATES, asker=[ME, OTHER])
def test_only_a_second_officer_closes(role: str, state: str, asker: int) -> None:
    thing = concern(state=state, closing_by=asker)
    allowed = role == "safeguarding" and state == "closing" and asker == OTHER
    assert may_confirm_closing(who(role), thing, now()) is allowed
    withdraws = role == "safeguarding" and state == "closing" and asker == ME
    assert may_withdraw_closing(who(role), thing, now()) is withdraws
    assert not may_withdraw_closing(who(role, confirmed=False), thing, now())
    assert not may_confirm_closing(who(role, vetted=False), thing, now())
    assert not may_confirm_closing(who(role, confirmed=False), thing, now())


@every(role=ROLES, seconds=[None, -1, 0, 1])
def test_nothing_is_removed_while_it_is_frozen(role: str, seconds: int | None) -> None:
    moment = now()
    until = None if seconds is None else moment + timedelta(seconds=seconds)
    over = seconds is not None and seconds <= 0
    thing = concern(state="done", frozen_until=until)
    assert may_remove_concern(who(role), thing, moment) is (role == "safeguarding" and over)
    complaint = concern("complaint", "done", frozen_until=until)
    assert not may_remove_concern(who(role), complaint, moment)
    assert not may_remove_concern(who(role), concern(state="seen", frozen_until=until), moment)


@every(role=ROLES, vetted__confirmed=FIT, kind=KINDS, state=STATES)
def test_who_is_on_duty_looks_alone_or_who_has_it_where_nobody_is_and_only_in_danger(
    role: str, vetted: bool, confirmed: bool, kind: str, state: str
) -> None:
    visitor = who(role, vetted=vetted, confirmed=confirmed)
    fit = role == "safeguarding" and vetted and confirmed
    open_ = kind != "complaint" and state != "done"
    for level, on_duty, taken_by in product((0, 1, 2, 3), (ME, OTHER, None), (ME, OTHER, None)):
        mine = on_duty == ME or (on_duty is None and taken_by == ME)
        danger = Danger(kind, state, level, on_duty, taken_by)
        allowed = fit and open_ and level == 1 and mine
        assert may_see_alone(visitor, danger, now()) is allowed


@every(
    role=ROLES,
    vetted__confirmed=FIT,
    heads=[frozenset(), frozenset({ME}), frozenset({OTHER})],
    seen_by=[ME, OTHER, None],
    judged=[True, False],
)
def test_another_head_judges_it(
    role: str,
    vetted: bool,
    confirmed: bool,
    heads: frozenset[int],
    seen_by: int | None,
    judged: bool,
) -> None:
    thing = Judging(7, 1, seen_by, now(), now() if judged else None, heads)
    leads = role == "safeguarding" and vetted and confirmed and ME in heads
    allowed = leads and seen_by != ME and not judged
    visitor = who(role, vetted=vetted, confirmed=confirmed)
    assert may_judge_emergency(visitor, thing, now()) is allowed


@every(
    role=ROLES,
    state=["asked", "approved", "refused", "seen"],
    asker=[ME, OTHER],
    minutes=[None, 0, 59, 60],
)
def test_an_identity_is_asked_agreed_and_seen_by_the_right_one(
    role: str, state: str, asker: int, minutes: int | None
) -> None:
    moment = now()
    decided = None if minutes is None else moment - timedelta(minutes=minutes)
    asked = SimpleNamespace(state=state, asked_by=asker, decided_at=decided)
    officer, mine = role == "safeguarding", asker == ME
    in_time = minutes is not None and minutes < 60
    decides = officer and state == "asked" and not mine
    sees = officer and mine and state == "approved" and in_time
    assert may_decide_identity(who(role), asked, moment) is decides
    assert may_see_identity(who(role), asked, moment) is sees
    assert not may_see_identity(who(role, vetted=False), asked, moment)
    assert not may_decide_identity(who(role, vetted=False), asked, moment)
    assert not may_see_identity(who(role, confirmed=False), asked, moment)
    assert not may_decide_identity(who(role, confirmed=False), asked, moment)


@every(
    role=ROLES,
    heads__leads=[(frozenset(), False), (frozenset({ME}), True), (frozenset({OTHER}), False)],
    vetted__confirmed=FIT,
)
def test_the_head_enters_the_rota(
    role: str, heads: frozenset[int], leads: bool, vetted: bool, confirmed: bool
) -> None:
    visitor = who(role, vetted=vetted, confirmed=confirmed)
    fit = role == "safeguarding" and vetted and confirmed
    assert may_set_duty(visitor, heads, now()) is (fit and leads)


@every(
    role=ROLES,
    vetted__confirmed=FIT,
    heads=[frozenset(), frozenset({ME}), frozenset({OTHER})],
    asked=[ME, OTHER],
    state=["", "refused", "confirmed"],
    is_officer=[True, False],
)
def test_a_head_confirms_another(
    role: str,
    vetted: bool,
    confirmed: bool,
    heads: frozenset[int],
    asked: int,
    state: str,
    is_officer: bool,
) -> None:
    thing = Candidate(asked, is_officer, state, heads)
    leads = role == "safeguarding" and vetted and confirmed and ME in heads
    allowed = leads and asked == OTHER and is_officer and state != "confirmed"
    visitor = who(role, vetted=vetted, confirmed=confirmed)
    assert may_confirm_officer(visitor, thing, now()) is allowed


def test_every_right_is_tried_here() -> None:
    rights = {name for name in vars(policies) if name.startswith("may_")}
    assert rights <= set(globals())


def test_a_done_concern_says_why_it_is_closed() -> None:
    thing = concern("complaint", "done")
    refusal = may_finish_complaint.refusal(SimpleNamespace(role="secretary"), thing, now())
    assert "办完" in str(refusal)
