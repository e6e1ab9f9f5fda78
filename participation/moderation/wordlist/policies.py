"""Who may keep the city's words: administrators, and moderators whose vetting is in date."""

from datetime import datetime
from typing import Any

from participation.accounts.roles import ADMINISTRATOR, MODERATOR
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right


@fact(_l("这里只有管理员和审核员能进来。"))
def is_administrator(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who is not None and who.role == ADMINISTRATOR)


@fact(_l("这里只有管理员和审核员能进来。"))
def is_moderator(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who is not None and who.role == MODERATOR)


@fact(_l("从业查询或培训的记录过期了，请先让管理员更新。"))
def is_in_date(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.vetted)


may_list_words = right("may_list_words", (is_administrator,), (is_moderator, is_in_date))
"""`who` is an `accounts.Identity`, `thing` is None."""
