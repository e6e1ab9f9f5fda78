"""Who may read a concern: help and moderation go to safeguarding, complaints to the secretaries."""

from datetime import datetime
from typing import Any

from participation.accounts.roles import SAFEGUARDING, SECRETARY
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right


@fact(_l("这里只有保护老师能进来。"))
def is_safeguarder(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.role == SAFEGUARDING)


@fact(_l("求助的话只有保护老师能看。"))
def is_about_a_child(who: Any, thing: Any, now: datetime) -> bool:
    return thing.kind in ("help", "moderation")


@fact(_l("这里只有秘书处能进来。"))
def is_secretary(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("投诉由秘书处来看。"))
def is_complaint(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.kind == "complaint")


@fact(_l("这一条已经办完了。"))
def is_open(who: Any, thing: Any, now: datetime) -> bool:
    return bool(thing.state != "done")


may_read_concern = right(
    "may_read_concern", (is_safeguarder, is_about_a_child), (is_secretary, is_complaint)
)
may_finish_concern = right(
    "may_finish_concern",
    (is_safeguarder, is_about_a_child, is_open),
    (is_secretary, is_complaint, is_open),
)
