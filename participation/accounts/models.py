"""Districts, schools, classes, units and people; login cards, sign-ins and guardians' consent."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.roles import ROLES
from participation.kernel.tables import Base, Code, Key, Moment, Serial, TwoTongues, Words, one_of

SCHOOL_KINDS = ("primary", "junior", "senior", "other", "kindergarten")
GENDERS = ("f", "m", "x")
CONSENT_DECISIONS = ("agreed", "refused", "withdrawn")
CONSENT_CHANNELS = ("paper", "code", "self")
CONFIRMATION_STATES = ("confirmed", "refused")


class District(Base):
    """A district of the city. `place` is its fixed number inside a consultation's cells."""

    __tablename__ = "accounts_districts"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[Words] = mapped_column(TwoTongues)


class School(Base):
    """A school. `code` is the four letters printed on its login cards."""

    __tablename__ = "accounts_schools"
    __table_args__ = (one_of("kind", SCHOOL_KINDS),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    district_id: Mapped[int] = mapped_column(
        ForeignKey(District.id, ondelete="RESTRICT"), index=True
    )
    code: Mapped[str] = mapped_column(String(4), unique=True)
    name: Mapped[Words] = mapped_column(TwoTongues)
    kind: Mapped[str] = mapped_column(Code)
    named_adult: Mapped[str] = mapped_column(String(60), default="", server_default="")

    district: Mapped[District] = relationship(lazy="raise")


class SchoolClass(Base):
    """A class of one school year; `grade` counts 1–12 from the first year of primary school."""

    __tablename__ = "accounts_classes"
    __table_args__ = (
        UniqueConstraint("school_id", "year", "grade", "number"),
        CheckConstraint("grade BETWEEN 1 AND 12", name="grade_known"),
        CheckConstraint("number BETWEEN 1 AND 99", name="number_known"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id, ondelete="RESTRICT"))
    year: Mapped[int] = mapped_column(Integer)
    grade: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)

    school: Mapped[School] = relationship(lazy="raise")


class Unit(Base):
    """A unit of the city that decides and must answer (市交通局)."""

    __tablename__ = "accounts_units"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[Words] = mapped_column(TwoTongues)


class Person(Base):
    """One person. A child's legal name stays in this table; others see the nickname alone.

    `born` holds the first day of the month of birth, for the age band and the turning points at
    14 and 18; the day is never asked for.
    """

    __tablename__ = "accounts_people"
    __table_args__ = (
        one_of("role", ROLES),
        one_of("gender", GENDERS),
        UniqueConstraint("school_id", "pupil_number"),
        CheckConstraint(
            "role <> 'child' OR (class_id IS NOT NULL AND school_id IS NOT NULL)",
            name="child_has_class",
        ),
        CheckConstraint("role <> 'child' OR born IS NOT NULL", name="child_has_age"),
        CheckConstraint("role <> 'official' OR unit_id IS NOT NULL", name="official_has_unit"),
        CheckConstraint("role = 'child' OR email IS NOT NULL", name="staff_has_email"),
        Index("ix_accounts_people_class_id_id", "class_id", "id"),
        Index("ix_accounts_people_role_id", "role", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    role: Mapped[str] = mapped_column(Code)
    legal_name: Mapped[str] = mapped_column(String(60))
    nickname: Mapped[str] = mapped_column(String(24), default="", server_default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    locale: Mapped[str] = mapped_column(Code, default="zh-Hans", server_default="zh-Hans")
    gender: Mapped[str] = mapped_column(Code, default="x", server_default="x")
    born: Mapped[date | None] = mapped_column(Date)
    pupil_number: Mapped[str | None] = mapped_column(String(40))
    school_id: Mapped[int | None] = mapped_column(
        ForeignKey(School.id, ondelete="RESTRICT"), index=True
    )
    class_id: Mapped[int | None] = mapped_column(ForeignKey(SchoolClass.id, ondelete="RESTRICT"))
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey(Unit.id, ondelete="RESTRICT"), index=True
    )
    password: Mapped[str] = mapped_column(String(200), default="", server_default="")
    vetted_on: Mapped[date | None] = mapped_column(Date)
    trained_on: Mapped[date | None] = mapped_column(Date)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    joined_at: Mapped[datetime] = mapped_column(Moment)

    school: Mapped[School | None] = relationship(lazy="raise")
    school_class: Mapped[SchoolClass | None] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")


class Confirmation(Base):
    """Somebody else's yes or no to a staff person in a role that no single person can give.

    Without a row it is still waited for. It goes with the role, the address and the account.
    """

    __tablename__ = "accounts_confirmations"
    __table_args__ = (
        one_of("state", CONFIRMATION_STATES),
        CheckConstraint("decided_by IS NULL OR decided_by <> person_id", name="by_another"),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(Code)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)


class Teaching(Base):
    """A teacher looks after a class: its cards and its consent forms."""

    __tablename__ = "accounts_teachings"

    teacher_id: Mapped[int] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    class_id: Mapped[int] = mapped_column(
        ForeignKey(SchoolClass.id, ondelete="CASCADE"), primary_key=True, index=True
    )


class LoginCard(Base):
    """A child's card. The QR secret and the pictures are kept as keyed fingerprints only.

    `number` (school code + four letters) names the child on the sign-in page; `secret` is what
    the QR code carries. A new card ends the old one. `anew`: it took the place of an earlier card,
    which the child is told when she comes in; `seen_at` is when she said that she knows.
    """

    __tablename__ = "accounts_login_cards"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), unique=True)
    number: Mapped[str] = mapped_column(String(8), unique=True)
    secret: Mapped[bytes] = mapped_column(Key, unique=True)
    pictures: Mapped[bytes] = mapped_column(Key)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    anew: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    seen_at: Mapped[datetime | None] = mapped_column(Moment)


