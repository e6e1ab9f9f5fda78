"""Who may choose in a children's choice: each child of the roll once, in its days (R61)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.accounts.roles import SECRETARY
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right


@dataclass(frozen=True, slots=True)
class Choosing:
    """The choice in a call, and what the roll says of her who is at the screen.

    `voting` is None until the roll is frozen, `voter` None for who is no child, `judges` holds for
    who is on a panel of this call.
    """

    call: Any
    voting: Any = None
    voter: Any = None
    judges: bool = False


@fact(_l("没有找到这一页"))
def is_held(who: Any, choosing: Choosing, now: datetime) -> bool:
    """Does this call, which everybody may see, ask its children?"""
    return choosing.call.choice != "none" and not choosing.call.rehearsal


@fact(_l("用童声卡进来，才能选。"))
def is_signed_in(who: Any, choosing: Choosing, now: datetime) -> bool:
    return bool(who.is_authenticated)


@fact(_l("这里由孩子自己选。大人不选，也不替孩子选。"))
def is_child(who: Any, choosing: Choosing, now: datetime) -> bool:
    return bool(who.is_child)


@fact(_l("你是这次的评委，已经评过了，就不再选。"))
def does_not_judge(who: Any, choosing: Choosing, now: datetime) -> bool:
    return not choosing.judges


@fact(_l("还没有开始选。"))
def has_begun(who: Any, choosing: Choosing, now: datetime) -> bool:
    voting = choosing.voting
    return voting is not None and voting.state != "draft" and voting.opens_at <= now


@fact(_l("已经选完了。"))
def is_not_over(who: Any, choosing: Choosing, now: datetime) -> bool:
    return bool(choosing.voting.state == "open" and now < choosing.voting.closes_at)


@fact(_l("这次选的名单里没有你。有疑问，问问老师。"))
def is_on_the_roll(who: Any, choosing: Choosing, now: datetime) -> bool:
    return bool(choosing.voter.is_listed)


@fact(_l("你已经选好了，我们收到了。每个人选一次。"))
def has_not_chosen(who: Any, choosing: Choosing, now: datetime) -> bool:
    return not choosing.voter.has_voted


@fact(_l("这是秘书处的工作。"))
def is_secretary(who: Any, choosing: Choosing, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("选完、数好以后才看得到。"))
def is_counted(who: Any, choosing: Choosing, now: datetime) -> bool:
    """Before the count there is no number for anybody, secretaries as well."""
    return choosing.voting is not None and choosing.voting.state == "counted"


may_choose_work: Final = right(
    "choose_work",
    (
        is_held,
        is_signed_in,
        is_child,
        does_not_judge,
        has_begun,
        is_not_over,
        is_on_the_roll,
        has_not_chosen,
    ),
)
may_see_choice: Final = right("see_choice", (is_held, is_counted))
may_see_choice_bursts: Final = right("see_choice_bursts", (is_held, is_secretary, is_counted))
