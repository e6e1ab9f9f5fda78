"""The record of deeds: what happened to what, when, and which staff person did it."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.tables import Base, Code, Moment, Serial


class Entry(Base):
    """One deed; only ever added to. `by` is a number and no key: the record outlives people."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject_kind", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    what: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[str] = mapped_column(String(64))
    by: Mapped[int | None] = mapped_column(Serial)
    facts: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    request: Mapped[str] = mapped_column(String(24), default="", server_default="")
