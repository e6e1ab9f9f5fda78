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


class _Kept:
    """The calls that this worker used last; a name in them is at most a day old."""

    def __init__(self) -> None:
        self._calls: OrderedDict[Any, ShownCall] = OrderedDict()
        self._lock = Lock()

    def find(self, call_id: int, number: int) -> ShownCall | None:
        """The call of this version, if it is kept."""
        key = (database().url, call_id, number, today())
        with self._lock:
            found = self._calls.get(key)
            if found is not None:
                self._calls.move_to_end(key)
            return found

    def keep(self, call: ShownCall) -> None:
        """Keep one more and let the oldest go."""
        with self._lock:
            self._calls[database().url, call.id, call.number, today()] = call
            while len(self._calls) > _MOST_KEPT:
                self._calls.popitem(last=False)


_kept = _Kept()


def call(call_id: int) -> ShownCall:
    """A published call, open or over; raises `Missing` for a draft, a rehearsal and none at all.

    One small statement when this worker knows the call.
    """
    number = version_of(version_name(call_id))
    found = calls_by_number({call_id: number}) if number else ()
    if not found:
        raise Missing
    return found[0]


def calls_by_number(numbers: dict[int, int]) -> tuple[ShownCall, ...]:
    """Published calls by id and version, in that order; what is none of them is left out."""
    found = {key: _kept.find(key, number) for key, number in numbers.items()}
    lacking = [key for key, one in found.items() if one is None]
    if lacking:
        public = (Call.id.in_(lacking), Call.state.in_(SEEN_STATES), Call.rehearsal.is_(False))
        for row in session().scalars(_whole().where(*public)):
            found[row.id] = loaded = shown(row, numbers[row.id])
            _kept.keep(loaded)
    return tuple(one for one in found.values() if one is not None)


def _whole() -> Any:
    """The statement that loads calls with everything that belongs to them."""
    return (
        select(Call)
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


def whole_call(call_id: int, *, lock: bool = False) -> Call:
    """The row with everything that belongs to it; raises `Missing` where there is none."""
    wanted = _whole().where(Call.id == call_id)
    row: Call | None = session().scalar(wanted.with_for_update(of=Call) if lock else wanted)
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
