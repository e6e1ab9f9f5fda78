"""What a page may show of works, decided here alone: gallery, choice, print sheet and dossier ask.

`hanging` is the condition for a statement about `Entry`, `hangs` the same for one row; a test holds
the two equal. Both look at the days themselves, so that no job can be late.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from participation.contests.call import SEEN_STATES
from participation.contests.hanging import GivenRights, Hanging
from participation.contests.models import Author, Call, Entry, Licence
from participation.contests.queries.own import key_of
from participation.kernel.clock import city_day, now
from participation.kernel.database import session
from participation.kernel.errors import Missing


def hanging(moment: datetime) -> ColumnElement[bool]:
    """The condition under which a work hangs at this moment: approved, wished by its child, every
    author agreed with a guardian's licence that is not over, and the call is no rehearsal."""
    lacking = (
        select(Author.id)
        .outerjoin(Licence, Licence.author_id == Author.id)
        .where(
            Author.entry_id == Entry.id,
            or_(
                Author.consent != "agreed",
                Licence.author_id.is_(None),
                Licence.guardian != "agreed",
                Licence.ended_on.is_not(None),
                Licence.until < city_day(moment),
            ),
        )
    )
    public = select(Call.id).where(
        Call.id == Entry.call_id, Call.rehearsal.is_(False), Call.state.in_(SEEN_STATES)
    )
    return and_(
        Entry.standing == "approved",
        Entry.shown.is_(True),
        exists(select(Author.id).where(Author.entry_id == Entry.id)),
        ~exists(lacking),
        exists(public),
    )


def hangs(entry: Entry, moment: datetime) -> bool:
    """Does this work hang at this moment? Two small statements."""
    call = (
        session().execute(select(Call.state, Call.rehearsal).where(Call.id == entry.call_id)).one()
    )
    rights = session().execute(
        select(Author.consent, Licence.guardian, Licence.until, Licence.ended_on)
        .outerjoin(Licence, Licence.author_id == Author.id)
        .where(Author.entry_id == entry.id)
        .order_by(Author.id)
    )
    given = [GivenRights(c, guardian or "", until, ended) for c, guardian, until, ended in rights]
    whole = Hanging(entry.standing, entry.shown, call.rehearsal, call.state, given)
    return whole.on(city_day(moment))


def hung_entry(key: str) -> Entry:
    """The work of this key, if it hangs now; `Missing` for any other."""
    entry = session().get(Entry, key_of(key), populate_existing=True)
    if entry is None or not hangs(entry, now()):
        raise Missing
    return entry
