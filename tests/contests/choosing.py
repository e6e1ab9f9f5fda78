"""What the tests of the children's choice play on: a closed call, a roll of children, a worker."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import time_machine

from participation import wiring
from participation.accounts.models import Person
from participation.contests.call import ShownCall
from participation.contests.models import Entry, Outcome
from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from tests.contests.stage import approved, published_call
from tests.support import factories
from tests.support.cast import Cast

TIMERS = ("open-choices", "close-votings")


def worker() -> None:
    """A minute of the worker: the timers of choices and votings, and what they ask for."""
    for name in TIMERS:
        with unit_of_work():
            wiring.HANDLERS[name]({})()
    while jobs.run_one(wiring.HANDLERS):
        pass


def class_mates(cast: Cast, most: int = 12, *, far: bool = False) -> list[Person]:
    """More children of the middle band in a class of the cast."""
    of = cast.far_class if far else cast.school_class
    mark = "远" if far else "近"
    with unit_of_work():
        return [
            factories.child(of, f"{mark}名{n}", f"{mark}{n}", born=date(now().year - 12, 1, 1))
            for n in range(most)
        ]


def choice_call(cast: Cast, choice: str = "any_school", **changes: Any) -> ShownCall:
    """A call that closed yesterday and whose choice opened an hour ago, for two days."""
    moment = now()
    usual: dict[str, Any] = {
        "state": "closed",
        "choice": choice,
        "opens_at": moment - timedelta(days=30),
        "closes_at": moment - timedelta(days=1),
        "choice_opens_at": moment - timedelta(hours=1),
        "choice_closes_at": moment + timedelta(days=2),
    }
    return published_call(cast, **(usual | changes))


def hung(call: ShownCall, *children: Person) -> list[Entry]:
    """One work of each of these children, on the wall."""
    return [
        approved(call, one, title=f"作品{n}", shuffle=n * 1000, band="b")
        for n, one in enumerate(children)
    ]


def listed(call: ShownCall, works: Sequence[Entry], level: str = "shortlisted") -> None:
    """The jury put these works on its short list."""
    with unit_of_work():
        for one in works:
            session().add(Outcome(entry_id=one.id, call_id=call.id, level=level))


def after(call: ShownCall) -> datetime:
    """A moment when the choice is over."""
    assert call.choice_closes_at is not None
    return call.choice_closes_at + timedelta(minutes=1)


def counted(call: ShownCall) -> None:
    """Close and count, when its time is over."""
    with time_machine.travel(after(call), tick=False):
        worker()
        worker()
