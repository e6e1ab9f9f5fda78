"""Who may read a dossier, acknowledge it and answer it: the officials of its unit, nobody else."""

from datetime import datetime
from typing import Any

from participation.accounts.roles import OFFICIAL, SECRETARY
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

OTHERS = _l("这份汇总是给别的单位的")


@fact(OTHERS)
def is_official_of_unit(who: Any, dossier: Any, now: datetime) -> bool:
    """Does this person answer for the unit that the dossier is addressed to?"""
    return bool(who.role == OFFICIAL and who.unit_id == dossier.unit_id)


@fact(OTHERS)
def is_secretary(who: Any, dossier: Any, now: datetime) -> bool:
    """Secretaries follow every dossier."""
    return bool(who.role == SECRETARY)


@fact(_l("已经签收过了"))
def is_not_received(who: Any, dossier: Any, now: datetime) -> bool:
    """Nobody of the unit has acknowledged it yet."""
    return dossier.receipt_at is None


may_read_dossier = right("may_read_dossier", (is_official_of_unit,), (is_secretary,))
may_acknowledge = right("may_acknowledge", (is_official_of_unit, is_not_received))
may_give_reply = right("may_give_reply", (is_official_of_unit,))
