"""Taking a rehearsal out of every table of this room; a real call is never removed."""

from collections.abc import Iterator

from sqlalchemy import Delete, delete, select

from participation.contests.models import (
    Assignment,
    Author,
    Batch,
    Call,
    CallDistrict,
    CallTheme,
    Certificate,
    Conflict,
    Criterion,
    Entry,
    Judgement,
    Juror,
    Licence,
    Objection,
    Outcome,
    RehearsalGuest,
    Round,
    Score,
    Use,
)
from participation.contests.naming import entry_subject, version_name
from participation.kernel import versions
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.media.actions import discard_all


def remove_call(call_id: int) -> None:
    """Remove a rehearsal with all that was in it. Raises `Missing` for a call that is none."""
    row = session().get(Call, call_id, with_for_update=True)
    if row is None or not row.rehearsal:
        raise Missing
    for entry_id in session().scalars(select(Entry.id).where(Entry.call_id == call_id)).all():
        discard_all(entry_subject(entry_id))
    for statement in _statements(call_id):
        session().execute(statement)
    session().expunge(row)
    session().execute(delete(Call).where(Call.id == call_id))
    versions.grow(version_name(call_id))


def _statements(call_id: int) -> Iterator[Delete]:
    """Table by table, what points at others first."""
    entries = select(Entry.id).where(Entry.call_id == call_id)
    authors = select(Author.id).where(Author.call_id == call_id)
    rounds = select(Round.id).where(Round.call_id == call_id)
    jurors = select(Juror.id).where(Juror.call_id == call_id)
    assigned = select(Assignment.id).where(Assignment.round_id.in_(rounds))
    yield delete(Judgement).where(Judgement.assignment_id.in_(assigned))
    yield delete(Assignment).where(Assignment.round_id.in_(rounds))
    yield delete(Score).where(Score.round_id.in_(rounds))
    yield delete(Conflict).where(Conflict.juror_id.in_(jurors))
    yield delete(Certificate).where(Certificate.author_id.in_(authors))
    yield delete(Licence).where(Licence.author_id.in_(authors))
    yield delete(Outcome).where(Outcome.entry_id.in_(entries))
    of_the_call = (Round, Juror, Objection, Batch, Author, Entry, Criterion, Use, CallTheme)
    for table in (*of_the_call, CallDistrict, RehearsalGuest):
        yield delete(table).where(table.call_id == call_id)
