"""Cases that wait for a moderator, the verdicts on them, and what goes with both."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Person
from participation.kernel.tables import (
    Base,
    Code,
    Key,
    Moment,
    Serial,
    TwoTongues,
    Words,
    one_of,
)

KINDS = ("text", "report", "appeal", "gold")
TONGUES = ("zh", "en")
STATES = ("waiting", "approved", "returned", "refused", "escalated", "withdrawn")
HELD = sql("held_by IS NOT NULL")
WAITS = sql("state = 'waiting'")
VERDICTS = ("approved", "returned", "refused", "escalated", "undone")


class Case(Base):
    """One text of a child that an adult must read before anyone else sees it.

    `kind` says why: a new text, a report about a published one, an appeal against a verdict, or a
    known text that is among them to see whether moderators judge alike (gold). `about` and `band`
    are all that a moderator learns of its author. `choices` are the marks that the opener offers
    (`{"key": …, "label": {"zh": …}}`). `version` grows whenever a case changes hands, so that a
    page opened before it can't decide any more.

    `queue` and `rank` are those of `routing.py`, `tongue` the language that the text was written
    in. `school` and `kin` are pseudonyms by the server key: nobody judges a text of her own school,
    and texts of one class in one matter are compared. `earlier_id` is the case that came before in
    the same thread; `not_by` is who must not judge this one, because she judged that. `draft` is
    what its holder had chosen before she took her verdict back: it goes with her hold.

    `cleared_on` is the day on which two safeguarding officers had read exactly this text and found
    no concern in it; `cleared` the keyed mark of the text, so that screening does not pass it on
    again by itself.
    """

    __tablename__ = "moderation_cases"
    __table_args__ = (
        one_of("state", STATES),
        one_of("kind", KINDS),
        one_of("tongue", TONGUES),
        Index(
            "ix_moderation_cases_waiting",
            "rank",
            "id",
            postgresql_where=WAITS,
            sqlite_where=WAITS,
        ),
        Index("ix_moderation_cases_subject", "subject_kind", "subject_id"),
        Index(
            "ix_moderation_cases_held_by",
            "held_by",
            postgresql_where=HELD,
            sqlite_where=HELD,
        ),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(Code, default="text", server_default="text")
    queue: Mapped[str] = mapped_column(Code, default="texts", server_default="texts")
    rank: Mapped[int] = mapped_column(Integer, default=4, server_default="4")
    tongue: Mapped[str] = mapped_column(Code, default="zh", server_default="zh")
    school: Mapped[bytes | None] = mapped_column(Key)
    kin: Mapped[bytes | None] = mapped_column(Key)
    earlier_id: Mapped[int | None] = mapped_column(
        ForeignKey("moderation_cases.id", ondelete="SET NULL")
    )
    not_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
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
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    cleared_on: Mapped[date | None] = mapped_column(Date)
    cleared: Mapped[bytes | None] = mapped_column(Key)

    @property
    def matter(self) -> Words:
        """What the text is about, in Chinese and where known in English."""
        return Words(zh=self.about, en=self.about_en)


class Verdict(Base):
    """What was decided on a case, by whom and why; only ever added to.

    `in_time` says whether it came by its target (`targets.py`): the minute at which the text came
    is gone by then. `bars` counts the places that were blacked out.
    """

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
    in_time: Mapped[bool | None] = mapped_column(Boolean)
    bars: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)

    case: Mapped[Case] = relationship(lazy="raise")


OWN = "moderator"
"""The reason of a moderator who has second thoughts herself."""


class Report(Base):
    """What a reader said against something published, or a moderator who let it through (`OWN`).

    Of the reader nothing is kept, of the moment only the day.
    """

    __tablename__ = "moderation_reports"
    __table_args__ = (Index("ix_moderation_reports_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Code)
    note: Mapped[str] = mapped_column(String(400), default="", server_default="")
    at: Mapped[datetime] = mapped_column(Moment)


class Original(Base):
    """A text as it was before places of it were blacked out: sealed, opened only on record."""

    __tablename__ = "moderation_originals"

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)


class Gold(Base):
    """A made-up text whose right verdict is known, with the sentence that explains it."""

    __tablename__ = "moderation_gold"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    about: Mapped[Words] = mapped_column(TwoTongues)
    band: Mapped[str] = mapped_column(Code)
    text: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(Code)
    reasons: Mapped[str] = mapped_column(String(200), default="", server_default="")
    why: Mapped[str] = mapped_column(String(400))
    by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Skill(Base):
    """What one moderator takes: her queues, English or not, and schools that she keeps away from.

    Who has no row takes every queue, and English.
    """

    __tablename__ = "moderation_skills"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    queues: Mapped[list[str]] = mapped_column(JSON)
    english: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    avoids: Mapped[list[int]] = mapped_column(JSON)
    by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)


class Month(Base):
    """The figures of one month of reading, `YYYY-MM`; `edition` is staff or public."""

    __tablename__ = "moderation_months"
    __table_args__ = (UniqueConstraint("month", "edition"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    edition: Mapped[str] = mapped_column(Code)
    figures: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
