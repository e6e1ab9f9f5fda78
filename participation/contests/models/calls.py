"""A call for works: what is asked for, of whom, by when, and which rights go with it."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import District, Person, Unit
from participation.kernel.tables import Base, Code, Moment, TwoTongues, Words, one_of

KINDS = ("logo", "lyrics", "drawing", "free")
STATES = ("draft", "published", "closed", "noticed", "ended")
CHOICES = ("none", "any_school", "other_schools", "own_school")


class Call(Base):
    """A call for works.

    States: draft → published → closed → noticed → ended. Whether a published one takes works
    follows from the clock (`opens_at`, `closes_at`). The jury works while it is closed; with
    `noticed` the outcome is up for public notice until `notice_until`; with `ended` it went to the
    unit that decides what is done with it.

    `ranked` is off where works are only shown: nobody judges them (kindergartens may take part in
    such a call alone, R65). `rehearsal` is a call to try everything out with made-up works: no
    public page, no letter and no figure knows it. `choice` says whether children choose as well,
    and from which schools' works; `years` is how long the rights last; `shows_until` is the day on
    which the thin notice of who was chosen comes down (R69).
    """

    __tablename__ = "contests_calls"
    __table_args__ = (
        one_of("state", STATES),
        one_of("kind", KINDS),
        one_of("choice", CHOICES),
        CheckConstraint(
            "opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at",
            name="opens_before_closing",
        ),
        CheckConstraint("years BETWEEN 1 AND 10", name="years_bounded"),
        CheckConstraint("pictures_most BETWEEN 0 AND 3", name="pictures_bounded"),
        CheckConstraint("authors_most BETWEEN 1 AND 8", name="authors_bounded"),
        CheckConstraint("entries_most BETWEEN 1 AND 5", name="entries_bounded"),
        CheckConstraint(
            "choice_opens_at IS NULL OR choice_closes_at IS NULL"
            " OR choice_opens_at < choice_closes_at",
            name="choice_opens_before_closing",
        ),
        Index("ix_contests_calls_state_closes_at", "state", "closes_at", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(Code, default="draft", server_default="draft")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    rehearsal: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    kind: Mapped[str] = mapped_column(Code)
    title: Mapped[Words] = mapped_column(TwoTongues)
    sign: Mapped[str] = mapped_column(String(1), default="", server_default="")
    brief: Mapped[Words] = mapped_column(TwoTongues)
    brief_small: Mapped[Words] = mapped_column(TwoTongues)
    brief_older: Mapped[Words] = mapped_column(TwoTongues)
    rules: Mapped[Words] = mapped_column(TwoTongues)
    prizes: Mapped[Words] = mapped_column(TwoTongues)
    use_for: Mapped[Words] = mapped_column(TwoTongues)
    use_where: Mapped[Words] = mapped_column(TwoTongues)
    years: Mapped[int] = mapped_column(Integer, default=2, server_default="2")
    bands: Mapped[str] = mapped_column(String(3), default="abc", server_default="abc")
    ranked: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    entries_most: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    authors_most: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    pictures_most: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    recording: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    opens_at: Mapped[datetime | None] = mapped_column(Moment)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)
    choice: Mapped[str] = mapped_column(Code, default="none", server_default="none")
    choice_opens_at: Mapped[datetime | None] = mapped_column(Moment)
    choice_closes_at: Mapped[datetime | None] = mapped_column(Moment)
    notice_from: Mapped[date | None] = mapped_column(Date)
    notice_until: Mapped[date | None] = mapped_column(Date)
    shows_until: Mapped[date | None] = mapped_column(Date)
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey(Unit.id, ondelete="RESTRICT"), index=True
    )
    official_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="RESTRICT"))
    answer_due: Mapped[date | None] = mapped_column(Date)
    made_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    unit: Mapped[Unit | None] = relationship(lazy="raise")
    official: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[official_id])
    themes: Mapped[list["CallTheme"]] = relationship(lazy="raise", order_by="CallTheme.place")
    uses: Mapped[list["Use"]] = relationship(lazy="raise", order_by="Use.place")
    criteria: Mapped[list["Criterion"]] = relationship(lazy="raise", order_by="Criterion.place")
    districts: Mapped[list[District]] = relationship(
        secondary="contests_districts", lazy="raise", order_by=District.id
    )


class CallDistrict(Base):
    """A call for some districts only; no row at all means the whole city."""

    __tablename__ = "contests_districts"

    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"), primary_key=True)
    district_id: Mapped[int] = mapped_column(
        ForeignKey(District.id, ondelete="RESTRICT"), primary_key=True
    )


class RehearsalGuest(Base):
    """A colleague whom the secretary lets see a rehearsal; it goes with the rehearsal."""

    __tablename__ = "contests_rehearsal_guests"

    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, index=True
    )


class CallTheme(Base):
    """What works may be about: the gallery is looked through by it. Set by who moderates."""

    __tablename__ = "contests_themes"
    __table_args__ = (UniqueConstraint("call_id", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(Integer)
    title: Mapped[Words] = mapped_column(TwoTongues)


class Use(Base):
    """A use beyond the gallery that a child may allow or not; it changes nothing in the judging."""

    __tablename__ = "contests_uses"
    __table_args__ = (UniqueConstraint("call_id", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(Integer)
    title: Mapped[Words] = mapped_column(TwoTongues)


class Criterion(Base):
    """What the jury looks at, in words that children read beside the form; five steps each.

    `praise` is how an entrant is told that this is what the jury liked in her work.
    """

    __tablename__ = "contests_criteria"
    __table_args__ = (
        UniqueConstraint("call_id", "place"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight_bounded"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(Integer)
    title: Mapped[Words] = mapped_column(TwoTongues)
    praise: Mapped[Words] = mapped_column(TwoTongues)
    weight: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
