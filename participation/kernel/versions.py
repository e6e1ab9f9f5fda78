"""Numbers that grow when a cached thing changes, so that every worker notices within a request.

A page that is kept ready in memory asks for one number by one small statement; only when the
number has grown is the page made again.
"""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.kernel.quick import Quick
from participation.kernel.tables import Base


class Version(Base):
    """The number of one named thing."""

    __tablename__ = "kernel_versions"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


_GROW = Quick(
    "INSERT INTO kernel_versions (name, number) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET number = kernel_versions.number + 1"
)
_NUMBER = Quick("SELECT number FROM kernel_versions WHERE name = :name")


def grow(name: str) -> None:
    """Say that the named thing changed; seen by others when this unit commits."""
    _GROW.all(name=name)


def version_of(name: str) -> int:
    """The number of the named thing; 0 before its first change."""
    return _NUMBER.value(name=name) or 0
