"""What the tests of calls play on: a whole outline, a draft, a published call, a rehearsal."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from participation.contests.actions.drafting import change_call, draft_call, publish_call
from participation.contests.actions.rehearsing import begin_rehearsal
from participation.contests.call import ShownCall
from participation.contests.defaults import USUAL
from participation.contests.models import Call
from participation.contests.outline import CallOutline, PlannedPart
from participation.contests.queries import call
from participation.contests.queries.calls import whole_call
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import city_day, now
from participation.kernel.database import unit_of_work
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.consultations.stage import who
from tests.support.cast import Cast

__all__ = ("drafted", "outline", "published", "rehearsed", "who")


def outline(cast: Cast, **changes: Any) -> CallOutline:
    """Everything that a call needs, opened an hour ago and open for a month."""
    opens = now() - timedelta(hours=1)
    closes = opens + timedelta(days=31)
    notice = city_day(closes) + timedelta(days=30)
    until = add_working_days(notice, 7).date
    whole = CallOutline(
        kind="drawing",
        title=Words(zh="我家门前的路", en="The road at my door"),
        sign="画",
        brief=Words(zh="画一画门前的路。\n它现在什么样？", en="Draw the road at your door."),
        brief_small=Words(zh="画门前的路。", en="Draw your road."),
        brief_older=Words(zh="画出它可以成为的样子。", en="Draw what it could be."),
        rules=Words(zh="什么纸都行。\n可以请人教，不能请人代画。", en="Any paper will do."),
        prizes=Words(zh="选中的画印在公交站牌上。", en="Chosen ones are printed at bus stops."),
        use_for=Words(zh="印在公交站牌上", en="printed at bus stops"),
        use_where=Words(zh="本市的公交站和这个网站", en="bus stops of this city and this site"),
        years=2,
        bands="abc",
        pictures_most=3,
        authors_most=4,
        opens_at=opens,
        closes_at=closes,
        notice_from=notice,
        notice_until=until,
        shows_until=until + timedelta(days=60),
        unit_id=cast.unit.id,
        official_id=cast.official.id,
        answer_due=until + timedelta(days=30),
        criteria=USUAL["drawing"].criteria,
        themes=(PlannedPart(Words(zh="过马路", en="Crossing")),),
        uses=(PlannedPart(Words(zh="印成明信片", en="As a postcard")),),
    )
    return replace(whole, **changes)


def chosen_by_children(cast: Cast, **changes: Any) -> CallOutline:
    """The same with a children's choice between the close and the notice."""
    whole = outline(cast)
    assert whole.closes_at
    window = {
        "choice": "any_school",
        "choice_opens_at": whole.closes_at + timedelta(days=7),
        "choice_closes_at": whole.closes_at + timedelta(days=14),
    }
    return replace(whole, **(window | changes))


def drafted(cast: Cast, settings: Settings, **changes: Any) -> Call:
    """A draft with that outline; in the present unit of work."""
    secretary = who(cast.secretary, settings)
    planned = outline(cast, **changes)
    row = whole_call(draft_call(secretary, planned.kind, planned.title).id)
    change_call(secretary, row, planned, version=row.version)
    return row


def published(cast: Cast, settings: Settings, **changes: Any) -> ShownCall:
    """A published call, in a unit of work of its own."""
    with unit_of_work():
        row = drafted(cast, settings, **changes)
        publish_call(who(cast.secretary, settings), row.id)
        return call(row.id)


def rehearsed(cast: Cast, settings: Settings, **changes: Any) -> int:
    """A rehearsal of a draft, in a unit of work of its own; returns its id."""
    with unit_of_work():
        row = drafted(cast, settings, **changes)
        return begin_rehearsal(who(cast.secretary, settings), row.id).id
