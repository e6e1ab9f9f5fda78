"""What ballots tell the house: a voting opened, closed, was counted.

That somebody cast a ballot is told to nobody. Every happening runs its listeners in the transaction
of its deed, and each row that one of them writes there could be paired with the ballot.
"""

from dataclasses import dataclass

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class VotingOpened(Happening):
    """The roll of a voting was frozen."""

    voting_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class VotingClosed(Happening):
    """The time of a voting is over; nothing is counted yet."""

    voting_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class VotingCounted(Happening):
    """The box was opened and counted. `few`: too few papers came for a result to be told."""

    voting_id: int
    few: bool
