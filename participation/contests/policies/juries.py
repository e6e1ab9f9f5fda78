"""Who may set up a jury and its rounds, who judges, and when: facts first, then the rights."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.accounts.roles import CHILD, JUROR, SECRETARY, TEACHER
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

JURY_STATES: Final = ("published", "closed")
PANEL_ROLES: Final = {"adult": (JUROR, TEACHER), "child": (CHILD,)}


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat on a panel: whose it is, whether she has said yes, and the state of the call."""

    person_id: int
    state: str
    call_state: str


@dataclass(frozen=True, slots=True)
class Bench:
    """A round: of which call, in which state, and what the worker does with it just now."""

    call: Any
    state: str
    busy: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A work before a juror: whose it is, and whether she still has it.

    `assignment` is its state; `here`: the work is still in the round.
    """

    person_id: int
    juror_state: str
    round_state: str
    busy: str
    assignment: str
    here: bool = True


@fact(_l("先进来，才能做这件事。"))
def is_signed_in(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.is_authenticated)


@fact(_l("这是秘书处的工作。"))
def is_secretary(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("这次征集只展示，不评选，不用评委。"))
def is_ranked(who: Any, call: Any, now: datetime) -> bool:
    """Preschoolers are heard and shown, never ranked (学前教育法 14, 19; R65)."""
    return bool(call.ranked)


@fact(_l("结果已经公示了，评委不能再变。"))
def is_before_notice(who: Any, call: Any, now: datetime) -> bool:
    return call.state in ("draft", *JURY_STATES)


@fact(_l("征集发布了，才能请评委。"))
def is_published(who: Any, call: Any, now: datetime) -> bool:
    return bool(call.state != "draft")


@fact(_l("收完作品，才能开始评。"))
def takes_no_more(who: Any, bench: Bench, now: datetime) -> bool:
    return bool(bench.call.state == "closed")


@fact(_l("这一轮已经开始，规则不能再变。"))
def is_planned(who: Any, bench: Bench, now: datetime) -> bool:
    return bench.state == "planned"


@fact(_l("这一轮没有开着。"))
def is_open(who: Any, bench: Bench, now: datetime) -> bool:
    return bench.state == "open"


@fact(_l("正在分作品或算结果，请等一等。"))
def is_still(who: Any, bench: Bench, now: datetime) -> bool:
    return bench.busy == ""


@fact(_l("作品还没有收完，或者结果已经公示了。"))
def is_between(who: Any, call: Any, now: datetime) -> bool:
    return bool(call.state == "closed")


@fact(_l("这一轮还没有结束。"))
def is_closed(who: Any, bench: Bench, now: datetime) -> bool:
    return bench.state == "closed"


@fact(_l("没有找到这一页"))
def is_hers(who: Any, seat: Any, now: datetime) -> bool:
    return bool(who.is_authenticated and who.person_id == seat.person_id)


@fact(_l("你已经回答过了。"))
def is_invited(who: Any, chair: Chair, now: datetime) -> bool:
    return chair.state == "invited"


@fact(_l("要家里的大人先同意，你才能当评委。"))
def has_consent(who: Any, chair: Chair, now: datetime) -> bool:
    return bool(not who.is_child or who.consent)


@fact(_l("你现在不是这次征集的评委。"))
def is_on_panel(who: Any, chair: Chair, now: datetime) -> bool:
    return chair.state == "accepted"


@fact(_l("评审已经结束了。"))
def goes_on(who: Any, chair: Chair, now: datetime) -> bool:
    return chair.call_state in JURY_STATES


@fact(_l("没有找到这一页"))
def has_accepted(who: Any, seat: Seat, now: datetime) -> bool:
    return seat.juror_state == "accepted"


@fact(_l("没有找到这一页"))
def is_before_her(who: Any, seat: Seat, now: datetime) -> bool:
    """A work that she gave away, and one that left the round, is not there any more."""
    return seat.here and seat.assignment in ("open", "judged", "deferred")


@fact(_l("没有找到这一页"))
def is_dealt(who: Any, seat: Seat, now: datetime) -> bool:
    return seat.round_state != "planned" and seat.busy != "dealing"


@fact(_l("这一轮已经结束，不能再改。"))
def takes_judgements(who: Any, seat: Seat, now: datetime) -> bool:
    return seat.round_state == "open" and seat.busy in ("", "weighing")


_SECRETARY: Final = (is_signed_in, is_secretary)
_HERS: Final = (is_hers, has_accepted, is_before_her, is_dealt)

may_seat_jury = right("seat_jury", (*_SECRETARY, is_ranked, is_published, is_before_notice))
may_plan_round = right("plan_round", (*_SECRETARY, is_ranked, is_published, is_before_notice))
may_change_round = right("change_round", (*_SECRETARY, is_planned))
may_open_round = right("open_round", (*_SECRETARY, is_planned, takes_no_more))
may_steer_round = right("steer_round", (*_SECRETARY, is_open, is_still))
may_settle_outcomes = right("settle_outcomes", (*_SECRETARY, is_between))
may_read_report = right("read_report", (*_SECRETARY, is_closed))
may_answer_invitation = right("answer_invitation", (is_hers, is_invited, goes_on, has_consent))
may_decline_invitation = right("decline_invitation", (is_hers, is_invited, goes_on))
may_leave_panel = right("leave_panel", (is_hers, is_on_panel, goes_on))
may_see_work = right("see_work", _HERS)
may_judge_work = right("judge_work", (*_HERS, takes_judgements))
