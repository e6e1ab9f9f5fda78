"""Calls as they are shown: one by its number, kept in the worker's memory.

Whoever changes a published call grows its version (`naming.version_name`); every worker then loads
it anew with its next request.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.contests.call import SEEN_STATES, CallCriterion, CallPart, ShownCall
from participation.contests.models import Call
from participation.contests.naming import version_name
from participation.kernel.clock import today
from participation.kernel.database import database, session
from participation.kernel.errors import Missing
from participation.kernel.tables import Words
from participation.kernel.versions import version_of

_MOST_KEPT: Final = 128
_kept: OrderedDict[Any, ShownCall] = OrderedDict()
_lock = Lock()


def call(call_id: int) -> ShownCall:
    """A published call, open or over; raises `Missing` for a draft, a rehearsal and none at all.

    One small statement when this worker knows the call.
    """
    number = version_of(version_name(call_id))
    if not number:
        raise Missing
    key = (database().url, call_id, number, today())
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    loaded = shown(whole_call(call_id), number)
    if loaded.rehearsal or loaded.state not in SEEN_STATES:
        raise Missing
    with _lock:
        _kept[key] = loaded
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return loaded


def whole_call(call_id: int, *, lock: bool = False) -> Call:
    """The row with everything that belongs to it; raises `Missing` where there is none."""
    wanted = (
        select(Call)
        .where(Call.id == call_id)
        .options(
            joinedload(Call.unit),
            joinedload(Call.official),
            selectinload(Call.themes),
            selectinload(Call.uses),
            selectinload(Call.criteria),
            selectinload(Call.districts),
        )
        .execution_options(populate_existing=True)
    )
    row = session().scalar(wanted.with_for_update(of=Call) if lock else wanted)
    if row is None:
        raise Missing
    return row


def call_of(call_id: int) -> ShownCall:
    """A call in any state, rehearsals too: for who prepares it, judges in it or looks after it."""
    row = whole_call(call_id)
    return shown(row, version_of(version_name(call_id)))


_PLAIN: Final = (
    "id",
    "version",
    "state",
    "rehearsal",
    "kind",
    "title",
    "sign",
    "brief",
    "brief_small",
    "brief_older",
    "rules",
    "prizes",
    "use_for",
    "use_where",
    "years",
    "bands",
    "ranked",
    "entries_most",
    "authors_most",
    "pictures_most",
    "recording",
    "opens_at",
    "closes_at",
    "choice",
    "choice_opens_at",
    "choice_closes_at",
    "notice_from",
    "notice_until",
    "shows_until",
    "unit_id",
    "official_id",
    "answer_due",
)


def shown(row: Call, number: int) -> ShownCall:
    """A row with its parts, frozen."""
    return ShownCall(
        **{name: getattr(row, name) for name in _PLAIN},
        number=number,
        unit=row.unit.name if row.unit else Words(),
        official=_name_of(row.official),
        district_ids=tuple(place.id for place in row.districts),
        districts=tuple(place.name for place in row.districts),
        themes=tuple(CallPart(one.id, one.title) for one in row.themes),
        uses=tuple(CallPart(one.id, one.title) for one in row.uses),
        criteria=tuple(
            CallCriterion(one.id, one.title, one.praise, one.weight) for one in row.criteria
        ),
    )


def _name_of(official: Any) -> str:
    return (official.nickname or official.legal_name) if official else ""
