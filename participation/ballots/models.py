"""Votings, what they offer, the roll, the sealed box, and what is left of it after the close.

No table of this room has a time, a counting number or an address beside a voter or a paper.
"""

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    false,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from participation.kernel.subjects import Subject
from participation.kernel.tables import Base, Code, Key, Moment, one_of, random_key

STATES = ("draft", "open", "closed", "counted")
BY_KEY = {"sqlite_with_rowid": False}
"""SQLite keeps the rows in the order of their own key, which is random, and has no row numbers."""


class Voting(Base):
    """One secret vote about a subject.

    States: draft → open (the roll is frozen) → closed (by the clock) → counted. `opener` and
    `roll_key` are sealed by the server's key; the first goes with the count, the second with the
    roll. `stirred` is how many lines of the roll were flagged when they were last shuffled.
    """

    __tablename__ = "ballots_votings"
    __table_args__ = (
        one_of("state", STATES),
        UniqueConstraint("subject_kind", "subject_id"),
        CheckConstraint("opens_at < closes_at", name="opens_before_closing"),
        CheckConstraint("choices_most >= 1", name="choices_most_positive"),
        CheckConstraint("roll_least >= 10", name="roll_least_floor"),
        CheckConstraint("state <> 'counted' OR opener IS NULL", name="counted_without_opener"),
        CheckConstraint("(state = 'counted') = (result <> '')", name="counted_with_result"),
        Index("ix_ballots_votings_state_closes_at", "state", "closes_at", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(Code, default="draft", server_default="draft")
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    choices_most: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    roll_least: Mapped[int] = mapped_column(Integer, default=10, server_default="10")
    box: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    opener: Mapped[bytes | None] = mapped_column(LargeBinary)
    roll_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    stirred: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    result: Mapped[str] = mapped_column(Text, default="", server_default="")
    counted_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def subject(self) -> Subject:
        """What the voting is about."""
        return Subject(self.subject_kind, self.subject_id)


class Offer(Base):
    """One option; with a circle (a school) only the voters of that circle may choose it."""

    __tablename__ = "ballots_options"

    voting_id: Mapped[int] = mapped_column(
        ForeignKey(Voting.id, ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(Code, primary_key=True)
    circle: Mapped[str] = mapped_column(Code, default="", server_default="")


class RollLine(Base):
    """One line of the roll: a pseudonym, its circle, and whether it has voted."""

    __tablename__ = "ballots_roll"
    __table_args__ = (BY_KEY,)

    voting_id: Mapped[int] = mapped_column(
        ForeignKey(Voting.id, ondelete="CASCADE"), primary_key=True
    )
    voter: Mapped[bytes] = mapped_column(Key, primary_key=True)
    circle: Mapped[str] = mapped_column(Code, default="", server_default="")
    voted: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class SealedPaper(Base):
    """A sealed paper in the box: a choice or a half hour, none can see which; gone once counted."""

    __tablename__ = "ballots_papers"
    __table_args__ = (BY_KEY,)

    voting_id: Mapped[int] = mapped_column(
        ForeignKey(Voting.id, ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[bytes] = mapped_column(Key, primary_key=True, default=random_key)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Pile(Base):
    """The opened papers that say the same, and how many they are: for counting again."""

    __tablename__ = "ballots_piles"
    __table_args__ = (CheckConstraint("papers >= 1", name="papers_positive"), BY_KEY)

    voting_id: Mapped[int] = mapped_column(
        ForeignKey(Voting.id, ondelete="CASCADE"), primary_key=True
    )
    choice: Mapped[str] = mapped_column(String(240), primary_key=True)
    papers: Mapped[int] = mapped_column(Integer)


class CountedReceipt(Base):
    """A receipt whose paper was opened and counted, in the order of its own text."""

    __tablename__ = "ballots_receipts"
    __table_args__ = (CheckConstraint("papers >= 1", name="papers_positive"), BY_KEY)

    voting_id: Mapped[int] = mapped_column(
        ForeignKey(Voting.id, ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(60), primary_key=True)
    papers: Mapped[int] = mapped_column(Integer)


class HalfHour(Base):
    """So many papers of a circle came in this half hour; fewer than ten are not kept."""

    __tablename__ = "ballots_half_hours"
    __table_args__ = (CheckConstraint("papers >= 10", name="papers_enough"), BY_KEY)

    voting_id: Mapped[int] = mapped_column(
        ForeignKey(Voting.id, ondelete="CASCADE"), primary_key=True
    )
    circle: Mapped[str] = mapped_column(Code, primary_key=True)
    starts: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    papers: Mapped[int] = mapped_column(Integer)


@event.listens_for(Voting, "before_update")
def refuse_to_count_anew(_mapper: Mapper[Voting], _connection: object, voting: Voting) -> None:
    """A result that was counted stays as it is."""
    if inspect(voting).attrs["result"].history.deleted not in ((), [""], [None]):
        raise RuntimeError("a counted result is not changed")
