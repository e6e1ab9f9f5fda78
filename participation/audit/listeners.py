"""Writing every happening down in the transaction of its deed."""

import json
from dataclasses import fields

from participation.audit.models import Entry
from participation.kernel.clock import now
from participation.kernel.happenings import Happening
from participation.kernel.logs import request_id
from participation.kernel.rows import insert_row

_OWN = frozenset({"subject", "by"})


def write_down(happening: Happening) -> None:
    """One entry: what, to what, by whom, and the plain facts of the happening.

    A field marked `metadata={"secret": True}` (a password link) is left out.
    """
    facts = {
        item.name: getattr(happening, item.name)
        for item in fields(happening)
        if item.name not in _OWN and not item.metadata.get("secret")
    }
    insert_row(
        Entry,
        {
            "at": now(),
            "what": type(happening).__name__,
            "subject_kind": happening.subject.kind,
            "subject_id": happening.subject.id,
            "by": happening.by,
            "facts": json.dumps(facts, ensure_ascii=False, default=str),
            "request": request_id.get(),
        },
    )
