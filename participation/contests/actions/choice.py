"""The children's choice: its roll and its options are frozen by the worker; a child chooses once.

Nothing is written beside the ballot in the request that casts: no happening, no window, no receipt
(see `ballots.actions.casting`).
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import and_, exists, or_, select, update

from participation.accounts.identity import Nobody
from participation.accounts.queries import entitled_children
from participation.ballots.actions import Entitled, Rules, cast_ballot, draft_voting, open_voting
from participation.ballots.happenings import VotingCounted
from participation.ballots.queries import voting_about
from participation.ballots.receipts import Receipt
from participation.ballots.tally import LEAST
from participation.contests.call import SEEN_STATES, ShownCall
from participation.contests.models import Call, Entry, Juror, Outcome, Round
from participation.contests.naming import CHOICE, choice_subject, version_name
from participation.contests.policies.choice import may_choose_work
from participation.contests.queries.calls import call_of
from participation.contests.queries.choice import (
    choosing_of,
    circle_of,
    circles_with_works,
    first_ids,
    offered_work,
)
from participation.contests.queries.hanging import hanging
from participation.kernel import jobs, versions
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken

OPEN: Final = "open-choice"
MOST: Final = 50
MOST_OPTIONS: Final = 2000
"""More than these nobody looks through, so there is no fair choice among them."""
LEAST_OPTIONS: Final = 2
LISTED: Final = ("shortlisted", "selected", "adopted")

Deed = Callable[[], None]


def choose_work(who: Any, call: ShownCall, key: str) -> Receipt:
    """A child chooses a work; the receipt says that her paper came, and not which.

    Refuses (`NotAllowed`) who is not on the roll, judges in this call, has chosen, or comes too
    early or too late; raises `Missing` for a work that is not hers to choose or hangs no more.
    """
    choosing = choosing_of(who, call)
    may_choose_work.require(who, choosing, now())
    work = offered_work(choosing, key)
    return cast_ballot(choosing.voting.id, who.person_id, [work.key])


def open_due(_arguments: dict[str, Any]) -> Deed:
    """The timer of openings: asks for one job for each choice whose time has come.

    With a jury it waits for what the jury put on its short list. One that can't open yet (too few
    children for a secret vote) is looked at again within the hour.
    """
    moment = now()
    listed = exists(select(Outcome.call_id).where(Outcome.call_id == Call.id))
    judged = exists(select(Round.id).where(Round.call_id == Call.id))
    rows = session().scalars(
        select(Call.id)
        .where(
            Call.choice != "none",
            Call.rehearsal.is_(False),
            Call.state.in_(SEEN_STATES),
            Call.choice_opens_at <= moment,
            Call.choice_closes_at > moment,
            or_(listed, ~judged),
        )
        .order_by(Call.choice_closes_at, Call.id)
        .limit(MOST)
    )
    found = [one for one in rows if voting_about(choice_subject(one)) is None]

    def ask() -> None:
        for call_id in found:
            jobs.enqueue(OPEN, f"{call_id}:{moment:%Y%m%d%H}", {"id": call_id})

    return ask


def open_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `open-choice`."""

    def open_it() -> None:
        open_choice(arguments["id"])

    return open_it


def open_choice(call_id: int) -> bool:
    """Freeze the roll and the options of a choice; False where it can't be held (yet).

    On the roll: children of the call's bands and districts whose consent counts now, but for those
    who judge in it. Between: what a jury put on its short list, or, where there is none, all that
    hangs. Nothing of either changes afterwards; a work that hangs no more can't be chosen any more.
    """
    call = call_of(call_id)
    if voting_about(choice_subject(call_id)) is not None:
        return False
    roll, options = _roll(call), _options(call)
    if call.choice == "own_school":
        roll, options = _fit(roll, options)
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        return False
    assert call.choice_opens_at and call.choice_closes_at  # noqa: S101 - a gap of the draft else
    rules = Rules(opens_at=call.choice_opens_at, closes_at=call.choice_closes_at)
    try:
        with session().begin_nested():
            voting = draft_voting(choice_subject(call_id), rules)
            open_voting(voting.id, roll=roll, options=options)
    except RuleBroken:
        return False
    versions.grow(version_name(call_id))
    return True


def _roll(call: ShownCall) -> list[Entitled]:
    """Who may choose, each with the pseudonym of her school as her circle."""
    jurors = select(Juror.person_id).where(
        Juror.call_id == call.id, Juror.state.in_(("invited", "accepted"))
    )
    but, circles = set(session().scalars(jurors)), {}
    listed = entitled_children(call.bands, call.district_ids)
    for school_id in {one.school_id for one in listed}:
        circles[school_id] = circle_of(school_id, call.id)
    return [
        Entitled(one.person_id, circles[one.school_id])
        for one in listed
        if one.person_id not in but
    ]


def _options(call: ShownCall) -> dict[str, str]:
    """What is chosen between, with the circle to which a work is offered alone."""
    on_list = select(Outcome.entry_id).where(Outcome.call_id == call.id, Outcome.level.in_(LISTED))
    judged = exists(select(Round.id).where(Round.call_id == call.id))
    has_outcome = exists(select(Outcome.entry_id).where(Outcome.call_id == call.id))
    wanted = (
        select(Entry.id, Entry.school)
        .where(
            Entry.call_id == call.id,
            hanging(now()),
            or_(Entry.id.in_(on_list), and_(~judged, ~has_outcome)),
        )
        .order_by(Entry.id)
        .limit(MOST_OPTIONS + 1)
    )
    own = call.choice == "own_school"
    return {row.id.hex(): row.school.hex() if own else "" for row in session().execute(wanted)}


def _fit(
    roll: Sequence[Entitled], options: dict[str, str]
) -> tuple[list[Entitled], dict[str, str]]:
    """Where each school chooses among its own: schools with ten children on the roll and two works.

    Smaller ones are left out, for there a result would tell who chose what (R70).
    """
    sizes: dict[str, int] = {}
    works: dict[str, int] = {}
    for one in roll:
        sizes[one.circle] = sizes.get(one.circle, 0) + 1
    for circle in options.values():
        works[circle] = works.get(circle, 0) + 1
    fit = {
        circle
        for circle, size in sizes.items()
        if size >= LEAST and works.get(circle, 0) >= LEAST_OPTIONS
    }
    left = {code: circle for code, circle in options.items() if circle in fit}
    return [one for one in roll if one.circle in fit], left


def note_choice(counted: VotingCounted) -> None:
    """A choice was counted: what came first is marked as chosen by children. Of another voting, or
    one that tells nothing, nothing is marked."""
    if counted.subject.kind != CHOICE:
        return
    call_id = int(counted.subject.id)
    versions.grow(version_name(call_id))
    if counted.few:
        return
    choosing = choosing_of(Nobody(), call_of(call_id))
    first: list[bytes] = []
    for circle in ("", *circles_with_works(choosing)):
        first += first_ids(choosing, circle)[0]
    session().execute(
        update(Outcome)
        .where(Outcome.call_id == call_id, Outcome.entry_id.in_(first))
        .values(by_children=True)
        .execution_options(synchronize_session=False)
    )
