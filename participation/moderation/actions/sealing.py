"""Originals of texts in which places were blacked out: sealed by a key that no table holds."""

from typing import Final

from participation.kernel.clock import start_of, today
from participation.kernel.database import session
from participation.kernel.vault import place_of, vault
from participation.moderation.models import Case, Original

PURPOSE: Final = "moderation.originals"
TABLE: Final = "moderation_originals"


def seal_original(case: Case) -> None:
    """Keep the text of a case as it is now, sealed; it is opened when the verdict is taken back."""
    sealed = vault(PURPOSE).seal(case.text, place_of(TABLE, case.id, "sealed"))
    day = start_of(today())
    session().add(Original(case_id=case.id, sealed=sealed, at=day))
    session().flush()


def original_of(case: Case) -> str:
    """The text before places were blacked out; empty where none were."""
    kept = session().get(Original, case.id)
    if kept is None:
        return ""
    return vault(PURPOSE).open(kept.sealed, place_of(TABLE, case.id, "sealed"))
