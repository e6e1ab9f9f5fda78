"""Files, the renditions that were pressed from them, and the marks by which copies are found."""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.kernel.tables import Base, Code, one_of

KINDS = ("picture", "vector", "sound")
STATES = ("waiting", "pressing", "ready", "refused")
KEY = String(160)


class File(Base):
    """One file of a subject; `id` is 128 random bits, so that it says nothing and can't be guessed.

    `waiting` in quarantine, `ready` to be shown, `pressing` anew after it was ready, or `refused`
    with the code of a reason and nothing left in storage. `raw_key` names the bytes as they came,
    which live only while it waits; `master_key` the sealed picture from before the covers, as long
    as a wrong cover may be undone. `version` grows with every change, and older addresses die.

    Nothing here tells who sent it: no person, no name of a file, no minute (only the day).
    `fingerprint` is the signed form of 64 bits.
    """

    __tablename__ = "media_files"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "slot"),
        one_of("kind", KINDS),
        one_of("state", STATES),
        CheckConstraint("(state = 'refused') = (reason <> '')", name="reason_told"),
        CheckConstraint("(state = 'waiting') = (raw_key <> '')", name="raw_while_waiting"),
        Index("ix_media_files_state_id", "state", "id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_kind: Mapped[str] = mapped_column(Code)
    subject_id: Mapped[str] = mapped_column(String(64))
    slot: Mapped[str] = mapped_column(Code)
    kind: Mapped[str] = mapped_column(Code)
    state: Mapped[str] = mapped_column(Code, default="waiting", server_default="waiting")
    reason: Mapped[str] = mapped_column(Code, default="", server_default="")
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    seconds: Mapped[float | None] = mapped_column(Float)
    fingerprint: Mapped[int | None] = mapped_column(BigInteger)
    raw_key: Mapped[str] = mapped_column(KEY, default="", server_default="")
    master_key: Mapped[str] = mapped_column(KEY, default="", server_default="")
    bytes: Mapped[int] = mapped_column(Integer)
    covers: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    added_on: Mapped[date] = mapped_column(Date)

    renditions: Mapped[list["Rendition"]] = relationship(
        lazy="raise", order_by="Rendition.name", passive_deletes="all"
    )


class Rendition(Base):
    """One pressed form of a file: `small`, `medium`, `large`, `print`, `svg` or `sound`."""

    __tablename__ = "media_renditions"

    file_id: Mapped[str] = mapped_column(ForeignKey(File.id, ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Code, primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True)
    mime: Mapped[str] = mapped_column(String(60))
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)


class Band(Base):
    """An eighth of a picture's fingerprint, by which pictures that look alike are found.

    `code` is the eighth's place × 256 + its value.
    """

    __tablename__ = "media_bands"
    __table_args__ = (Index("ix_media_bands_file_id", "file_id"),)

    code: Mapped[int] = mapped_column(Integer, primary_key=True)
    file_id: Mapped[str] = mapped_column(ForeignKey(File.id, ondelete="CASCADE"), primary_key=True)
