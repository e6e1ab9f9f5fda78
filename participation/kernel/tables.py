"""The base of every table: naming of constraints, aware times, words in two languages."""

import secrets
from datetime import UTC, datetime
from typing import Any

from markupsafe import escape
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from participation.kernel.i18n import FIRST, current_locale

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base class. Its repr shows the key alone, so that no child's word lands in a log."""

    metadata = MetaData(naming_convention=NAMING)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, 'id', '')}>"


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; naive ones are refused (SQLite would lose the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(dict[str, str]):
    """A staff-written text in Chinese and, where given, English: `{"zh": …, "en": …}`."""

    def in_locale(self, locale: str) -> str:
        """The text for a locale; Chinese where no English was written."""
        chinese = self.get("zh", "")
        return chinese if locale == FIRST else self.get("en") or chinese

    def __str__(self) -> str:
        return self.in_locale(current_locale())

    def __html__(self) -> str:
        return str(escape(str(self)))


class TwoTongues(TypeDecorator[Words]):
    """Column type of `Words`."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> dict[str, str] | None:
        return (
            None if value is None else {key: value[key] for key in ("zh", "en") if value.get(key)}
        )

    def process_result_value(self, value: Any, dialect: Dialect) -> Words | None:
        return None if value is None else Words(value)


Serial = BigInteger().with_variant(Integer, "sqlite")
"""A counting key; SQLite counts by itself only in INTEGER."""

Key = LargeBinary(16)
"""A random or derived 128-bit key."""

Code = String(40)
"""A short word of the house: a state, a kind, a reason."""


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The rule of a column that holds one of a few words of the house."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def random_key() -> bytes:
    """A fresh 128-bit key that says nothing about order or time."""
    return secrets.token_bytes(16)
