"""Who may do what to a work, and when: facts first, then the rights as sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

KINDERGARTEN: Final = "kindergarten"
ESCALATED: Final = "escalated"
"""The reason of a work that went to the protection team: not shown, and not the child's fault."""
BEFORE_OUTCOME: Final = ("published", "closed")
UNSENT: Final = ("draft", "returned")
ENDED: Final = ("withdrawn", "disqualified")


@dataclass(frozen=True, slots=True)
class Beginning:
    """A call in which a child wants to begin or to join a work; `works` of hers are in already."""

    call: Any
    works: int = 0


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A work, and what the child who asks is to it.

    `author` is hers to be: "" for none, else invited or agreed; `lead` began it. `waits_for` is
    how many invited authors have not said yes. `works` are others of hers in the same call.
    `use_ends`: she or her guardian has ended the use already, or never gave any. `helper`: a
    teacher handed it in for her.
    """

    call: Any
    standing: str
    reason: str = ""
    appeal: str = ""
    author: str = ""
    lead: bool = False
    waits_for: int = 0
    works: int = 0
    use_ends: bool = False
    helper: bool = False


@fact(_l("先进来，才能交作品。"))
def is_signed_in(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.is_authenticated)


@fact(_l("这里只收孩子的作品。"))
def is_child(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.is_child)


@fact(_l("这次征集还没有开始。"))
def has_begun(who: Any, thing: Any, now: datetime) -> bool:
    """A draft and a rehearsal never begin for a child."""
    call = thing.call
    return bool(call.state != "draft" and not call.rehearsal and call.phase(now) != "coming")


@fact(_l("这次已经收完了。下次再来。"))
def is_not_over(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.call.phase(now) != "over")


@fact(_l("这次收的是别的年龄的孩子的作品。你可以来看。"))
def is_of_asked_age(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.band) and who.band in thing.call.bands


@fact(_l("这次收的是别的区的作品。你可以来看。"))
def is_of_asked_district(who: Any, thing: Any, now: datetime) -> bool:
    """A call without districts is for the whole city."""
    return not thing.call.district_ids or who.district_id in thing.call.district_ids


@fact(_l("幼儿园的作品不参加评选。有不评选的征集时，欢迎你来。"))
def is_not_ranked_preschooler(who: Any, thing: Any, now: datetime) -> bool:
    """Preschoolers are not ranked (学前教育法 14, 19; R65)."""
    return not (thing.call.ranked and who.school_kind == KINDERGARTEN)


@fact(_l("要家里的大人先同意，你才能交作品。现在可以先看看。"))
def has_guardians_consent(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.of_age or who.consent)


@fact(_l("先在“我的”里看看我们记住什么，你同意了就能交作品。"))
def has_own_consent(who: Any, thing: Any, now: datetime) -> bool:
    return bool(not who.of_age or who.consent)


@fact(_l("这次你能交的都交过了。"))
def has_room(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.works < thing.call.entries_most)


@fact(_l("这不是你的作品。"))
def is_author(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.author != ""


@fact(_l("作品由开头的那位同学来改、来交。"))
def leads(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.lead


@fact(_l("开头的那位同学不能退出，只能收回整个作品。"))
def leads_not(who: Any, own: OwnWork, now: datetime) -> bool:
    return not own.lead


@fact(_l("作品已经交了，现在不能改。"))
def is_draft(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.standing == "draft"


@fact(_l("作品已经交了，现在不能改。"))
def is_returned(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.standing == "returned"


@fact(_l("还有同学没说“愿意”。请她先说，或者先把她的名字拿掉。"))
def all_agreed(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.waits_for == 0


@fact(_l("结果已经公示了，现在不能再动。"))
def is_before_outcome(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.call.state in BEFORE_OUTCOME


@fact(_l("这个作品已经不在这里了。"))
def is_here(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.standing not in ENDED and own.reason != ESCALATED


@fact(_l("这个作品现在不能再请人看了。"))
def is_judged(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.standing in ("returned", "refused") and own.reason not in (ESCALATED, "file")


@fact(_l("你已经请过另一位老师看了。"))
def is_not_asked_yet(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.appeal == ""


@fact(_l("这个作品现在没有在用。"))
def is_used(who: Any, own: OwnWork, now: datetime) -> bool:
    return not own.use_ends


@fact(_l("这个作品不是老师替你交的。"))
def is_brought(who: Any, own: OwnWork, now: datetime) -> bool:
    return own.helper


_CHILD: Final = (is_signed_in, is_child)
_CONSENTED: Final = (has_guardians_consent, has_own_consent)
_ASKED: Final = (
    *_CHILD,
    has_begun,
    is_not_over,
    is_of_asked_age,
    is_of_asked_district,
    is_not_ranked_preschooler,
    *_CONSENTED,
)
_MINE: Final = (*_CHILD, is_author)
_RETURNED: Final = (*_MINE, leads, is_returned, is_before_outcome)


@fact(_l("这一页是给家里大人点的。先按“我走了”，再请大人扫纸条上的码。"))
def is_no_child(who: Any, thing: Any, now: datetime) -> bool:
    return not who.is_child


may_begin_work = right("begin_work", (*_ASKED, has_room))
may_join_work = right("join_work", (*_ASKED, has_room))
may_agree_to_work = right(
    "agree_to_work",
    (*_MINE, is_draft, *_ASKED[2:], has_room),
    (*_MINE, is_returned, is_before_outcome, *_CONSENTED),
)
may_change_work = right(
    "change_work",
    (*_MINE, leads, is_draft, *_ASKED[2:]),
    (*_RETURNED, *_CONSENTED),
)
may_hand_in = right(
    "hand_in",
    (*_MINE, leads, is_draft, *_ASKED[2:], has_room, all_agreed),
    (*_RETURNED, *_CONSENTED, all_agreed),
)
may_withdraw_work = right("withdraw_work", (*_MINE, leads, is_here, is_before_outcome))
may_disown_work = right("disown_work", (*_MINE, leads, is_brought, is_here, is_before_outcome))
may_leave_work = right("leave_work", (*_MINE, leads_not, is_here, is_before_outcome))
may_end_use = right("end_use", (*_MINE, is_here, is_used))
may_see_own_work = right("see_own_work", (*_MINE, is_here))
may_appeal_work = right("appeal_work", (*_MINE, leads, is_judged, is_not_asked_yet, *_CONSENTED))

may_sign_licence = right("sign_licence", (is_no_child,))
"""Whoever holds the code of a slip, but no child who is signed in: she can't sign for her guardian
with one more tap (R66)."""
