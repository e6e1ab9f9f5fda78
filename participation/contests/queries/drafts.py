"""The secretary's desk: every call by its age, and one of them as an outline."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.accounts.identity import Identity, Nobody
from participation.accounts.models import Person
from participation.contests.models import Call, Juror, RehearsalGuest
from participation.contests.outline import CallOutline, PlannedCriterion, PlannedPart
from participation.contests.policies.calls import Rehearsal, may_see_rehearsal
from participation.contests.queries.calls import whole_call
from participation.contests.queries.listing import PAGE
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing

PLAIN = (
    *("kind", "title", "sign", "brief", "brief_small", "brief_older", "rules", "prizes"),
    *("use_for", "use_where", "years", "bands", "ranked"),
    *("entries_most", "authors_most", "pictures_most", "recording"),
    *("opens_at", "closes_at", "choice", "choice_opens_at", "choice_closes_at"),
    *("notice_from", "notice_until", "shows_until", "unit_id", "official_id", "answer_due"),
)
"""What of an outline stands as it is in the row of a call."""


def managed_calls(*, before: int = 0, most: int = PAGE) -> list[Call]:
    """One page of all calls and rehearsals, newest first, and one more if another page follows."""
    wanted = select(Call).options(joinedload(Call.unit))
    if before:
        wanted = wanted.where(Call.id < before)
    return list(session().scalars(wanted.order_by(Call.id.desc()).limit(most + 1)))


def outline_of(row: Call) -> CallOutline:
    """A wholly loaded call as an outline."""
    return CallOutline(
        **{name: getattr(row, name) for name in PLAIN},
        district_ids=tuple(place.id for place in row.districts),
        criteria=tuple(PlannedCriterion(one.title, one.praise, one.weight) for one in row.criteria),
        themes=tuple(PlannedPart(one.title) for one in row.themes),
        uses=tuple(PlannedPart(one.title) for one in row.uses),
    )


def rehearsal_for(who: Identity | Nobody, call_id: int) -> Call:
    """A rehearsal that this person may see; `Missing` for everybody else and for a real call."""
    row = whole_call(call_id)
    if not may_see_rehearsal(who, Rehearsal(row.rehearsal, _guest_ids(call_id)), now()):
        raise Missing
    return row


def guests_of(call_id: int) -> list[Person]:
    """The colleagues who were let into a rehearsal, by id."""
    wanted = select(Person).join(RehearsalGuest, RehearsalGuest.person_id == Person.id)
    return list(
        session().scalars(wanted.where(RehearsalGuest.call_id == call_id).order_by(Person.id))
    )


def _guest_ids(call_id: int) -> frozenset[int]:
    """Who may see a rehearsal besides secretaries: its guests and its jurors."""
    guests = select(RehearsalGuest.person_id).where(RehearsalGuest.call_id == call_id)
    jurors = select(Juror.person_id).where(
        Juror.call_id == call_id, Juror.state.in_(("invited", "accepted"))
    )
    return frozenset(session().scalars(guests.union(jurors)))
