"""Who reads what: a text is taken by one moderator alone, for as long as she is at it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, null, or_, select, tuple_, update
from sqlalchemy import case as case_when

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.moderation.actions.gold import gold_case_for
from participation.moderation.actions.opening import let_go
from participation.moderation.happenings import CaseClaimed, CaseReread
from participation.moderation.models import Case
from participation.moderation.policies import Taking, may_judge, may_read_on, may_take
from participation.moderation.queries.cases import held_case, held_cases, own_decided_case
from participation.moderation.queries.profiles import Profile, free, profile_of, takeable

LEASE: Final = timedelta(minutes=10)
BATCH: Final = 8
"""So many short texts are read on one page."""
HOLDS_ON: Final = _l("你手上还有没判完的。")
GONE: Final = _l("这条不用看了：孩子改过或撤回了，别的审核员拿走了，或者已经有了决定。请看下一条。")


class StillHolding(RuleBroken):
    """A moderator has texts in hand (`held`) and asked for others: she says first what becomes of
    them."""

    def __init__(self, held: Sequence[Case]) -> None:
        super().__init__(HOLDS_ON)
        self.held = held


def claim_next(who: Person, *, after: int = 0, queue: str = "") -> Case | None:
    """Take the free text that is to be read first, behind `after`; None where there is none.

    `queue` narrows to one queue. A moderator who still holds a text gets that one again, for
    another lease of ten minutes. Now and then it is a known one (`gold.py`).
    """
    profile = _reader(who)
    held = held_case(who.id)
    if held is not None:
        return _taken(who, Case.id == held.id)
    known = gold_case_for(who, now() + LEASE) if not (after or queue) else None
    if known is not None:
        announce(CaseClaimed(subject=_subject(known), by=who.id, case_id=known.id))
        return known
    first = _first(profile, 1, after=after, queue=queue)
    return _taken(who, Case.id == first.scalar_subquery())


def claim_batch(who: Person, *, drop: bool = False) -> list[Case]:
    """Take up to eight short texts without a mark, to be read one after the other on one page.

    Raises `StillHolding` where the moderator has texts in hand; with `drop` they go back to the
    queue.
    """
    profile = _reader(who)
    _empty_hands(who, drop=drop)
    ids = list(session().scalars(_first(profile, BATCH, queue="short")))
    taken = (_taken(who, Case.id == case_id) for case_id in ids)
    return [case for case in taken if case is not None]


def claim(who: Person, case_id: int, *, drop: bool = False) -> Case:
    """Take this text; raises `RuleBroken` when somebody else holds it or it waits no more.

    `NotAllowed` for one that this moderator does not take (`policies.may_take`), `StillHolding`
    where she has others in hand; with `drop` they go back to the queue.
    """
    profile = _reader(who)
    found = session().get(Case, case_id)
    if found is None:
        raise Missing
    may_take.require(who, Taking(found, profile), now())
    _empty_hands(who, but=case_id, drop=drop)
    taken = _taken(who, Case.id == case_id)
    if taken is None:
        raise RuleBroken(GONE)
    return taken


def _empty_hands(who: Person, *, but: int = 0, drop: bool) -> None:
    held = [case for case in held_cases(who.id) if case.id != but]
    if held and not drop:
        raise StillHolding(held)
    for case in held:
        put_back(who, case.id)


def put_back(who: Person, case_id: int) -> None:
    """Give a held text back to the queue, where it keeps its place. A known one just goes."""
    may_judge.require(who, None, now())
    mine = (Case.id == case_id, Case.state == "waiting", Case.held_by == who.id)
    given_back = update(Case).where(*mine, Case.kind != "gold")
    session().execute(given_back.values(version=Case.version + 1, **let_go()))
    gone = update(Case).where(*mine, Case.kind == "gold")
    session().execute(gone.values(state="withdrawn", text="", hints=[], ended_at=now(), **let_go()))


def reread(who: Person, case_id: int) -> Case:
    """Open once more what `who` decided herself; every opening goes on record.

    `Missing` for a case of somebody else, and for her own after `queries.cases.REREAD_FOR`.
    """
    may_judge.require(who, None, now())
    case = own_decided_case(who.id, case_id)
    if case is None:
        raise Missing
    announce(CaseReread(subject=_subject(case), by=who.id, case_id=case.id))
    return case


def renew(who: Person, case_id: int) -> bool:
    """Keep a held text for another lease, as long as its reader is at it; False where it is gone.

    The page asks for it every two minutes while somebody looks at it.
    """
    may_judge.require(who, None, now())
    kept = session().execute(
        update(Case)
        .where(Case.id == case_id, Case.state == "waiting", Case.held_by == who.id)
        .values(held_until=now() + LEASE)
    )
    return bool(kept.rowcount)  # type: ignore[attr-defined]


def _reader(who: Person) -> Profile:
    profile = profile_of(who)
    may_read_on.require(who, profile, now())
    return profile


def _first(profile: Profile, most: int, *, after: int = 0, queue: str = "") -> Select[int]:
    """The ids of the free texts that this moderator takes, by rank and age."""
    those = select(Case.id).where(Case.state == "waiting", free(now()), takeable(profile))
    if queue:
        those = those.where(Case.queue == queue)
    if after:
        place = select(Case.rank, Case.id).where(Case.id == after)
        those = those.where(tuple_(Case.rank, Case.id) > place.scalar_subquery())
    first = those.order_by(Case.rank, Case.id).limit(most)
    return first.with_for_update(skip_locked=True)


def _taken(who: Person, which: ColumnElement[bool]) -> Case | None:
    """Take a free or own text by one statement, so that two moderators never hold the same one."""
    moment = now()
    mine_or_free = or_(Case.held_by == who.id, free(moment))
    taken = session().scalar(
        update(Case)
        .where(and_(which, Case.state == "waiting", mine_or_free))
        .values(
            held_by=who.id,
            held_until=moment + LEASE,
            version=_unless_hers(who, Case.version, Case.version + 1),
            draft=_unless_hers(who, Case.draft, null()),
        )
        .returning(Case)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    if taken is not None:
        announce(CaseClaimed(subject=_subject(taken), by=who.id, case_id=taken.id))
    return taken


def _unless_hers(who: Person, kept: Any, otherwise: Any) -> ColumnElement[Any]:
    """A text that changes hands gets a new version, and nobody finds another's choice in it;
    taking one's own again changes nothing."""
    return case_when((Case.held_by == who.id, kept), else_=otherwise)


def _subject(case: Case) -> Subject:
    return Subject(case.subject_kind, case.subject_id)
