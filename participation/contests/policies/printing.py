"""Who prints works for an exhibition: secretaries, and only what hangs."""

from datetime import datetime
from typing import Any

from participation.accounts.roles import SECRETARY
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right


@fact(_l("这是秘书处的工作。"))
def is_secretary(who: Any, call: Any, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("预演的作品不打印。"))
def is_real(who: Any, call: Any, now: datetime) -> bool:
    return not call.rehearsal


may_print_works = right("print_works", (is_secretary, is_real))
