"""Counting: the box is opened in memory, equal papers are piled, and the papers and the key go.

Nothing that is written down belongs to one paper: a pile is how many say the same, a receipt stands
without a choice, a half hour without either. Lists are written in the order of their own text.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, select

from participation.ballots.actions.stirring import stir_roll
from participation.ballots.box import take_out
from participation.ballots.bursts import large_enough
from participation.ballots.gate import shut
from participation.ballots.happenings import VotingCounted
from participation.ballots.keys import opened_key
from participation.ballots.models import (
    CountedReceipt,
    HalfHour,
    Pile,
    RollLine,
    SealedPaper,
    Voting,
)
from participation.ballots.papers import choice_on, half_hour_on, pile_name
from participation.ballots.queries import circles_of, voting_by_id
from participation.ballots.receipts import receipt_of
from participation.ballots.sweeping import leave_nothing, sweep
from participation.ballots.tally import LEAST, Choice, Tally, count, hide_small
from participation.kernel import jobs
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session

SWEEP: Final = "sweep-ballots"
AT_ONCE: Final = 1000


class BoxDisagrees(Exception):
    """There are not as many papers as flagged lines on the roll: somebody must look at it."""


@dataclass(slots=True)
class Opened:
    """What lay in the box, with nothing left that belongs to one paper."""

    piles: Counter[Choice] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    half_hours: Counter[tuple[str, datetime]] = field(default_factory=Counter)


def count_job(arguments: dict[str, Any]) -> Callable[[], None]:
    """The handler of `count-voting`: opens the box in a reading unit, then writes."""
    voting_id: int = arguments["id"]
    voting = voting_by_id(voting_id)
    if voting.state != "closed":
        return lambda: None
    opened = open_box(voting)
    return lambda: write_count(voting_id, opened)


def sweep_job(_arguments: dict[str, Any]) -> Callable[[], None]:
    """The handler of `sweep-ballots`: after a count, until nobody reads what was before it."""
    sweep()
    return lambda: None


def open_box(voting: Voting) -> Opened:
    """Open every paper of a closed voting.

    Raises `BoxDisagrees` unless each flagged line has its two papers, `Unreadable` for a paper that
    was not made for this box.
    """
    assert voting.state == "closed" and voting.opener is not None  # noqa: S101 - asked before
    opener = opened_key(voting.id, "opener", voting.opener)
    opened = Opened()
    papers = select(SealedPaper.sealed).where(SealedPaper.voting_id == voting.id)
    in_parts = papers.order_by(SealedPaper.id).execution_options(yield_per=AT_ONCE)
    with session().scalars(in_parts) as sealed:
        for one in sealed:
            _take(opened, voting.id, opener, one)
    came, flagged = opened.piles.total(), _lines(voting.id, voted=True)
    if not came == opened.half_hours.total() == flagged:
        raise BoxDisagrees(f"voting {voting.id}: papers and roll differ")
    return opened


def _take(opened: Opened, voting_id: int, opener: bytes, sealed: bytes) -> None:
    """Put one paper onto its pile."""
    paper = take_out(opener, voting_id, sealed)
    choice = choice_on(paper)
    if choice is None:
        opened.half_hours[half_hour_on(paper)] += 1
    else:
        opened.piles[choice] += 1
        opened.marks[receipt_of(voting_id, sealed).mark] += 1


def _lines(voting_id: int, *, voted: bool) -> int:
    lines = select(func.count()).where(RollLine.voting_id == voting_id)
    return session().scalar(lines.where(RollLine.voted) if voted else lines) or 0


def write_count(voting_id: int, opened: Opened) -> None:
    """Freeze the result and let the papers and the key go; again it does nothing.

    Below ten papers nothing is kept but that they were too few (R70). Announces `VotingCounted`.
    """
    shut(voting_id)
    voting = voting_by_id(voting_id)
    if voting.state != "closed":
        return
    leave_nothing()
    circles = circles_of(voting_id)
    tally = count(opened.piles, circles, voting.choices_most)
    few = tally.papers < LEAST
    if not few:
        tally = hide_small(tally, opened.piles, circles)
        _keep(voting_id, opened, hidden=frozenset(tally.hidden))
    voting.result = _frozen(tally, few=few, roll=_lines(voting_id, voted=False))
    voting.state, voting.opener, voting.counted_at = "counted", None, now()
    session().execute(delete(SealedPaper).where(SealedPaper.voting_id == voting_id))
    stir_roll(voting_id)
    announce(VotingCounted(subject=voting.subject, voting_id=voting_id, few=few))
    jobs.enqueue(SWEEP, str(voting_id))


def _frozen(tally: Tally, *, few: bool, roll: int) -> str:
    told: dict[str, Any] = {"roll": roll, "few": few}
    if not few:
        told |= {"papers": tally.papers, "counts": dict(tally.counts)}
        told |= {"spoiled": tally.spoiled, "hidden": list(tally.hidden)}
    return json.dumps(told, sort_keys=True)


def _keep(voting_id: int, opened: Opened, *, hidden: frozenset[str]) -> None:
    shown = {pile_name(c): n for c, n in opened.piles.items() if not hidden & {*c}}
    _write(Pile, ({"voting_id": voting_id, "choice": c, "papers": shown[c]} for c in sorted(shown)))
    marks = sorted(opened.marks.items())
    _write(CountedReceipt, ({"voting_id": voting_id, "mark": m, "papers": n} for m, n in marks))
    cells = large_enough(opened.half_hours).items()
    _write(
        HalfHour,
        (
            {"voting_id": voting_id, "circle": circle, "starts": starts, "papers": papers}
            for (circle, starts), papers in cells
        ),
    )


def _write(of: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    for start in range(0, len(listed), AT_ONCE):
        session().execute(insert(of), listed[start : start + AT_ONCE])
