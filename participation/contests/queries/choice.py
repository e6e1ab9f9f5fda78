"""The children's choice: what a child may choose from, in her own order; afterwards, what is first.

There is no question here whose answer is a number, before or after the count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select

from participation.accounts.queries.schools import school_ids, schools_by_id
from participation.ballots.bursts import Burst
from participation.ballots.queries import (
    bursts_of,
    choices_for,
    outcome_of,
    voter_of,
    voting_about,
)
from participation.contests.call import ShownCall
from participation.contests.models import Entry, Juror
from participation.contests.naming import call_subject, choice_subject
from participation.contests.policies.choice import Choosing
from participation.contests.queries.hanging import hanging
from participation.contests.queries.hung import HungWork, hung_works, id_of
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.pseudonyms import school_key
from participation.kernel.tables import Words

PAGE: Final = 12
MOST_FIRST: Final = 3
"""So many works may share the first place and still be named."""


def circle_of(school_id: int, call_id: int) -> str:
    """The circle of a school in the choice of a call: its pseudonym there, as works bear it."""
    return school_key(school_id, call_subject(call_id)).hex()


def choosing_of(who: Any, call: ShownCall) -> Choosing:
    """What the right to choose depends on, for her who is at the screen."""
    voting = voting_about(choice_subject(call.id))
    if voting is None or not who.is_child:
        return Choosing(call, voting)
    judges = select(Juror.id).where(
        Juror.call_id == call.id,
        Juror.person_id == who.person_id,
        Juror.state.in_(("invited", "accepted")),
    )
    voter = voter_of(voting, who.person_id)
    return Choosing(call, voting, voter, session().scalar(judges) is not None)


@dataclass(frozen=True, slots=True)
class Offered:
    """One page of what a child may choose from: every page of hers can be reached from it."""

    works: tuple[HungWork, ...]
    page: int
    pages: int


def offered(choosing: Choosing, page: int) -> Offered:
    """One page, in an order that is hers alone and always the same: over all children each work
    is shown alike often in each place."""
    ids = offered_ids(choosing)
    pages = max(1, -(-len(ids) // PAGE))
    page = min(max(page, 1), pages)
    chosen = ids[(page - 1) * PAGE : page * PAGE]
    found = hung_works(chosen)
    return Offered(tuple(found[one] for one in chosen if one in found), page, pages)


def offered_ids(choosing: Choosing) -> list[bytes]:
    """The works that she may choose and that hang at this moment, in her order."""
    codes = choices_for(choosing.voting, choosing.voter.circle)
    ids = [bytes.fromhex(code) for code in codes]
    rows = session().execute(
        select(Entry.id, Entry.school).where(Entry.id.in_(ids), hanging(now()))
    )
    others = choosing.call.choice == "other_schools"
    own = bytes.fromhex(choosing.voter.circle)
    left = [row.id for row in rows if not (others and row.school == own)]
    key = choosing.voter.key
    return sorted(left, key=lambda one: sha256(key + one).digest())


def offered_work(choosing: Choosing, key: str) -> HungWork:
    """One of the works that she may choose; raises `Missing` for any other."""
    wanted = id_of(key)
    found = hung_works([wanted]) if wanted in offered_ids(choosing) else {}
    if wanted not in found:
        raise Missing
    return found[wanted]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told after the count: the works that came first (several, where they are equal).

    `why` is few (too few chose), many (too many came first together), gone (what came first hangs
    no more), or empty.
    """

    works: tuple[HungWork, ...] = ()
    why: str = ""


def told_choice(choosing: Choosing, circle: str = "") -> Told:
    """What came first among the works for everybody, or among those of one circle.

    No number and no second place is told: no drawing of a child is shown with how few chose it.
    """
    ids, why = first_ids(choosing, circle)
    if not ids:
        return Told(why=why)
    found = hung_works(ids)
    works = tuple(found[one] for one in ids if one in found)
    return Told(works, "" if works else "gone")


def first_ids(choosing: Choosing, circle: str = "") -> tuple[list[bytes], str]:
    """The ids of what came first, or why there is none; raises `NotAllowed` before the count."""
    outcome = outcome_of(choosing.voting)
    if outcome.few:
        return [], "few"
    first = outcome.places(1, circle)
    codes: Sequence[str] = first.chosen or first.tied
    if not codes:
        return [], "few"
    if len(codes) > MOST_FIRST:
        return [], "many"
    return [bytes.fromhex(code) for code in codes], ""


def circles_with_works(choosing: Choosing) -> list[str]:
    """The circles that had works of their own to choose from; none where all chose alike."""
    outcome = outcome_of(choosing.voting)
    return sorted({circle for circle in (outcome.circles or {}).values() if circle})


def school_bursts(who: Any, choosing: Choosing) -> list[tuple[Words, Burst]]:
    """The full half hours with the names of the schools, for who looks after the choice."""
    found = bursts_of(who, choosing.voting)
    names = _school_names(choosing.call.id, {burst.circle for burst in found})
    return [(names.get(burst.circle, Words()), burst) for burst in found]


def _school_names(call_id: int, circles: set[str]) -> Mapping[str, Words]:
    """The names behind pseudonyms of schools: they are made anew, since they can't be read."""
    if not circles:
        return {}
    made = {circle_of(one, call_id): one for one in school_ids()}
    known = {made[circle]: circle for circle in circles if circle in made}
    return {known[one]: school.name for one, school in schools_by_id(known).items()}
