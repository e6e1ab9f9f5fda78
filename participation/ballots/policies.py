"""Who may cast, and who may know what when: nobody learns a number before the count.

`who` is a `Voter` where a child casts, a person of the staff where somebody looks after the vote;
results and receipts ask about nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.accounts.roles import ADMINISTRATOR, SECRETARY
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

NOT_NOW: Final = _l("现在不能选。看看什么时候开始，什么时候结束。")
ALREADY: Final = _l("你已经选好了，我们收到了。每个人选一次。")


@dataclass(frozen=True, slots=True)
class Voter:
    """What the roll says of one child: her pseudonym in this voting, her circle, has she voted."""

    key: bytes
    circle: str = ""
    is_listed: bool = False
    has_voted: bool = False


@fact(_l("这次选的名单里没有你。有疑问，问问老师。"))
def is_on_the_roll(who: Any, voting: Any, now: datetime) -> bool:
    """Was she entitled when the roll was frozen?"""
    return bool(who.is_listed)


@fact(NOT_NOW)
def is_running(who: Any, voting: Any, now: datetime) -> bool:
    """Is it between the opening and the close?"""
    return bool(voting.state == "open" and voting.opens_at <= now < voting.closes_at)


@fact(ALREADY)
def has_not_voted(who: Any, voting: Any, now: datetime) -> bool:
    """Each child has one vote."""
    return not who.has_voted


@fact(_l("选的结果，全部结束以后大家一起看。"))
def is_counted(who: Any, voting: Any, now: datetime) -> bool:
    """Is it over and counted? Before that there is no number for anybody."""
    return bool(voting.state == "counted")


@fact(_l("这一页给管这次活动的老师看"))
def looks_after_votes(who: Any, voting: Any, now: datetime) -> bool:
    """Secretaries run the votes, administrators answer for the site."""
    return bool(who.role in (SECRETARY, ADMINISTRATOR))


may_cast_ballot = right("may_cast_ballot", (is_on_the_roll, is_running, has_not_voted))
may_see_outcome = right("may_see_outcome", (is_counted,))
may_see_receipts = right("may_see_receipts", (is_counted,))
may_see_bursts = right("may_see_bursts", (looks_after_votes, is_counted))
