"""Dossiers to decision makers: sealed contents, their papers, receipts, replies and clocks."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Connection,
    Date,
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
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from participation.accounts.models import Person, Unit
from participation.kernel.tables import Base, Code, Moment, TwoTongues, Words

OUTCOMES = ("adopted", "partly", "not", "scheduled")
PAPERS = ("pdf", "csv", "json")


class Dossier(Base):
    """What was sent to whom: `contents` is canonical JSON, `digest` its SHA-256; never changed."""

    __tablename__ = "deliveries_dossiers"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id"),
        Index("ix_deliveries_dossiers_unit_id_due_on", "unit_id", "due_on", "id"),
        Index("ix_deliveries_dossiers_due_on_id", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[str] = mapped_column(String(64))
    title: Mapped[Words] = mapped_column(TwoTongues)
    unit_id: Mapped[int] = mapped_column(ForeignKey(Unit.id, ondelete="RESTRICT"))
    official_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="RESTRICT"), index=True)
    contents: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    sealed_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date] = mapped_column(Date)
    provisional: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    receipt_at: Mapped[datetime | None] = mapped_column(Moment)
    receipt_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    replied_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_on: Mapped[date | None] = mapped_column(Date)

    unit: Mapped[Unit] = relationship(lazy="raise")
    official: Mapped[Person] = relationship(lazy="raise", foreign_keys=[official_id])
    points: Mapped[list["Point"]] = relationship(lazy="raise", order_by="Point.place")


class Paper(Base):
    """A rendered file of a dossier, kept so that every reader gets the same bytes."""

    __tablename__ = "deliveries_papers"
    __table_args__ = (CheckConstraint("kind IN ('pdf', 'csv', 'json')", name="kind_known"),)

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey(Dossier.id, ondelete="RESTRICT"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(Code, primary_key=True)
    locale: Mapped[str] = mapped_column(Code, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Point(Base):
    """One thing the unit must answer (a theme of the consultation)."""

    __tablename__ = "deliveries_points"
    __table_args__ = (UniqueConstraint("dossier_id", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey(Dossier.id, ondelete="RESTRICT"))
    place: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[Words] = mapped_column(TwoTongues)


class Reply(Base):
    """The unit's whole reply: a draft until it is given, then only followed by a new version."""

    __tablename__ = "deliveries_replies"
    __table_args__ = (UniqueConstraint("dossier_id", "version"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey(Dossier.id, ondelete="RESTRICT"))
    version: Mapped[int] = mapped_column(Integer)
    greeting: Mapped[Words] = mapped_column(TwoTongues)
    given_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    given_at: Mapped[datetime | None] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)

    answers: Mapped[list["PointAnswer"]] = relationship(
        lazy="raise", order_by="PointAnswer.point_id"
    )


class PointAnswer(Base):
    """The answer to one point: outcome, reason, next step with its day, and the words for children.

    `typed_on` keeps, in a draft, what was typed for the day, even if it is no day.
    """

    __tablename__ = "deliveries_point_answers"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('', 'adopted', 'partly', 'not', 'scheduled')", name="outcome_known"
        ),
    )

    reply_id: Mapped[int] = mapped_column(
        ForeignKey(Reply.id, ondelete="CASCADE"), primary_key=True
    )
    point_id: Mapped[int] = mapped_column(
        ForeignKey(Point.id, ondelete="RESTRICT"), primary_key=True
    )
    outcome: Mapped[str] = mapped_column(Code, default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    next_step: Mapped[str] = mapped_column(Text, default="", server_default="")
    next_on: Mapped[date | None] = mapped_column(Date)
    typed_on: Mapped[str] = mapped_column(String(60), default="", server_default="")
    for_children: Mapped[Words] = mapped_column(TwoTongues)

    point: Mapped[Point] = relationship(lazy="raise")


SEALED = ("subject_kind", "subject_id", "title", "unit_id", "contents", "digest", "sealed_at")


@event.listens_for(Dossier, "before_update")
def refuse_to_unseal(_mapper: Mapper[Dossier], _connection: Connection, dossier: Dossier) -> None:
    """A sealed dossier is never changed: what the official reads is what the children said."""
    changed = [name for name in SEALED if inspect(dossier).attrs[name].history.has_changes()]
    if changed:
        raise RuntimeError(f"a sealed dossier is not changed: {', '.join(changed)}")


@event.listens_for(Reply, "before_update")
def refuse_to_unsay(_mapper: Mapper[Reply], _connection: Connection, reply: Reply) -> None:
    """A reply that was given stays as it is; a correction is a new version."""
    given = inspect(reply).attrs["given_at"].history
    if reply.given_at is not None and not given.added:
        raise RuntimeError("a given reply is not changed")
