"""Casting: one flag on the roll and two sealed papers in the box, in one transaction.

Nothing else may be written in it: no window of a rate limit, no happening, no line of the log. The
caller keeps to that too (its page writes nothing in the same request): rows of one transaction can
be told on PostgreSQL until they are stirred.
"""

import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy import update

from participation.ballots.box import put_in
from participation.ballots.gate import enter
from participation.ballots.models import RollLine, SealedPaper
from participation.ballots.papers import choice_paper, half_hour_paper
from participation.ballots.policies import ALREADY, may_cast_ballot
from participation.ballots.queries import choices_for, voter_of, voting_by_id
from participation.ballots.receipts import Receipt, receipt_of
from participation.ballots.sweeping import leave_nothing
from participation.ballots.tally import is_sound
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.rows import insert_row
from participation.kernel.tables import random_key

PICK: Final = _l("请从这几个里面选")


def cast_ballot(voting_id: int, person_id: int, choice: Sequence[str]) -> Receipt:
    """Cast the one vote of this person; the receipt says that it came, not how she chose.

    `person_id` is hers who is at the screen; it is made the pseudonym of this voting at once.
    Refuses (`NotAllowed`) who is not on the roll, has voted, or comes too early or too late, and
    `RuleBroken` on `choice` for none, too many, or an option that is not hers.
    """
    voting = voting_by_id(voting_id)
    voter = voter_of(voting, person_id)
    moment = now()
    may_cast_ballot.require(voter, voting, moment)
    _check(choice, choices_for(voting, voter.circle), voting.choices_most)
    assert voting.box is not None  # noqa: S101 - an open voting has its box
    sealed = put_in(voting.box, voting_id, choice_paper(choice))
    other = put_in(voting.box, voting_id, half_hour_paper(moment, voter.circle))
    enter(voting_id)
    leave_nothing()
    if not _flag(voting_id, voter.key):
        raise NotAllowed(ALREADY)
    papers = [sealed, other]
    secrets.SystemRandom().shuffle(papers)
    for paper in papers:
        insert_row(SealedPaper, {"voting_id": voting_id, "id": random_key(), "sealed": paper})
    return receipt_of(voting_id, sealed)


def _check(choice: Sequence[str], offered: Sequence[str], most: int) -> None:
    if not choice:
        raise RuleBroken(_l("先选一个，再交。"), field="choice")
    if len(choice) > most:
        raise RuleBroken(_l("最多选 %(most)s 个。", most=most), field="choice")
    if not is_sound(choice, offered, most):
        raise RuleBroken(PICK, field="choice")


def _flag(voting_id: int, voter: bytes) -> bool:
    """Flag the line of the roll; False where somebody did so a moment before."""
    flagged = session().execute(
        update(RollLine)
        .where(RollLine.voting_id == voting_id, RollLine.voter == voter, RollLine.voted.is_(False))
        .values(voted=True)
    )
    return bool(flagged.rowcount == 1)  # type: ignore[attr-defined]
