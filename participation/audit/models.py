"""The record of deeds: what happened to what, when, and which staff person did it."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.clock import city_day, start_of
from participation.kernel.tables import Base, Code, Moment, Serial


class Entry(Base):
    """One deed; only ever added to. `by` is a number and no key: the record outlives people.

    `id` is given by `listeners.write_down`: by the moment, and for a veiled deed at random in its
    day, so that the order of the record tells no more than `at`.
    """

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

    @property
    def only_day(self) -> bool:
        """Is no more than the day on record?"""
        return self.at == start_of(city_day(self.at))
