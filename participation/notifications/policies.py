"""Who may look after the letters: administrators, who see the addresses and never the words."""

from datetime import datetime
from typing import Any

from participation.accounts.roles import ADMINISTRATOR
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right


@fact(_l("这一页给管理员看"))
def is_administrator(who: Any, thing: Any, now: datetime) -> bool:
    """Administrators keep the post running."""
    return bool(who.role == ADMINISTRATOR)


may_send_again = right("may_send_again", (is_administrator,))
