"""Bare Flask that inserts one row by the SQLAlchemy ORM: what a plain form handler costs."""

import os
from typing import Any

from flask import Flask, request
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = Flask(__name__, static_folder=None)
engine = create_engine(f"sqlite:///{os.environ['BENCH_DB']}", connect_args={"timeout": 8})


class Base(DeclarativeBase):
    """The base class."""


class Row(Base):
    """One answer sheet as text."""

    __tablename__ = "rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    answers: Mapped[str]


@event.listens_for(engine, "connect")
def prepare(connection: Any, _record: Any) -> None:
    """The same journal and the same promise as the product."""
    for pragma in ("journal_mode=WAL", f"synchronous={os.environ['BENCH_SYNCHRONOUS']}"):
        connection.execute(f"PRAGMA {pragma}").close()


@app.get("/")
def ready() -> str:
    """Say that the server runs."""
    return "ready"


@app.post("/")
def insert() -> tuple[str, int]:
    """Insert one row and say so."""
    with Session(engine) as session:
        session.add(Row(who=request.form["who"], answers=request.form["answers"]))
        session.commit()
    return "received", 201
