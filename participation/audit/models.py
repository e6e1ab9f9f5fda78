"""The record of deeds: what happened to what, when, and which staff person did it."""

import json
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.clock import city_day, start_of
from participation.kernel.i18n import say_date
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

    @property
    def details(self) -> dict[str, str]:
        """The facts by name, as text in the reader's language."""
        found = json.loads(self.facts)
        return {name: _said(value) for name, value in found.items() if value not in ("", [], None)}


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    if isinstance(value, bool):
        return "✓" if value else "✗"
    with suppress(ValueError):
        return say_date(date.fromisoformat(value), year=True) if _is_day(value) else str(value)
    return str(value)


def _is_day(value: Any) -> bool:
    """`date.fromisoformat` also reads eight digits, which here are a number."""
    return isinstance(value, str) and len(value) == 10
