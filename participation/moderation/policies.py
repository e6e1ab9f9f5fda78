"""Who may judge a child's text: a moderator whose vetting and training are of the last year."""

from datetime import date, datetime, timedelta
from typing import Any

from participation.accounts.roles import MODERATOR
from participation.kernel.clock import city_day
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

YEAR = timedelta(days=366)
"""Checks and training are renewed every year (未成年人保护法 62)."""


def _fresh(day: date | None, now: datetime) -> bool:
    return day is not None and timedelta(0) <= city_day(now) - day < YEAR


@fact(_l("这里只有审核员能进来。"))
def is_moderator(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who is not None and who.role == MODERATOR and who.left_at is None)


@fact(_l("从业查询记录过期了，请先让管理员更新，再来看孩子的话。"))
def is_vetted(who: Any, thing: Any, now: datetime) -> bool:
    return _fresh(who.vetted_on, now)


@fact(_l("培训记录过期了，请先参加今年的培训，再来看孩子的话。"))
def is_trained(who: Any, thing: Any, now: datetime) -> bool:
    return _fresh(who.trained_on, now)


may_judge = right("may_judge", (is_moderator, is_vetted, is_trained))
"""`who` is an `accounts.Person` (the light identity has no dates), `thing` a case or None."""
