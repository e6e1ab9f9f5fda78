"""The words that the city listed; an ended one stays as a record."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from participation.accounts.models import Person
from participation.kernel.tables import Base, Code, Moment, Serial, one_of

LISTS = ("forbidden", "suspect", "allow")
LONGEST_WORD = 40
LIVE = sql("ended_at IS NULL")


class ListedWord(Base):
    """One word. `plain` is its folded form, in which it stands on one list at a time."""

    __tablename__ = "moderation_words"
    __table_args__ = (
        one_of("list", LISTS),
        Index(
            "uq_moderation_words_live_plain",
            "plain",
            unique=True,
            postgresql_where=LIVE,
            sqlite_where=LIVE,
        ),
        Index("ix_moderation_words_list_id", "list", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    word: Mapped[str] = mapped_column(String(LONGEST_WORD))
    plain: Mapped[str] = mapped_column(String(LONGEST_WORD * 3))
    list: Mapped[str] = mapped_column(Code)
    note: Mapped[str] = mapped_column(String(200), default="", server_default="")
    by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
