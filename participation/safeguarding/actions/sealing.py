"""Sealing what was written before there was a key: the worker's deed, and that of a command."""

from collections.abc import Sequence
from typing import Final, cast

from sqlalchemy import select, text

from participation.kernel.database import database, session
from participation.kernel.subjects import Subject
from participation.safeguarding.models import Concern, IdentityRequest, LogLine, Unsealed
from participation.safeguarding.queries.concerns import open_about
from participation.safeguarding.sealing import (
    read_contents,
    reseal,
    seal_contents,
    subject_mark,
    writer_mark,
)

AT_ONCE: Final = 200
Sealed = Concern | LogLine | IdentityRequest
SEALED: Final[tuple[type[Sealed], ...]] = (Concern, LogLine, IdentityRequest)


def seal_some() -> None:
    """The timed deed of the worker."""
    seal_plain()


def seal_plain() -> int:
    """Seal up to 200 concerns of before and take their plain text away; returns how many.

    SQLite is told to write zeros over what is deleted. Copies elsewhere (backups, the journal of
    PostgreSQL) grow old with their own time.
    """
    waiting = session().scalars(select(Unsealed).order_by(Unsealed.concern_id).limit(AT_ONCE)).all()
    if waiting and database().is_sqlite:
        session().execute(text("PRAGMA secure_delete=ON"))
    for row in waiting:
        _seal(row)
    session().flush()
    return len(waiting)


def reseal_after(kind: type[Sealed], last: int) -> tuple[int, int]:
    """Close up to 200 rows behind an id anew after a change of the key.

    Returns the last id that was looked at, 0 at the end, and how many were closed anew.
    """
    found = select(kind).where(kind.id > last).order_by(kind.id).limit(AT_ONCE)
    rows = cast(Sequence[Sealed], session().scalars(found).all())
    count = sum(reseal(row) for row in rows)
    session().flush()
    return (rows[-1].id if rows else 0), count


def _seal(row: Unsealed) -> None:
    concern, contents = session().get_one(Concern, row.concern_id), read_contents(row.contents)
    seal_contents(concern, contents)
    if contents.person_id:
        concern.writer_mark = writer_mark(contents.person_id)
    if contents.has_subject and concern.state != "done":
        subject = Subject.parse(contents.subject)
        concern.subject_mark = None if open_about(subject) else subject_mark(subject)
    session().delete(row)
