"""Messages from the help door and concerns that moderation passed on: for the safeguarding role."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.models import Person, School
from participation.kernel.tables import Base, Code, Moment, Serial

KINDS = ("help", "moderation", "complaint")
STATES = ("new", "seen", "done")


class Concern(Base):
    """One message. `person_id` is known only where the child was signed in and wrote it herself.

    `contact` is what the writer chose to leave. Help and moderation go
    to the safeguarding officers, a complaint to the secretaries.
    """

    __tablename__ = "safeguarding_concerns"
    __table_args__ = (
        CheckConstraint("kind IN ('help', 'moderation', 'complaint')", name="kind_known"),
        CheckConstraint("state IN ('new', 'seen', 'done')", name="state_known"),
        Index("ix_safeguarding_concerns_kind_state_id", "kind", "state", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    state: Mapped[str] = mapped_column(Code, default="new", server_default="new")
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(200), default="", server_default="")
    about: Mapped[str] = mapped_column(String(200), default="", server_default="")
    subject_kind: Mapped[str] = mapped_column(Code, default="", server_default="")
    subject_id: Mapped[str] = mapped_column(String(64), default="", server_default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey(School.id, ondelete="SET NULL"))
    written_at: Mapped[datetime] = mapped_column(Moment)
    seen_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    done_at: Mapped[datetime | None] = mapped_column(Moment)