class SignIn(Base):
    """One device's sign-in; ending it signs that device out wherever it is."""

    __tablename__ = "accounts_sign_ins"

    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class StandingChange(Base):
    """Something about a person's standing changed: cookies minted before it are looked at anew.

    A number is never given twice, even after a person was erased: workers ask for higher ones.
    """

    __tablename__ = "accounts_standing_changes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Moment)


class Consent(Base):
    """One decision of a guardian (or of a child of 14 and more); only ever added to."""

    __tablename__ = "accounts_consents"
    __table_args__ = (
        one_of("decision", CONSENT_DECISIONS),
        one_of("channel", CONSENT_CHANNELS),
        Index("ix_accounts_consents_person_id_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    decision: Mapped[str] = mapped_column(Code)
    channel: Mapped[str] = mapped_column(Code)
    notice_version: Mapped[int] = mapped_column(Integer)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)


class ConsentCode(Base):
    """A one-time code by which a guardian decides on a page, without an account."""

    __tablename__ = "accounts_consent_codes"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    code: Mapped[bytes] = mapped_column(Key, unique=True)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class PasswordLink(Base):
    """A link by which a staff person sets a password; used once."""

    __tablename__ = "accounts_password_links"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    code: Mapped[bytes] = mapped_column(Key, unique=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Lockout(Base):
    """The tries at one lock (`accounts.locking`) that did not open it, and until when it is locked.

    The name is a keyed fingerprint of a card number, a QR secret or an e-mail address, known or
    not: people type passwords into the wrong field. `rung` counts the locks of this month;
    `good_at` is when a staff person last came in rightly from this place.
    """

    __tablename__ = "accounts_lockouts"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    tried_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    day_tries: Mapped[int] = mapped_column(Integer)
    day_began: Mapped[datetime | None] = mapped_column(Moment)
    month_tries: Mapped[int] = mapped_column(Integer)
    month_began: Mapped[datetime | None] = mapped_column(Moment)
    rung: Mapped[int] = mapped_column(Integer)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    good_at: Mapped[datetime | None] = mapped_column(Moment)


class ImportDraft(Base):
    """A roster that waits between its dry run and the "yes": parsed rows, for one hour only."""

    __tablename__ = "accounts_import_drafts"

    id: Mapped[bytes] = mapped_column(Key, primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey(School.id, ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    whole: Mapped[bool] = mapped_column(Boolean)
    year: Mapped[int] = mapped_column(Integer)
    rows: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)
