"""Who may do what to a concern: help goes to vetted officers, complaints to the secretaries."""

from datetime import datetime, timedelta
from typing import Any, Final

from participation.accounts.roles import SAFEGUARDING, SECRETARY
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

SEEING: Final = timedelta(minutes=60)
"""How long after a second officer agreed the first may look, once (R41)."""


@fact(_l("这里只有保护老师能进来。"))
def is_safeguarder(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.role == SAFEGUARDING)


@fact(_l("从业查询和培训都要在一年以内，才能看孩子的话。"))
def is_vetted(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.vetted)


@fact(_l("要等负责人确认了你，才能看孩子的话。"))
def is_confirmed(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.confirmed)


@fact(_l("求助的话只有保护老师能看。"))
def is_about_a_child(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.kind != "complaint")


@fact(_l("这里只有秘书处能进来。"))
def is_secretary(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("投诉由秘书处来看。"))
def is_complaint(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.kind == "complaint")


@fact(_l("这一条已经办完了。"))
def is_open(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.state != "done")


@fact(_l("这一条还没有结束。"))
def is_done(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.state == "done")


@fact(_l("演练结束了就是结束了，请再开始一次。"))
def is_no_drill(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.kind != "drill")


@fact(_l("正在等另一位保护老师同意结束，先等一等。"))
def is_not_closing(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.state != "closing")


@fact(_l("现在没有人请求结束这一条。"))
def is_closing(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.state == "closing")


@fact(_l("要另一位保护老师来确认，不能自己确认自己的。"))
def is_another_than_closed(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.person_id != thing.closing_by)


@fact(_l("只有请求结束的人能收回。"))
def is_who_closed(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.person_id == thing.closing_by)


@fact(_l("证据要保存到期满，现在不能删。"))
def is_no_longer_frozen(who: Any, thing: Any, now: datetime) -> bool:
    return thing.frozen_until is not None and bool(thing.frozen_until <= now)


@fact(_l("这件事由保护老师的负责人来做。"))
def is_head(who: Any, heads: Any, now: datetime) -> bool:
    return who.person_id in heads


@fact(_l("不能自己确认自己，要另一位负责人来做。"))
def is_another_person(who: Any, asked: Any, now: datetime) -> bool:
    return bool(who.person_id != asked.person_id)


@fact(_l("这件事由保护老师的负责人来做。"))
def is_a_head_asked(who: Any, asked: Any, now: datetime) -> bool:
    return who.person_id in asked.heads


@fact(_l("这个人现在不是保护老师。"))
def is_an_officer_asked(who: Any, asked: Any, now: datetime) -> bool:
    return bool(asked.is_officer)


@fact(_l("这位保护老师已经确认过了。"))
def is_not_confirmed_yet(who: Any, asked: Any, now: datetime) -> bool:
    return bool(asked.state != "confirmed")


@fact(_l("这个请求已经有人决定过了。"))
def is_undecided(who: Any, asked: Any, now: datetime) -> bool:
    return bool(asked.state == "asked")


@fact(_l("要另一位保护老师来同意，不能自己同意自己的。"))
def is_another_than_asked(who: Any, asked: Any, now: datetime) -> bool:
    return bool(who.person_id != asked.asked_by)


@fact(_l("只有提出请求的人能看。"))
def is_asker(who: Any, asked: Any, now: datetime) -> bool:
    return bool(who.person_id == asked.asked_by)


@fact(_l("还没有同意，或者已经看过一次了。"))
def is_approved(who: Any, asked: Any, now: datetime) -> bool:
    return bool(asked.state == "approved")


@fact(_l("同意以后 60 分钟内没有看，要重新请求。"))
def is_in_time(who: Any, asked: Any, now: datetime) -> bool:
    return asked.decided_at is not None and bool(now < asked.decided_at + SEEING)


@fact(_l("只有 1 级，孩子现在就有危险，才能一个人查。"))
def is_in_danger_now(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.level == 1)


@fact(_l("只有现在值班的保护老师能一个人查。"))
def is_on_duty(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.person_id == thing.on_duty)


@fact(_l("现在有人值班，请值班的保护老师查。"))
def is_nobody_on_duty(who: Any, thing: Any, now: datetime) -> bool:
    return thing.on_duty is None


@fact(_l("现在没有人值班：先接下来办，才能一个人查。"))
def has_taken(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.person_id == thing.taken_by)


@fact(_l("这件事由保护老师的负责人来做。"))
def is_a_head_judging(who: Any, judged: Any, now: datetime) -> bool:
    return who.person_id in judged.heads


@fact(_l("不能判断自己做的，要另一位负责人来写。"))
def is_another_than_saw(who: Any, judged: Any, now: datetime) -> bool:
    return bool(who.person_id != judged.seen_by)


@fact(_l("负责人已经写过判断了。"))
def is_unjudged(who: Any, judged: Any, now: datetime) -> bool:
    return judged.judged_at is None


_OFFICER: Final = (is_safeguarder, is_vetted, is_confirmed)
_AT_WORK: Final = (*_OFFICER, is_about_a_child, is_open)

may_read_concern = right(
    "may_read_concern", (*_OFFICER, is_about_a_child), (is_secretary, is_complaint)
)
may_work_on_concern = right("may_work_on_concern", _AT_WORK)
may_finish_complaint = right("may_finish_complaint", (is_secretary, is_complaint, is_open))
may_take_complaint = right("may_take_complaint", (is_secretary, is_complaint, is_open))
may_hand_to_officers = right("may_hand_to_officers", (is_secretary, is_complaint, is_open))
may_ask_closing = right("may_ask_closing", (*_AT_WORK, is_not_closing))
may_confirm_closing = right("may_confirm_closing", (*_AT_WORK, is_closing, is_another_than_closed))
may_withdraw_closing = right("may_withdraw_closing", (*_AT_WORK, is_closing, is_who_closed))
may_reopen_concern = right(
    "may_reopen_concern", (*_OFFICER, is_about_a_child, is_done, is_no_drill)
)
may_remove_concern = right(
    "may_remove_concern", (*_OFFICER, is_about_a_child, is_no_longer_frozen, is_done)
)
may_add_number = right("may_add_number", (*_OFFICER, is_about_a_child))
may_ask_identity = right("may_ask_identity", _AT_WORK)
may_decide_identity = right("may_decide_identity", (*_OFFICER, is_undecided, is_another_than_asked))
may_see_identity = right("may_see_identity", (*_OFFICER, is_asker, is_approved, is_in_time))
may_see_alone = right(
    "may_see_alone",
    (*_AT_WORK, is_in_danger_now, is_on_duty),
    (*_AT_WORK, is_in_danger_now, is_nobody_on_duty, has_taken),
)
may_judge_emergency = right(
    "may_judge_emergency", (*_OFFICER, is_a_head_judging, is_another_than_saw, is_unjudged)
)
may_set_duty = right("may_set_duty", (*_OFFICER, is_head))
may_confirm_officer = right(
    "may_confirm_officer",
    (
        *(*_OFFICER, is_a_head_asked),
        *(is_an_officer_asked, is_another_person, is_not_confirmed_yet),
    ),
)
