"""Lists of calls by their phase, by page: what is open, coming and over. No rehearsal is in any."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, String, cast, literal, or_, select, tuple_

from participation.contests.call import ShownCall
from participation.contests.models import Call, CallDistrict
from participation.contests.queries.calls import calls_by_number
from participation.kernel.clock import city_day, now, today
from participation.kernel.database import session
from participation.kernel.paging import moment_key, read_moment_key
from participation.kernel.tables import Moment
from participation.kernel.versions import Version

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class CallPage:
    """Some calls of a list, and the key under which the list goes on (empty at its end)."""

    calls: tuple[ShownCall, ...]
    after: str


def open_calls(
    *, band: str = "", district_id: int = 0, after: str = "", most: int = PAGE
) -> CallPage:
    """What takes works now, the soonest to close first; for one band and district if given."""
    moment = now()
    rules = [Call.closes_at > moment, Call.opens_at <= moment]
    return _page([*rules, *_asked(band, district_id)], after, most, newest=False)


def coming_calls(*, after: str = "", most: int = PAGE) -> CallPage:
    """What will take works."""
    moment = now()
    return _page([Call.closes_at > moment, Call.opens_at > moment], after, most, newest=False)


def over_calls(*, after: str = "", most: int = PAGE) -> CallPage:
    """What took works, the latest first."""
    return _page([Call.closes_at <= now()], after, most, newest=True)


def _asked(band: str, district_id: int) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if band:
        rules.append(Call.bands.contains(band, autoescape=True))
    if district_id:
        mine = select(1).where(CallDistrict.call_id == Call.id)
        rules.append(
            or_(~mine.exists(), mine.where(CallDistrict.district_id == district_id).exists())
        )
    return rules


def _page(rules: list[Any], after: str, most: int, *, newest: bool) -> CallPage:
    place = (Call.closes_at, Call.id)
    name = literal("contest:") + cast(Call.id, String)
    wanted = (
        select(Call.id, Version.number, Call.closes_at)
        .join(Version, Version.name == name)
        .where(Call.state != "draft", Call.rehearsal.is_(False), *rules)
        .order_by(*(column.desc() if newest else column.asc() for column in place))
        .limit(most + 1)
    )
    key = read_moment_key(after)
    if key is not None:
        there, here = tuple_(*place), tuple_(literal(key[0], Moment()), literal(key[1]))
        wanted = wanted.where(there < here if newest else there > here)
    rows = session().execute(wanted).all()
    last = rows[most - 1] if len(rows) > most else None
    return CallPage(
        calls_by_number({row.id: row.number for row in rows[:most]}),
        moment_key(last.closes_at, last.id) if last else "",
    )


def days_left(call: ShownCall) -> int:
    """Days until the close of a call; 0 on its last day and once it is over."""
    return 0 if call.closes_at is None else max(0, (city_day(call.closes_at) - today()).days)
