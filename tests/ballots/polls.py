"""A voting of children that need not exist: the room knows numbers of persons and no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from participation.ballots.actions import Entitled, Rules, draft_voting, open_voting
from participation.ballots.actions.closing import close_voting
from participation.ballots.actions.counting import count_job, sweep_job
from participation.ballots.models import Voting
from participation.ballots.queries import voting_by_id
from participation.kernel.clock import at, now
from participation.kernel.database import unit_of_work
from participation.kernel.subjects import Subject

OPTIONS = {"cat": "", "dog": "", "sun": ""}
LAST = timedelta(hours=6)


def drafted(
    *, opens_at: datetime | None = None, most: int = 1, subject: str = "7", roll_least: int = 10
) -> Voting:
    """A draft that opens now and closes in six hours."""
    begins = opens_at or now()
    rules = Rules(
        opens_at=begins, closes_at=begins + LAST, choices_most=most, roll_least=roll_least
    )
    return draft_voting(Subject("contest", subject), rules)


def opened(
    roll: Sequence[Entitled] | int = 40,
    options: Mapping[str, str] = OPTIONS,
    *,
    most: int = 1,
    subject: str = "7",
) -> Voting:
    """An open voting of the present unit; a number is that of persons from 1 on."""
    voting = drafted(most=most, subject=subject)
    listed = [Entitled(n + 1) for n in range(roll)] if isinstance(roll, int) else roll
    open_voting(voting.id, roll=listed, options=options)
    return voting


def over(voting_id: int) -> datetime:
    """The moment of its close."""
    with unit_of_work(writes=False):
        return voting_by_id(voting_id).closes_at


def close_and_count(voting_id: int) -> None:
    """As the worker does it, in units of their own."""
    with at(over(voting_id)):
        with unit_of_work():
            assert close_voting(voting_id)
        with unit_of_work(writes=False):
            deed = count_job({"id": voting_id})
        with unit_of_work():
            deed()
        with unit_of_work(writes=False):
            sweep_job({})()
