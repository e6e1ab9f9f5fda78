"""Consultations with their questions, the answer sheets, open words, drafts and frozen results."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import District, Person, Unit
from participation.kernel.tables import (
    Base,
    Code,
    Key,
    Moment,
    Serial,
    TwoTongues,
    Words,
    one_of,
    random_key,
)

STATES = ("draft", "published", "closed", "frozen")
QUESTION_KINDS = ("single", "several", "faces", "words")
APPEALS = ("", "asked", "granted", "upheld")
STANDINGS = ("waiting", "published", "returned", "refused", "withdrawn")
LISTENED = ("yes", "partly", "no")


class Consultation(Base):
    """A matter that touches children, put to them.

    States: draft → published → closed → frozen. Whether a published one is open follows from the
    clock (`opens_at`, `closes_at`); closed is written by the timed deed, frozen with the tally.
    """

    __tablename__ = "consultations"
    __table_args__ = (
        one_of("state", STATES),
        CheckConstraint(
            "opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at",
            name="opens_before_closing",
        ),
        Index("ix_consultations_state_closes_at", "state", "closes_at", "id"),
        Index("ix_consultations_closes_at_id", "closes_at", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(Code, default="draft", server_default="draft")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    title: Mapped[Words] = mapped_column(TwoTongues)
    sign: Mapped[str] = mapped_column(String(1), default="", server_default="")
    summary: Mapped[Words] = mapped_column(TwoTongues)
    decided: Mapped[Words] = mapped_column(TwoTongues)
    changeable: Mapped[Words] = mapped_column(TwoTongues)
    bands: Mapped[str] = mapped_column(String(3), default="", server_default="")
    minutes: Mapped[int] = mapped_column(Integer, default=4, server_default="4")
    opens_at: Mapped[datetime | None] = mapped_column(Moment)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)
    short_reason: Mapped[Words] = mapped_column(TwoTongues)
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey(Unit.id, ondelete="RESTRICT"), index=True
    )
    official_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="RESTRICT"))
    answer_due: Mapped[date | None] = mapped_column(Date)
    follow_up_on: Mapped[date | None] = mapped_column(Date)
    layout: Mapped[str] = mapped_column(Text, default="", server_default="")
    cells: Mapped[str] = mapped_column(Text, default="", server_default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    unit: Mapped[Unit | None] = relationship(lazy="raise")
    official: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[official_id])
    questions: Mapped[list["Question"]] = relationship(lazy="raise", order_by="Question.place")
    themes: Mapped[list["Theme"]] = relationship(lazy="raise", order_by="Theme.place")
    districts: Mapped[list[District]] = relationship(
        secondary="consultations_districts", lazy="raise", order_by=District.id
    )


class InDistrict(Base):
    """A consultation for some districts only; no row at all means the whole city."""

    __tablename__ = "consultations_districts"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey(Consultation.id, ondelete="CASCADE"), primary_key=True
    )
    district_id: Mapped[int] = mapped_column(
        ForeignKey(District.id, ondelete="RESTRICT"), primary_key=True
    )


class Question(Base):
    """One question. `easy` is the shorter wording for 6–9; `most` limits a choice of several."""

    __tablename__ = "consultations_questions"
    __table_args__ = (
        one_of("kind", QUESTION_KINDS),
        UniqueConstraint("consultation_id", "place"),
        CheckConstraint("most >= 1", name="most_positive"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id, ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(Code)
    wording: Mapped[Words] = mapped_column(TwoTongues)
    easy: Mapped[Words] = mapped_column(TwoTongues)
    most: Mapped[int] = mapped_column(Integer, default=1, server_default="1")

    options: Mapped[list["Option"]] = relationship(lazy="raise", order_by="Option.place")


class Option(Base):
    """One answer to choose; `place` (from 1) is its code in the sheets and never changes."""

    __tablename__ = "consultations_options"
    __table_args__ = (UniqueConstraint("question_id", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id, ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(Integer)
    label: Mapped[Words] = mapped_column(TwoTongues)
    easy: Mapped[Words] = mapped_column(TwoTongues)
    icon: Mapped[str] = mapped_column(Code, default="", server_default="")


class Theme(Base):
    """What the unit must answer, one by one; may stand for one option of a question."""

    __tablename__ = "consultations_themes"
    __table_args__ = (UniqueConstraint("consultation_id", "place"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id, ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(Integer)
    title: Mapped[Words] = mapped_column(TwoTongues)
    option_id: Mapped[int | None] = mapped_column(ForeignKey(Option.id, ondelete="SET NULL"))


class AnswerSheet(Base):
    """One child's answers, packed. Pseudonymous: no person, no time, no address.

    `participant` = HMAC(key, person × consultation); `school` = HMAC(key, school × consultation),
    for counting distinct schools only; `cell` is the coarse demographic cell of the codec.
    """

    __tablename__ = "consultations_sheets"
    __table_args__ = (
        UniqueConstraint("consultation_id", "participant"),
        Index("ix_consultations_sheets_consultation_id_id", "consultation_id", "id"),
        # The fold's watermark needs numbers that never come twice, although sheets are deleted.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id, ondelete="RESTRICT"))
    participant: Mapped[bytes] = mapped_column(Key)
    school: Mapped[bytes] = mapped_column(LargeBinary(8))
    cell: Mapped[int] = mapped_column(SmallInteger)
    answers: Mapped[bytes] = mapped_column(LargeBinary(255))
    channel: Mapped[str] = mapped_column(Code, default="web", server_default="web")


class SheetChange(Base):
    """The journal of edits and withdrawals that the folding tally reads: − old, + new."""

    __tablename__ = "consultations_sheet_changes"
    __table_args__ = (
        Index("ix_consultations_sheet_changes_consultation_id_id", "consultation_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id, ondelete="RESTRICT"))
    sheet_id: Mapped[int] = mapped_column(Serial)
    old_cell: Mapped[int] = mapped_column(SmallInteger)
    old_answers: Mapped[bytes] = mapped_column(LargeBinary(255))
    new_cell: Mapped[int | None] = mapped_column(SmallInteger)
    new_answers: Mapped[bytes | None] = mapped_column(LargeBinary(255))


class Segment(Base):
    """A closed range of sheets, column by column, for counting a million in one pass."""

    __tablename__ = "consultations_segments"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey(Consultation.id, ondelete="RESTRICT"), primary_key=True
    )
    first_id: Mapped[int] = mapped_column(Serial, primary_key=True)
    last_id: Mapped[int] = mapped_column(Serial)
    rows: Mapped[int] = mapped_column(Integer)
    last_change_id: Mapped[int] = mapped_column(Serial)
    columns: Mapped[bytes] = mapped_column(LargeBinary)


class FoldedTally(Base):
    """The running counts of one consultation with their watermarks."""

    __tablename__ = "consultations_tallies"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey(Consultation.id, ondelete="RESTRICT"), primary_key=True
    )
    matrix: Mapped[bytes] = mapped_column(LargeBinary)
    last_sheet_id: Mapped[int] = mapped_column(Serial)
    last_change_id: Mapped[int] = mapped_column(Serial)
    etag: Mapped[str] = mapped_column(String(64))


class OpenWords(Base):
    """What a child wrote to one question, with its own standing; answering again edits it.

    `appeal` says that she asked for another moderator, and what came of it: empty, asked, granted
    or upheld. Of words that went to a safeguarding officer nothing stands here any more.
    """

    __tablename__ = "consultations_open_words"
    __table_args__ = (
        one_of("standing", STANDINGS),
        one_of("appeal", APPEALS),
        UniqueConstraint(
            "consultation_id",
            "participant",
            "question_id",
            name="uq_consultations_open_words_own",
        ),
        Index(
            "ix_consultations_open_words_consultation_id_standing",
            "consultation_id",
            "standing",
            "id",
        ),
        {"sqlite_with_rowid": False},  # by its key: one page less to write for each opinion
    )

    id: Mapped[bytes] = mapped_column(Key, primary_key=True, default=random_key)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id, ondelete="RESTRICT"))
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id, ondelete="RESTRICT"))
    participant: Mapped[bytes] = mapped_column(Key)
    band: Mapped[str] = mapped_column(Code)
    district_id: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    may_quote: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    standing: Mapped[str] = mapped_column(Code, default="waiting", server_default="waiting")
    reason: Mapped[str] = mapped_column(Code, default="", server_default="")
    sentence: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    appeal: Mapped[str] = mapped_column(Code, default="", server_default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey(Theme.id, ondelete="SET NULL"))
    minority: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    turns: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class AnswerDraft(Base):
    """What a child has typed so far, so that a lost connection loses nothing."""

    __tablename__ = "consultations_drafts"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey(Consultation.id, ondelete="CASCADE"), primary_key=True
    )
    participant: Mapped[bytes] = mapped_column(Key, primary_key=True)
    fields: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Moment)


class Result(Base):
    """The frozen tally of a closed consultation; written once and never changed."""

    __tablename__ = "consultations_results"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey(Consultation.id, ondelete="RESTRICT"), primary_key=True
    )
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    sheets: Mapped[int] = mapped_column(Integer)
    schools: Mapped[int] = mapped_column(Integer)
    matrix: Mapped[bytes] = mapped_column(LargeBinary)
    for_officials: Mapped[str] = mapped_column(Text)
    for_public: Mapped[str] = mapped_column(Text)


class Hearing(Base):
    """A child says whether the answer listened to her; pseudonymous, counted in protected sums."""

    __tablename__ = "consultations_hearings"
    __table_args__ = (one_of("listened", LISTENED),)

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey(Consultation.id, ondelete="RESTRICT"), primary_key=True
    )
    participant: Mapped[bytes] = mapped_column(Key, primary_key=True)
    listened: Mapped[str] = mapped_column(Code)


class HearingSum(Base):
    """The last published sum of who felt heard, protected; a new one comes in batches (R73)."""

    __tablename__ = "consultations_hearing_sums"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey(Consultation.id, ondelete="RESTRICT"), primary_key=True
    )
    published_on: Mapped[date] = mapped_column(Date)
    n: Mapped[int] = mapped_column(Integer)
    figures: Mapped[str] = mapped_column(Text)
