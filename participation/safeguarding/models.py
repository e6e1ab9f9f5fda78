"""Concerns with their log, the rota of those who answer them; every free text of it is sealed.

What stays plain is what clocks and lists need. Who wrote, about whom and what is sealed, and no key
joins a child to a concern (R53, R54).
"""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.models import Person
from participation.kernel.tables import Base, Code, Key, Moment, Serial, one_of

KINDS = ("help", "sign", "moderation", "report", "complaint", "drill")
"""Where it came from: the help door, a sign found by screening, a moderator, the complaint page, an
exercise."""
STATES = ("new", "seen", "taken", "closing", "done")
OUTCOMES = ("", "closed", "released")
LOG_KINDS = (
    "level",
    "words",
    "note",
    "answer",
    "report",
    "identity",
    "closing_asked",
    "closing_refused",
    "closed",
    "released",
    "taken_over",
    "closing_withdrawn",
    "reopened",
    "number",
    "seen_alone",
    "judged",
)
REQUEST_STATES = ("asked", "approved", "refused", "seen")
STILL_OPEN = sql("state <> 'done'")


def _officer() -> Mapped[int | None]:
    """Who of the staff did it; the deed stays when the person goes."""
    return mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))


class Concern(Base):
    """One concern. `sealed` holds the words and whoever wrote them (`sealing.Contents`).

    `level` is 1 danger now, 2 urgent, 3 serious, and 0 for complaints, which have no clock. The
    clock began at `clock_at` and ends at `due_at`. `taken_at` is when it was first taken, `held_at`
    since when the present officer has it. The marks are keyed (`Vault.mark`): one finds an
    open concern of the same subject, one the concerns of a child who gave her name, one what a
    secret of four pictures and four letters opens. Nobody finds them without the key.

    `answers_read` counts the answers that the child said she has read. It is a number and no
    moment: with the minute of a sign-in beside it a moment would tell who she is.
    """

    __tablename__ = "safeguarding_concerns"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("state", STATES),
        one_of("outcome", OUTCOMES),
        CheckConstraint("level BETWEEN 0 AND 3", name="level_known"),
        CheckConstraint("kind = 'complaint' OR due_at IS NOT NULL", name="clock_runs"),
        CheckConstraint(
            "done_by IS NULL OR closing_by IS NULL OR done_by <> closing_by",
            name="closed_by_two",
        ),
        Index("ix_safeguarding_concerns_kind_state_id", "kind", "state", "id"),
        Index(
            "uq_safeguarding_concerns_open_subject",
            "subject_mark",
            unique=True,
            postgresql_where=STILL_OPEN,
            sqlite_where=STILL_OPEN,
        ),
    )

    @property
    def can_be_answered(self) -> bool:
        """Is there a way on which the child can read an answer: her secret, her name, her words?

        Of a reader's report there is none: the words are those of a child who told nobody anything.
        """
        if self.kind == "report":
            return False
        marks = (self.answer_mark, self.writer_mark, self.subject_mark)
        return any(mark is not None for mark in marks)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    state: Mapped[str] = mapped_column(Code, default="new", server_default="new")
    outcome: Mapped[str] = mapped_column(Code, default="", server_default="")
    level: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    written_at: Mapped[datetime] = mapped_column(Moment)
    clock_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_by: Mapped[int | None] = _officer()
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_by: Mapped[int | None] = _officer()
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    held_at: Mapped[datetime | None] = mapped_column(Moment)
    closing_by: Mapped[int | None] = _officer()
    closing_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by: Mapped[int | None] = _officer()
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    frozen_until: Mapped[datetime | None] = mapped_column(Moment)
    subject_mark: Mapped[bytes | None] = mapped_column(Key, index=True)
    writer_mark: Mapped[bytes | None] = mapped_column(Key, index=True)
    answer_mark: Mapped[bytes | None] = mapped_column(Key, unique=True)
    answers_read: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def is_drill(self) -> bool:
        """Is it an exercise? It never enters a count of real concerns."""
        return self.kind == "drill"


class Complaint(Base):
    """The number of a complaint, drawn by chance: whoever complains, and the secretaries, name it
    by this and never by an id, which would count the sealed concerns."""

    __tablename__ = "safeguarding_complaints"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey(Concern.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[str] = mapped_column(String(12), unique=True)


class Unsealed(Base):
    """The texts of a concern from before there was a key; the worker seals them and the row goes.

    A migration can't know the key. `contents` is the JSON that will be sealed.
    """

    __tablename__ = "safeguarding_unsealed"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey(Concern.id, ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    contents: Mapped[str] = mapped_column(Text)


class LogLine(Base):
    """One line of a concern's log; only ever added to. `sealed` holds its text or its fields."""

    __tablename__ = "safeguarding_log"
    __table_args__ = (
        one_of("kind", LOG_KINDS),
        Index("ix_safeguarding_log_concern_id_id", "concern_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey(Concern.id, ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(Code)
    by: Mapped[int | None] = _officer()
    at: Mapped[datetime] = mapped_column(Moment)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class Reminder(Base):
    """A call that went out: each step of each level once, however many workers there are."""

    __tablename__ = "safeguarding_reminders"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey(Concern.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(Code, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Reading(Base):
    """When an officer opened a concern last: nobody decides about what she has not read."""

    __tablename__ = "safeguarding_readings"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey(Concern.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(Moment)


class Emergency(Base):
    """One officer saw alone who stands behind a concern; open until a head has judged it.

    Her reason and the judgement stand sealed in the log.
    """

    __tablename__ = "safeguarding_emergencies"
    __table_args__ = (
        CheckConstraint(
            "judged_by IS NULL OR seen_by IS NULL OR judged_by <> seen_by", name="judged_by_another"
        ),
        Index("ix_safeguarding_emergencies_concern_id_id", "concern_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey(Concern.id, ondelete="RESTRICT"))
    seen_by: Mapped[int | None] = _officer()
    seen_at: Mapped[datetime] = mapped_column(Moment)
    judged_by: Mapped[int | None] = _officer()
    judged_at: Mapped[datetime | None] = mapped_column(Moment)


class Duty(Base):
    """Who answers from one moment to another, and who stands in; duties never overlap."""

    __tablename__ = "safeguarding_duties"
    __table_args__ = (
        CheckConstraint("from_at < until_at", name="has_length"),
        CheckConstraint("stand_in_id IS NULL OR stand_in_id <> officer_id", name="two_people"),
        Index("ix_safeguarding_duties_until_at_id", "until_at", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    stand_in_id: Mapped[int | None] = _officer()
    from_at: Mapped[datetime] = mapped_column(Moment)
    until_at: Mapped[datetime] = mapped_column(Moment)
    set_by: Mapped[int | None] = _officer()


class Head(Base):
    """An officer who leads the others: enters the rota and is called last."""

    __tablename__ = "safeguarding_heads"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    since: Mapped[datetime] = mapped_column(Moment)


class IdentityRequest(Base):
    """One officer asks who stands behind a pseudonym, another agrees, the first looks once."""

    __tablename__ = "safeguarding_identity_requests"
    __table_args__ = (
        one_of("state", REQUEST_STATES),
        CheckConstraint(
            "decided_by IS NULL OR asked_by IS NULL OR decided_by <> asked_by",
            name="decided_by_another",
        ),
        Index("ix_safeguarding_identity_requests_concern_id_id", "concern_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    concern_id: Mapped[int] = mapped_column(ForeignKey(Concern.id, ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(Code, default="asked", server_default="asked")
    asked_by: Mapped[int | None] = _officer()
    asked_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[int | None] = _officer()
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
