"""Writing every happening down in the transaction of its deed."""

import json
from dataclasses import fields
from functools import lru_cache
from typing import Final

from participation.audit.models import Entry
from participation.kernel.clock import now, start_of, today
from participation.kernel.happenings import Happening
from participation.kernel.logs import request_id
from participation.kernel.rows import insert_row

_OWN: Final = frozenset({"subject", "by"})
_WRITE: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode


def write_down(happening: Happening) -> None:
    """One entry: what, to what, by whom, and the plain facts of the happening.

    A field marked `metadata={"secret": True}` (a password link) is left out. Of a veiled happening
    only the day is kept: entries stand in the order of the sheets, and with their minute beside
    the minute of a sign-in they would tell whose sheet it is.
    """
    facts = {name: getattr(happening, name) for name in _told(type(happening))}  # type: ignore[arg-type]
    insert_row(
        Entry,
        {
            "at": start_of(today()) if happening.veiled else now(),
            "what": type(happening).__name__,
            "subject_kind": happening.subject.kind,
            "subject_id": happening.subject.id,
            "by": happening.by,
            "facts": _WRITE(facts),
            "request": "" if happening.veiled else request_id.get(),
        },
    )


@lru_cache(maxsize=256)
def _told(kind: type[Happening]) -> tuple[str, ...]:
    """The names of the facts that are written down of this kind of happening."""
    return tuple(
        one.name for one in fields(kind) if one.name not in _OWN and not one.metadata.get("secret")
    )
