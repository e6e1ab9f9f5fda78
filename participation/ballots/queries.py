"""What ballots tells: a child about her own vote, everybody about a counted result.

There is no question here whose answer is a number before the count, for anybody.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select

from participation.ballots.bursts import Burst, in_lesson
from participation.ballots.keys import opened_key, pseudonym
from participation.ballots.models import CountedReceipt, HalfHour, Offer, RollLine, Voting
from participation.ballots.policies import (
    Voter,
    may_cast_ballot,
    may_see_bursts,
    may_see_outcome,
    may_see_receipts,
)
from participation.ballots.receipts import Receipt, receipt_from
from participation.ballots.tally import LEAST, Places, places
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.subjects import Subject

PAGE: Final = 100
STEP: Final = 5
"""Published counts are multiples of it (R74; the step of `figures.thresholds.PUBLIC`)."""


def voting_by_id(voting_id: int) -> Voting:
    """The voting as it stands now; raises `Missing`."""
    found = session().get(Voting, voting_id, populate_existing=True)
    if found is None:
        raise Missing
    return found


def voting_about(subject: Subject) -> Voting | None:
    """The voting about a subject, where there is one."""
    return session().scalar(
        select(Voting).where(Voting.subject_kind == subject.kind, Voting.subject_id == subject.id)
    )


def voter_of(voting: Voting, person_id: int) -> Voter:
    """What the roll says of her who is at the screen; ask it about nobody else."""
    if voting.roll_key is None:
        return Voter(b"")
    key = pseudonym(opened_key(voting.id, "roll_key", voting.roll_key), person_id)
    line = (
        session()
        .execute(
            select(RollLine.circle, RollLine.voted).where(
                RollLine.voting_id == voting.id, RollLine.voter == key
            )
        )
        .one_or_none()
    )
    return Voter(key, line.circle, True, line.voted) if line else Voter(key)


def may_cast(voting: Voting, person_id: int) -> bool:
    """May she cast now? For whether a page shows the button."""
    return may_cast_ballot(voter_of(voting, person_id), voting, now())


def choices_for(voting: Voting, circle: str) -> tuple[str, ...]:
    """The codes of what a voter of this circle may choose, in the order of the codes."""
    mine = or_(Offer.circle == "", Offer.circle == circle)
    codes = select(Offer.code).where(Offer.voting_id == voting.id, mine).order_by(Offer.code)
    return tuple(session().scalars(codes))


def circles_of(voting_id: int) -> dict[str, str]:
    """Each option with the circle it is offered to alone, "" for everybody."""
    rows = session().execute(
        select(Offer.code, Offer.circle).where(Offer.voting_id == voting_id).order_by(Offer.code)
    )
    return {row.code: row.circle for row in rows}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A counted result. Where it is `few`, there is nothing else to tell.

    `counts` are exact, for those who look after the vote; what is published is `papers_told` and
    `counts_told`, by the rules of R70 and R74. `hidden`: options of circles with too few papers.
    """

    few: bool
    papers: int = 0
    counts: Mapping[str, int] | None = None
    circles: Mapping[str, str] | None = None
    hidden: tuple[str, ...] = ()

    @property
    def papers_told(self) -> int:
        """How many papers, as it may be published."""
        return _rounded(self.papers)

    @property
    def counts_told(self) -> dict[str, int | None]:
        """Each option with its number as it may be published; None is "fewer than ten" or hidden.

        What came after the first places is for nobody's page: no drawing of a child is shown with
        how few chose it.
        """
        counts = self.counts or {}
        told = {code: _rounded(n) if n >= LEAST else None for code, n in counts.items()}
        return {**told, **dict.fromkeys(self.hidden)}

    def places(self, seats: int = 1, circle: str = "") -> Places:
        """Who comes first among the options for everybody, or among those of one circle."""
        circles = self.circles or {}
        counts = {c: n for c, n in (self.counts or {}).items() if circles.get(c, "") == circle}
        return places(counts, seats)


def _rounded(number: int) -> int:
    return (2 * number + STEP) // (2 * STEP) * STEP


def outcome_of(voting: Voting) -> Outcome:
    """The result; raises `NotAllowed` before it is counted, whoever asks."""
    may_see_outcome.require(None, voting, now())
    told = json.loads(voting.result)
    if told["few"]:
        return Outcome(few=True)
    circles = circles_of(voting.id)
    return Outcome(False, told["papers"], told["counts"], circles, tuple(told["hidden"]))


@dataclass(frozen=True, slots=True)
class Counted:
    """One page of receipts by their text; `after` is the mark with which the next page begins."""

    receipts: tuple[Receipt, ...]
    after: str = ""


def receipts_of(voting: Voting, *, after: str = "", size: int = PAGE) -> Counted:
    """The receipts whose papers were counted, without a choice beside any; empty for too few.

    Raises `NotAllowed` before the count: the list would tell how many have voted.
    """
    may_see_receipts.require(None, voting, now())
    marks = list(
        session().scalars(
            select(CountedReceipt.mark)
            .where(CountedReceipt.voting_id == voting.id, CountedReceipt.mark > after)
            .order_by(CountedReceipt.mark)
            .limit(size + 1)
        )
    )
    more = len(marks) > size
    return Counted(tuple(map(receipt_from, marks[:size])), marks[size - 1] if more else "")


def was_counted(voting: Voting, receipt: Receipt) -> bool:
    """Was the paper of this receipt counted? Raises `NotAllowed` before the count."""
    may_see_receipts.require(None, voting, now())
    return session().get(CountedReceipt, (voting.id, receipt.mark)) is not None


def bursts_of(who: Any, voting: Voting) -> list[Burst]:
    """The half hours in which ten and more papers of one circle came, the fullest first.

    For secretaries and administrators (`NotAllowed` for others, and before the count).
    """
    may_see_bursts.require(who, voting, now())
    rows = session().execute(
        select(HalfHour.circle, HalfHour.starts, HalfHour.papers)
        .where(HalfHour.voting_id == voting.id)
        .order_by(HalfHour.papers.desc(), HalfHour.circle, HalfHour.starts)
    )
    return [_burst(row.circle, row.starts, row.papers) for row in rows]


def _burst(circle: str, starts: datetime, papers: int) -> Burst:
    return Burst(circle, starts, papers, in_lesson(starts))
