"""Writing every happening down in the transaction of its deed."""

import json
import secrets
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import count
from typing import Final

from participation.audit.models import Entry
from participation.kernel.clock import end_of, now, start_of, today
from participation.kernel.happenings import Happening
from participation.kernel.logs import request_id
from participation.kernel.rows import insert_once

_OWN: Final = frozenset({"subject", "by"})
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(milliseconds=1)
_WITHIN: Final = 2**20
"""So many places has each millisecond; the last one that fits into 62 bits is in 2109."""
_turns: Final = count(secrets.randbelow(_WITHIN))
_WRITE: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode


def write_down(happening: Happening) -> None:
    """One entry: what, to what, by whom, and the plain facts of the happening.

    A field marked `metadata={"secret": True}` (a password link, a free text, an exact small number)
    is left out. Of a veiled happening only the day is kept, and nothing of its request.

    Its place in the record is kept back too. Numbers that count on would put it between two deeds
    whose minutes are told, and with the minute of a sign-in beside them, or in step with the
    sheets, they would tell whose sheet it is. So an entry's number is the moment of the deed, and
    that of a veiled one any moment of its day: it may stand before or after everything else that
    happened then, and what stands beside it says nothing.
    """
    if not happening.recorded:
        return
    facts = {name: getattr(happening, name) for name in _told(type(happening))}  # type: ignore[arg-type]
    row = {
        "at": start_of(today()) if happening.veiled else now(),
        "what": type(happening).__name__,
        "subject_kind": happening.subject.kind,
        "subject_id": happening.subject.id,
        "by": happening.by,
        "facts": _WRITE(facts),
        "request": "" if happening.veiled else request_id.get(),
    }
    # Two deeds rarely draw the same number, and then the second one draws again.
    while not insert_once(Entry, {"id": _place(veiled=happening.veiled), **row}):
        pass


def _place(*, veiled: bool) -> int:
    """The number of a new entry: by the moment, then by turns, or anywhere in the city's day."""
    if not veiled:
        return _ticks(now()) * _WITHIN + next(_turns) % _WITHIN
    first, places = _places_of(today())
    return first + secrets.randbelow(places)


@lru_cache(maxsize=4)
def _places_of(day: date) -> tuple[int, int]:
    """The first number of a day, and how many it has: asked with every opinion."""
    first, over = _ticks(start_of(day)), _ticks(end_of(day))
    return first * _WITHIN, (over - first) * _WITHIN


def _ticks(moment: datetime) -> int:
    return (moment - _START) // _TICK


@lru_cache(maxsize=256)
def _told(kind: type[Happening]) -> tuple[str, ...]:
    """The names of the facts that are written down of this kind of happening."""
    return tuple(
        one.name for one in fields(kind) if one.name not in _OWN and not one.metadata.get("secret")
    )
