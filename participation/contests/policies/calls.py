"""Who may see, write, publish and put off a call, and try it out; works have their own rights."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.accounts.roles import SECRETARY
from participation.contests.call import SEEN_STATES
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A call that is asked for as a rehearsal, and who was let in by the secretary."""

    rehearsal: bool
    guests: frozenset[int]


@fact(_l("先进来，才能做这件事。"))
def is_signed_in(who: Any, call: Any, now: datetime) -> bool:
    return bool(who.is_authenticated)


@fact(_l("已经收完了，不能再推后。"))
def is_not_over(who: Any, call: Any, now: datetime) -> bool:
    return bool(call.state == "published" and call.closes_at is not None and now < call.closes_at)


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
