"""Who may put an outcome up for notice, object to it, answer an objection, and end a call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.accounts.roles import SECRETARY
from participation.kernel.clock import city_day
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

NOTICED: Final = ("noticed", "ended")


@dataclass(frozen=True, slots=True)
class Noticing:
    """A call whose outcome goes up for notice, or stands there.

    `has_outcome`: the jury chose works; `rounds_left`: some of its rounds are not closed;
    `choice_left`: the children's choice is not counted; `objections_left`: some wait for an answer.
    """

    call: Any
    has_outcome: bool = False
    rounds_left: bool = False
    choice_left: bool = False
    objections_left: bool = False


@fact(_l("这是秘书处的工作。"))
def is_secretary(who: Any, noticing: Noticing, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("预演不公示。"))
def is_real(who: Any, noticing: Noticing, now: datetime) -> bool:
    return not noticing.call.rehearsal


@fact(_l("这次只展示、不评比，不用公示。"))
def is_ranked(who: Any, noticing: Noticing, now: datetime) -> bool:
    """Where nobody judges there is nothing to object to (R65)."""
    return bool(noticing.call.ranked)


@fact(_l("这次评比，先公示，再结束。"))
def is_unranked(who: Any, noticing: Noticing, now: datetime) -> bool:
    return not noticing.call.ranked


@fact(_l("收完作品、还没有公示的时候，才能做这件事。"))
def is_closed(who: Any, noticing: Noticing, now: datetime) -> bool:
    return bool(noticing.call.state == "closed")


@fact(_l("评委还没有评完。"))
def jury_is_done(who: Any, noticing: Noticing, now: datetime) -> bool:
    return not noticing.rounds_left


@fact(_l("孩子投票还没有数完。"))
def choice_is_counted(who: Any, noticing: Noticing, now: datetime) -> bool:
    return not noticing.choice_left


@fact(_l("还没有入围或者选中的作品。"))
def has_outcome(who: Any, noticing: Noticing, now: datetime) -> bool:
    return noticing.has_outcome


@fact(_l("没有找到这一页"))
def is_up(who: Any, noticing: Noticing, now: datetime) -> bool:
    """The thin list comes down by its date, whatever else happens (R69)."""
    call, day = noticing.call, city_day(now)
    first, last = call.notice_from, call.shows_until
    return call.state in NOTICED and bool(first and last and first <= day <= last)


@fact(_l("公示的时候才能提异议。现在不在公示。"))
def takes_objections(who: Any, noticing: Noticing, now: datetime) -> bool:
    call, day = noticing.call, city_day(now)
    first, last = call.notice_from, call.notice_until
    return call.state == "noticed" and bool(first and last and first <= day <= last)


@fact(_l("公示以后才能做这件事。"))
def is_noticed(who: Any, noticing: Noticing, now: datetime) -> bool:
    return bool(noticing.call.state == "noticed")


@fact(_l("公示的日子还没有满。"))
def notice_is_over(who: Any, noticing: Noticing, now: datetime) -> bool:
    last = noticing.call.notice_until
    return bool(last and city_day(now) > last)


@fact(_l("还有异议没有答复，先答复，再结束。"))
def objections_are_answered(who: Any, noticing: Noticing, now: datetime) -> bool:
    return not noticing.objections_left


@fact(_l("这条异议已经答复了。"))
def waits(who: Any, objection: Any, now: datetime) -> bool:
    return bool(objection.state == "waiting")


may_put_up_notice = right(
    "put_up_notice",
    (is_secretary, is_real, is_ranked, is_closed, jury_is_done, choice_is_counted, has_outcome),
)
may_see_notice = right("see_notice", (is_real, is_up))
may_object = right("object", (is_real, takes_objections))
may_answer_objection = right("answer_objection", (is_secretary, waits))
may_disqualify_work = right("disqualify_work", (is_secretary, is_real, is_noticed))
may_end_call = right(
    "end_call",
    (is_secretary, is_real, is_ranked, is_noticed, notice_is_over, objections_are_answered),
    (is_secretary, is_real, is_unranked, is_closed, objections_are_answered),
)
