"""Works and their authors: pseudonymous, with the rights that each author and guardian gave."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
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

from participation.accounts.models import Person, SchoolClass
from participation.contests.models.calls import Call, CallTheme
from participation.kernel.tables import Base, Code, Key, Moment, Serial, one_of, random_key

STANDINGS = (
    "draft",
    "pressing",
    "waiting",
    "approved",
    "returned",
    "refused",
    "withdrawn",
    "disqualified",
)
APPEALS = ("", "asked", "granted", "upheld")
AI_USES = ("", "none", "ideas", "parts")
NAME_FORMS = ("nickname", "surname", "none")
CONSENTS = ("invited", "agreed")
GUARDIANS = ("waiting", "agreed", "refused", "withdrawn")
LEADS = sql("lead")


class Entry(Base):
    """One work. Pseudonymous: no person, no minute; a moderator and a juror know it by `code`.

    Standings: draft → pressing (handed in, its files are still got ready) → waiting (for a
    moderator) → approved | returned | refused; withdrawn and disqualified end it. `text` holds
    lyrics; `words` is the one sentence about the work; `alt` tells it to who can't see it. `shown`
    is the child's own wish to have it in the gallery: whether it hangs there follows from that,
    from every author's licence and from its dates. `helper` marks a work that a teacher handed in
    for a child. `shuffle` is a drawn number for the order of the gallery. Its files lie in `media`
    under the subject of the entry.
    """

    __tablename__ = "contests_entries"
    __table_args__ = (
        one_of("standing", STANDINGS),
        one_of("appeal", APPEALS),
        one_of("ai", AI_USES),
        UniqueConstraint("call_id", "code"),
        Index("ix_contests_entries_call_id_standing", "call_id", "standing", "shuffle", "id"),
        Index("ix_contests_entries_call_id_band", "call_id", "band", "standing", "shuffle", "id"),
        Index(
            "ix_contests_entries_call_id_theme_id",
            "call_id",
            "theme_id",
            "standing",
            "shuffle",
            "id",
        ),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(Key, primary_key=True, default=random_key)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="RESTRICT"))
    code: Mapped[str] = mapped_column(String(8))
    standing: Mapped[str] = mapped_column(Code, default="draft", server_default="draft")
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    band: Mapped[str] = mapped_column(String(1))
    district_id: Mapped[int] = mapped_column(Integer)
    school: Mapped[bytes] = mapped_column(LargeBinary(8))
    title: Mapped[str] = mapped_column(String(40), default="", server_default="")
    words: Mapped[str] = mapped_column(String(200), default="", server_default="")
    alt: Mapped[str] = mapped_column(String(200), default="", server_default="")
    text: Mapped[str] = mapped_column(Text, default="", server_default="")
    ai: Mapped[str] = mapped_column(Code, default="", server_default="")
    helper: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    shown: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    theme_id: Mapped[int | None] = mapped_column(ForeignKey(CallTheme.id, ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(Code, default="", server_default="")
    sentence: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    appeal: Mapped[str] = mapped_column(Code, default="", server_default="")
    turns: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    shuffle: Mapped[int] = mapped_column(Integer)
    handed_on: Mapped[date | None] = mapped_column(Date)

    authors: Mapped[list["Author"]] = relationship(lazy="raise", order_by="Author.id")


class Author(Base):
    """One author of a work under her pseudonym in this call: HMAC(key, person × call).

    The first who began it leads; others come by a code that she gives them, and each says yes for
    herself (`consent`). `name_form` is how she wants to be named in public, `shown_as` the name
    itself (a nickname, or 林某): nothing else of her stands here.
    """

    __tablename__ = "contests_authors"
    __table_args__ = (
        one_of("consent", CONSENTS),
        one_of("name_form", NAME_FORMS),
        UniqueConstraint("entry_id", "participant"),
        Index("ix_contests_authors_call_id_participant", "call_id", "participant"),
        Index(
            "uq_contests_authors_lead",
            "entry_id",
            unique=True,
            sqlite_where=LEADS,
            postgresql_where=LEADS,
        ),
    )

    id: Mapped[bytes] = mapped_column(Key, primary_key=True, default=random_key)
    entry_id: Mapped[bytes] = mapped_column(ForeignKey(Entry.id, ondelete="CASCADE"))
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="RESTRICT"))
    participant: Mapped[bytes] = mapped_column(Key)
    lead: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    band: Mapped[str] = mapped_column(String(1))
    consent: Mapped[str] = mapped_column(Code, default="agreed", server_default="agreed")
    name_form: Mapped[str] = mapped_column(Code, default="nickname", server_default="nickname")
    shown_as: Mapped[str] = mapped_column(String(24), default="", server_default="")


class Licence(Base):
    """The rights that one author and her guardian gave, for what, and until when (R66).

    `uses` are the ids of `Use` that both allow. The guardian signs by a one-time code on paper, of
    which a keyed fingerprint is kept; no row of a guardian exists. `until` is the last day; a
    licence that was withdrawn or is over takes the work down the same minute.
    """

    __tablename__ = "contests_licences"
    __table_args__ = (
        one_of("guardian", GUARDIANS),
        CheckConstraint("guardian <> 'agreed' OR until IS NOT NULL", name="agreed_has_end"),
        Index("ix_contests_licences_until", "until"),
    )

    author_id: Mapped[bytes] = mapped_column(
        ForeignKey(Author.id, ondelete="CASCADE"), primary_key=True
    )
    guardian: Mapped[str] = mapped_column(Code, default="waiting", server_default="waiting")
    uses: Mapped[list[int]] = mapped_column(JSON)
    code: Mapped[bytes | None] = mapped_column(Key, unique=True)
    code_ends: Mapped[datetime | None] = mapped_column(Moment)
    given_on: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)


class Batch(Base):
    """A class's works that a teacher brings together: photographed, each with its printed code.

    It exists while she works on it: when it ends its row goes, with all its sheets.
    """

    __tablename__ = "contests_batches"
    __table_args__ = (UniqueConstraint("call_id", "class_id", "teacher_id"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id, ondelete="CASCADE"), index=True)
    class_id: Mapped[int] = mapped_column(
        ForeignKey(SchoolClass.id, ondelete="CASCADE"), index=True
    )
    teacher_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    made_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(Code, default="open", server_default="open")


class BatchSheet(Base):
    """The slip of one child in a batch: its QR code says which photo is whose.

    The person is named as long as the batch is open, because a teacher puts works to names; when
    it ends the rows go, and what stays is the pseudonymous entry. `code` is the keyed fingerprint
    of what its QR code says. `fields` hold what she typed until it is handed in (title, words, ai,
    own, shown), `sure` (marks of texts that she was asked about), `spare` (ids of further photos
    with this code) and `handed`.
    """

    __tablename__ = "contests_batch_sheets"
    __table_args__ = (UniqueConstraint("batch_id", "person_id"),)

    id: Mapped[bytes] = mapped_column(Key, primary_key=True, default=random_key)
    batch_id: Mapped[int] = mapped_column(ForeignKey(Batch.id, ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    code: Mapped[bytes] = mapped_column(Key, unique=True)
    entry_id: Mapped[bytes | None] = mapped_column(ForeignKey(Entry.id, ondelete="SET NULL"))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
