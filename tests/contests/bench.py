"""A jury for tests: jurors who said yes, approved works, a round planned, open or judged."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select, update

from participation import wiring
from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.contests.actions.rounds import RoundPlan, open_round, plan_round
from participation.contests.call import ShownCall
from participation.contests.models import (
    Assignment,
    Call,
    Criterion,
    Entry,
    Judgement,
    Juror,
    Round,
)
from participation.contests.queries import call_of, whole_call
from participation.contests.queries.rounds import round_of
from participation.contests.rules import BandRule, Rule
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.jobs import Job, run_one
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.contests.stage import call_row, who, work_row
from tests.support import factories
from tests.support.cast import Cast

RULE: Final = Rule({band: BandRule(top=2) for band in "abc"})


def closed_call(cast: Cast, kind: str = "drawing", **changes: Any) -> ShownCall:
    """A call that takes no more, with three criteria, as a rubric asks."""
    with unit_of_work():
        row = call_row(cast, kind, state="closed", closed_at=now(), **changes)
        session().add(
            Criterion(
                call_id=row.id,
                place=2,
                title=Words(zh="有自己的想法", en="An idea of one's own"),
                praise=Words(zh="你有自己的想法", en="You had an idea of your own"),
            )
        )
        session().flush()
        return call_of(row.id)


def juror(call: ShownCall, person: Person, alias: int, **changes: Any) -> Juror:
    """Somebody on a panel who said yes; in a unit of its own."""
    usual = {
        "call_id": call.id,
        "person_id": person.id,
        "panel": "child" if person.role == "child" else "adult",
        "alias": alias,
        "state": "accepted",
    }
    with unit_of_work():
        row = Juror(**(usual | changes))
        session().add(row)
        session().flush()
        return row


def jurors(cast: Cast, call: ShownCall, count: int) -> list[Person]:
    """So many adults of no school on the panel; the juror of the cast is the first."""
    with unit_of_work():
        more = [factories.staff("juror", f"{n}号评委") for n in range(2, count + 1)]
    people = [cast.juror, *more]
    for alias, person in enumerate(people, 1):
        juror(call, person, alias)
    return people


def jurors_added(cast: Cast, call: ShownCall, count: int) -> None:
    """So many more adults who said yes."""
    with unit_of_work():
        more = [factories.staff("juror", f"{n}号新评委") for n in range(count)]
    for alias, person in enumerate(more, 50):
        juror(call, person, alias)


def work_of(call: ShownCall, child: Person) -> Entry:
    """An approved work of this child."""
    with unit_of_work():
        return work_row(call, child, standing="approved")


def works(cast: Cast, call: ShownCall, count: int, *, bands: str = "ab") -> list[Entry]:
    """So many approved works of children of both schools, by turns of the bands."""
    made = []
    with unit_of_work():
        for number in range(count):
            of = (cast.school_class, cast.far_class)[number % 2]
            child = factories.child(
                of, f"某某{number}", f"作者{number}", born=cast.child.born or today()
            )
            made.append(
                work_row(
                    call,
                    child,
                    standing="approved",
                    band=bands[number % len(bands)],
                    title=f"作品{number}",
                )
            )
    return made


def plan(**changes: Any) -> RoundPlan:
    """A round of ratings: the best two of each band."""
    usual: dict[str, Any] = {
        "way": "rubric",
        "quorum": 3,
        "instructions": Words(zh="每件都看两遍。", en="Look at each twice."),
        "due_on": today() + timedelta(days=14),
        "rule": RULE,
    }
    return RoundPlan(**(usual | changes))


def secretary(cast: Cast, settings: Settings) -> Identity:
    """The identity of the secretary, in the present unit."""
    return who(cast.secretary, settings)


def planned_round(
    cast: Cast, settings: Settings, call: ShownCall, *, panel: str = "adult", **changes: Any
) -> int:
    """The id of a planned first round, in a unit of its own."""
    stage = changes.pop("stage", "first")
    with unit_of_work():
        row = plan_round(
            secretary(cast, settings), whole_call(call.id), panel, stage, plan(**changes)
        )
        return row.id


def opened_round(
    cast: Cast, settings: Settings, call: ShownCall, *, panel: str = "adult", **changes: Any
) -> int:
    """The id of a round that is open and dealt."""
    number = planned_round(cast, settings, call, panel=panel, **changes)
    with unit_of_work():
        found = whole_call(call.id, lock=True)
        open_round(secretary(cast, settings), found, round_of(call.id, number, lock=True))
    work()
    return number


def work() -> None:
    """Run everything that was asked of the worker, what was put off by seconds as well; a job that
    failed fails the test."""
    while True:
        with unit_of_work():
            session().execute(
                update(Job)
                .where(Job.state == "ready", Job.run_after > now(), Job.attempts == 0)
                .values(run_after=now())
            )
        if not run_one(wiring.HANDLERS):
            break
    with unit_of_work(writes=False):
        assert not session().scalars(select(Job.error).where(Job.error != "")).all()


def assignments(round_id: int, *, state: str = "") -> Sequence[Assignment]:
    """The seats of a round."""
    with unit_of_work(writes=False):
        wanted = select(Assignment).where(Assignment.round_id == round_id)
        if state:
            wanted = wanted.where(Assignment.state == state)
        return session().scalars(wanted.order_by(Assignment.id)).all()


def judge_all(
    round_id: int,
    call: ShownCall,
    value: Callable[[Assignment], int],
    *,
    but: Sequence[int] = (),
) -> None:
    """Every juror but these gives every criterion of each work `value` steps, straight as rows."""
    with unit_of_work():
        rows = session().scalars(
            select(Assignment).where(
                Assignment.round_id == round_id, Assignment.state.in_(("open", "deferred"))
            )
        )
        for row in rows.all():
            if row.juror_id in but:
                continue
            steps = {str(one.id): value(row) for one in call.criteria}
            session().add(
                Judgement(
                    assignment_id=row.id, steps=steps, yes=value(row) > 2, rank=None, liked_id=None
                )
            )
            row.state = "judged"


def round_row(round_id: int) -> Round:
    """The round as it is now."""
    with unit_of_work(writes=False):
        row = session().get(Round, round_id, populate_existing=True)
        assert row is not None
        return row


def call_now(call: ShownCall) -> Call:
    """The call, locked, in the present unit."""
    return whole_call(call.id, lock=True)


def own_seats(round_id: int, person_id: int, state: str = "") -> list[Assignment]:
    """The seats of one person in a round, in her order."""
    with unit_of_work(writes=False):
        wanted = (
            select(Assignment)
            .join(Juror, Juror.id == Assignment.juror_id)
            .where(Juror.person_id == person_id, Assignment.round_id == round_id)
        )
        if state:
            wanted = wanted.where(Assignment.state == state)
        return list(session().scalars(wanted.order_by(Assignment.place, Assignment.id)))


def full_rating(call: ShownCall, step: int = 4, **more: Any) -> dict[str, Any]:
    """A full rating as its form sends it."""
    steps = {f"step_{one.id}": str(step) for one in call.criteria}
    return {"version": "0", "liked": str(call.criteria[0].id), **steps, **more}


def own_juror(person_id: int) -> list[int]:
    """The seats of a person on panels."""
    with unit_of_work(writes=False):
        return list(session().scalars(select(Juror.id).where(Juror.person_id == person_id)))
