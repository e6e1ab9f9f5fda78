"""Cases that wait for a moderator, and the verdicts on them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Person
from participation.kernel.tables import Base, Code, Moment, Serial, Words, one_of

STATES = ("waiting", "approved", "returned", "refused", "escalated", "withdrawn")
HELD = sql("held_by IS NOT NULL")
VERDICTS = ("approved", "returned", "refused", "escalated")


class Case(Base):
    """One text of a child that an adult must read before anyone else sees it.

    `about` and `band` are all that a moderator learns of its author. `choices` are the marks that
    the opener offers (`{"key": …, "label": {"zh": …}}`). `version` grows whenever a case changes
    hands, so that a page opened before it can't decide any more.
    """

    __tablename__ = "moderation_cases"
    __table_args__ = (
        one_of("state", STATES),
        Index("ix_moderation_cases_state_id", "state", "id"),
        Index("ix_moderation_cases_subject", "subject_kind", "subject_id"),
        Index(
            "ix_moderation_cases_held_by",
            "held_by",
            postgresql_where=HELD,
            sqlite_where=HELD,
        ),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[str] = mapped_column(String(64))
    turn: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    about: Mapped[str] = mapped_column(String(200))
    about_en: Mapped[str] = mapped_column(String(200), default="", server_default="")
    band: Mapped[str] = mapped_column(Code)
    text: Mapped[str] = mapped_column(Text)
    hints: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    choices: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(Code, default="waiting", server_default="waiting")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    held_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    held_until: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def matter(self) -> Words:
        """What the text is about, in Chinese and where known in English."""
        return Words(zh=self.about, en=self.about_en)


class Verdict(Base):
    """What was decided on a case, by whom and why; only ever added to."""

    __tablename__ = "moderation_verdicts"
    __table_args__ = (
        one_of("verdict", VERDICTS),
        Index("ix_moderation_verdicts_by_id", "by", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="RESTRICT"), index=True)
    verdict: Mapped[str] = mapped_column(Code)
    before: Mapped[str] = mapped_column(Code)
    reasons: Mapped[str] = mapped_column(String(200), default="", server_default="")
    sentence: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    marks: Mapped[list[str]] = mapped_column(JSON)
    by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)

    case: Mapped[Case] = relationship(lazy="raise")
