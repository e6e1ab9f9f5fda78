"""Panels, rounds, who judges which work, and how."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.models import Person
from participation.contests.models.calls import Call, Criterion
from participation.contests.models.entries import Entry
from participation.kernel.tables import Base, Code, Moment, Serial, TwoTongues, Words, one_of

PANELS = ("adult", "child")
STAGES = ("first", "second", "final")
WAYS = ("yes_no", "rubric", "ranking")
ROUND_STATES = ("planned", "open", "closed")
BUSY = ("", "dealing", "weighing", "closing")
JUROR_STATES = ("invited", "accepted", "declined", "left")
ASSIGNMENT_STATES = ("open", "judged", "deferred", "recused", "ended")
CONFLICTS = ("school", "class", "family", "declared", "own")


class Round(Base):
    """One round of one panel: adults and children judge apart.

    `rule` says how works go on (per band: the best so many, or a threshold, and what happens to a
    tie), declared before the round opens. `seed` orders and shares out; it is published with the
    report. `partial` marks a close before every judgement came, with `sensitivity`: whether any
    missing one could have changed what became of a work. `report` is what the round came to, with
    jurors under their aliases. `busy` is what the worker does with it just now, `done` of `whole`
    rows; `shortages` says how many works can't reach the quorum, by why.
    """

    __tablename__ = "contests_rounds"
    __table_args__ = (
        one_of("panel", PANELS),
        one_of("stage", STAGES),
        one_of("way", WAYS),
        one_of("state", ROUND_STATES),
        one_of("busy", BUSY),
        CheckConstraint("quorum >= 3", name="quorum_three"),
        UniqueConstraint("call_id", "panel", "stage"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"))
    panel: Mapped[str] = mapped_column(Code)
    stage: Mapped[str] = mapped_column(Code)
    way: Mapped[str] = mapped_column(Code)
    quorum: Mapped[int] = mapped_column(Integer, default=3, server_default="3")
    instructions: Mapped[Words] = mapped_column(TwoTongues)
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[bytes] = mapped_column(LargeBinary(16))
    state: Mapped[str] = mapped_column(Code, default="planned", server_default="planned")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    busy: Mapped[str] = mapped_column(Code, default="", server_default="")
    done: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    whole: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    shortages: Mapped[dict[str, int] | None] = mapped_column(JSON)
    due_on: Mapped[date | None] = mapped_column(Date)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    partial: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    sensitivity: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Juror(Base):
    """Somebody on a panel of a call; in every report she is her `alias`.

    Who `stands_for` another took over the pack that the other left unfinished.
    """

    __tablename__ = "contests_jurors"
    __table_args__ = (
        one_of("panel", PANELS),
        one_of("state", JUROR_STATES),
        UniqueConstraint("call_id", "person_id"),
        UniqueConstraint("call_id", "panel", "alias"),
        CheckConstraint("most IS NULL OR most >= 1", name="most_positive"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="RESTRICT"), index=True)
    panel: Mapped[str] = mapped_column(Code)
    alias: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(Code, default="invited", server_default="invited")
    most: Mapped[int | None] = mapped_column(Integer)
    stands_for: Mapped[int | None] = mapped_column(
        ForeignKey("contests_jurors.id", ondelete="SET NULL"), index=True
    )
    told_on: Mapped[date | None] = mapped_column(Date)


class Conflict(Base):
    """A juror does not judge this work, and why: found by pseudonyms, or declared by herself."""

    __tablename__ = "contests_conflicts"
    __table_args__ = (one_of("why", CONFLICTS),)

    juror_id: Mapped[int] = mapped_column(
        ForeignKey(Juror.id, ondelete="CASCADE"), primary_key=True
    )
    entry_id: Mapped[bytes] = mapped_column(
        ForeignKey(Entry.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    why: Mapped[str] = mapped_column(Code)


class Assignment(Base):
    """One work for one juror in one round; `place` is its place in her own shuffled pack."""

    __tablename__ = "contests_assignments"
    __table_args__ = (
        one_of("state", ASSIGNMENT_STATES),
        UniqueConstraint("round_id", "juror_id", "entry_id"),
        Index("ix_contests_assignments_entry_id", "entry_id", "round_id"),
        Index("ix_contests_assignments_pack", "round_id", "juror_id", "state", "place", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id, ondelete="CASCADE"))
    juror_id: Mapped[int] = mapped_column(ForeignKey(Juror.id, ondelete="RESTRICT"), index=True)
    entry_id: Mapped[bytes] = mapped_column(ForeignKey(Entry.id, ondelete="RESTRICT"))
    place: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(Code, default="open", server_default="open")


class Judgement(Base):
    """What a juror says about one work; hers to change until the round closes.

    By the way of the round: `yes`, or `steps` (criterion id → 1…5), or `rank` (1 is best) in her
    pack. `liked` is the criterion that she liked most in it: the entrant is told (point by point,
    never the score).
    """

    __tablename__ = "contests_judgements"
    __table_args__ = (CheckConstraint("rank IS NULL OR rank >= 1", name="rank_positive"),)

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey(Assignment.id, ondelete="CASCADE"), primary_key=True
    )
    yes: Mapped[bool | None] = mapped_column(Boolean)
    steps: Mapped[dict[str, int] | None] = mapped_column(JSON)
    rank: Mapped[int | None] = mapped_column(Integer)
    liked_id: Mapped[int | None] = mapped_column(ForeignKey(Criterion.id, ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(String(300), default="", server_default="")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class Score(Base):
    """What a closed round came to for one work; for the jury's desk alone, never for a page.

    `raw` and `adjusted` stand side by side; `adjusted` is empty where the method can't tell.
    """

    __tablename__ = "contests_scores"

    round_id: Mapped[int] = mapped_column(
        ForeignKey(Round.id, ondelete="CASCADE"), primary_key=True
    )
    entry_id: Mapped[bytes] = mapped_column(
        ForeignKey(Entry.id, ondelete="RESTRICT"), primary_key=True, index=True
    )
    judged: Mapped[int] = mapped_column(Integer)
    raw: Mapped[float | None] = mapped_column(Float)
    adjusted: Mapped[float | None] = mapped_column(Float)
    goes_on: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    by_lot: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
