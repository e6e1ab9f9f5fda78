"""Who may see, write, publish and put off a call, try it out, and hand in a work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.accounts.roles import SECRETARY
from participation.contests.call import SEEN_STATES
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

KINDERGARTEN: Final = "kindergarten"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A call that is asked for as a rehearsal, and who was let in by the secretary."""

    rehearsal: bool
    guests: frozenset[int]


@fact(_l("先进来，才能交作品。"))
def is_signed_in(who: Any, call: Any, now: datetime) -> bool:
    return bool(who.is_authenticated)


@fact(_l("这里只收孩子的作品。"))
def is_child(who: Any, call: Any, now: datetime) -> bool:
    return bool(who.is_child)


@fact(_l("还没有开始收作品。"))
def has_begun(who: Any, call: Any, now: datetime) -> bool:
    return bool(call.state in SEEN_STATES and call.opens_at is not None and now >= call.opens_at)


@fact(_l("这次已经收完了。看看大家的作品吧。"))
def is_not_over(who: Any, call: Any, now: datetime) -> bool:
    return bool(call.state == "published" and call.closes_at is not None and now < call.closes_at)


@fact(_l("这次收的是别的年龄的作品。你可以来看。"))
def is_of_asked_age(who: Any, call: Any, now: datetime) -> bool:
    return bool(who.band) and who.band in call.bands


@fact(_l("这次收的是别的区的作品。你可以来看。"))
def is_of_asked_district(who: Any, call: Any, now: datetime) -> bool:
    return not call.district_ids or who.district_id in call.district_ids


@fact(_l("这次要评选，幼儿园的小朋友不用比。不评比的征集，欢迎你来。"))
def is_never_ranked_before_school(who: Any, call: Any, now: datetime) -> bool:
    """Before school nobody is ranked (学前教育法 14 and 19, R65)."""
    return not (call.ranked and who.school_kind == KINDERGARTEN)


@fact(_l("要家里的大人先同意，你才能交。现在可以先看看。"))
def has_guardians_consent(who: Any, call: Any, now: datetime) -> bool:
    return bool(who.of_age or who.consent)


@fact(_l("先在“我的”里看看我们记住什么，你同意了就能交。"))
def has_own_consent(who: Any, call: Any, now: datetime) -> bool:
    return bool(not who.of_age or who.consent)


@fact(_l("没有找到这一页"))
def is_public(who: Any, call: Any, now: datetime) -> bool:
    return call.state in SEEN_STATES and not call.rehearsal


@fact(_l("这是秘书处的工作。"))
def is_secretary(who: Any, call: Any, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("已经发布了，内容不能再改。"))
def is_draft(who: Any, call: Any, now: datetime) -> bool:
    return bool(call.state == "draft")


@fact(_l("这是预演。"))
def is_real(who: Any, call: Any, now: datetime) -> bool:
    return not call.rehearsal


@fact(_l("这不是预演。"))
def is_rehearsal(who: Any, call: Any, now: datetime) -> bool:
    return bool(call.rehearsal)


@fact(_l("没有找到这一页"))
def is_guest(who: Any, rehearsal: Rehearsal, now: datetime) -> bool:
    return who.person_id in rehearsal.guests


may_see_call = right("see_call", (is_public,), (is_secretary,))

may_hand_in = right(
    "hand_in",
    (
        is_signed_in,
        is_child,
        has_begun,
        is_not_over,
        is_of_asked_age,
        is_of_asked_district,
        is_never_ranked_before_school,
        has_guardians_consent,
        has_own_consent,
    ),
)

may_draft_call = right("draft_call", (is_signed_in, is_secretary))
may_change_call = right("change_call", (is_signed_in, is_secretary, is_real, is_draft))
may_publish_call = right("publish_call", (is_signed_in, is_secretary, is_real, is_draft))
may_extend_call = right("extend_call", (is_signed_in, is_secretary, is_real, is_not_over))
may_rehearse_call = right("rehearse_call", (is_signed_in, is_secretary, is_real))
may_run_rehearsal = right("run_rehearsal", (is_signed_in, is_secretary, is_rehearsal))
may_see_rehearsal = right(
    "see_rehearsal",
    (is_signed_in, is_rehearsal, is_secretary),
    (is_signed_in, is_rehearsal, is_guest),
)
