"""What became of works: outcomes, certificates and objections."""

from datetime import date

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.models import Person
from participation.contests.models.calls import Call, Criterion
from participation.contests.models.entries import Author, Entry
from participation.kernel.tables import Base, Code, Key, Serial, one_of

LEVELS = ("shown", "shortlisted", "selected", "adopted")
CERTIFICATE_NAMES = ("nickname", "full")
OBJECTIONS = ("waiting", "answered")


class Outcome(Base):
    """What became of one work of a call that was judged.

    No place and no score stands here, so that no page can tell one: works are shown, shortlisted or
    selected, and one may be adopted. `liked_id` is what the jury liked most in it.
    """

    __tablename__ = "contests_outcomes"
    __table_args__ = (
        one_of("level", LEVELS),
        Index("ix_contests_outcomes_call_id_level", "call_id", "level"),
    )

    entry_id: Mapped[bytes] = mapped_column(
        ForeignKey(Entry.id, ondelete="RESTRICT"), primary_key=True
    )
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="RESTRICT"))
    level: Mapped[str] = mapped_column(Code)
    by_children: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    liked_id: Mapped[int | None] = mapped_column(ForeignKey(Criterion.id, ondelete="SET NULL"))


class Certificate(Base):
    """A certificate that a child had made for herself, to be verified by its code.

    The printed name is not kept: `name_mark` is a keyed mark of it, so that who holds the paper can
    type the name and learn whether it is the one that was printed. Made anew, the earlier one ends.
    """

    __tablename__ = "contests_certificates"
    __table_args__ = (
        one_of("name_form", CERTIFICATE_NAMES),
        Index("ix_contests_certificates_author_id", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    author_id: Mapped[bytes] = mapped_column(ForeignKey(Author.id, ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name_form: Mapped[str] = mapped_column(Code)
    name_mark: Mapped[bytes] = mapped_column(Key)
    made_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)


class Objection(Base):
    """An objection in the days of public notice: from anybody, without an account.

    Whoever objects reads the answer by a number and a small secret; no address is kept.
    """

    __tablename__ = "contests_objections"
    __table_args__ = (
        one_of("state", OBJECTIONS),
        UniqueConstraint("number"),
        Index("ix_contests_objections_call_id_state", "call_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"))
    entry_id: Mapped[bytes | None] = mapped_column(
        ForeignKey(Entry.id, ondelete="SET NULL"), index=True
    )
    number: Mapped[str] = mapped_column(String(12))
    secret: Mapped[bytes] = mapped_column(Key)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Code, default="waiting", server_default="waiting")
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    made_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
