"""Originals of texts in which places were blacked out: sealed by a key that no table holds."""

import json
from collections.abc import Sequence
from typing import Final

from participation.kernel.clock import start_of, today
from participation.kernel.database import session
from participation.kernel.vault import place_of, vault
from participation.moderation.models import Case, Original
from participation.moderation.redaction import Span

PURPOSE: Final = "moderation.originals"
TABLE: Final = "moderation_originals"
MARK: Final = "\x1e"
"""What a sealed text with its places begins with: no child's text holds a control character."""


def seal_original(case: Case, places: Sequence[Span]) -> None:
    """Keep the text of a case as it is now, sealed, with the places that are blacked out; it is
    opened when the verdict is taken back."""
    kept = MARK + json.dumps({"text": case.text, "places": list(places)}, ensure_ascii=False)
    sealed = vault(PURPOSE).seal(kept, place_of(TABLE, case.id, "sealed"))
    day = start_of(today())
    session().add(Original(case_id=case.id, sealed=sealed, at=day))
    session().flush()


def original_of(case: Case) -> tuple[str, list[Span]]:
    """The text before places were blacked out, and these places; empty where none were."""
    kept = session().get(Original, case.id)
    if kept is None:
        return "", []
    found = vault(PURPOSE).open(kept.sealed, place_of(TABLE, case.id, "sealed"))
    if not found.startswith(MARK):  # sealed before the places were kept
        return found, []
    whole = json.loads(found.removeprefix(MARK))
    return str(whole["text"]), [(int(start), int(end)) for start, end in whole["places"]]
