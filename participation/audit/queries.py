"""Reading the record of deeds: by what happened, by what it happened to, newest first."""

from collections.abc import Iterable

from sqlalchemy import select

from participation.accounts.queries.people import staff_names
from participation.audit.models import Entry
from participation.kernel.database import session
from participation.kernel.paging import Leaf, leaf
from participation.kernel.subjects import Subject
from participation.safeguarding.happenings import IdentitySeenAlone

PAGE = 50
GRAVE = frozenset({IdentitySeenAlone.__name__})
"""What nobody may miss who looks at the record."""


def entries(
    *, what: str = "", subject: Subject | None = None, below: int = 0, above: int = 0
) -> Leaf[Entry]:
    """One page of the record; `what` is the name of a happening, `subject` the thing."""
    chosen = select(Entry)
    if what:
        chosen = chosen.where(Entry.what == what)
    if subject is not None:
        chosen = chosen.where(Entry.subject_kind == subject.kind, Entry.subject_id == subject.id)
    return leaf(chosen, Entry.id, below=below, above=above, size=PAGE)


def kinds() -> list[str]:
    """The names of everything that has happened so far, in order."""
    return list(session().scalars(select(Entry.what).distinct().order_by(Entry.what)))


def names_in(rows: Iterable[Entry]) -> dict[int, str]:
    """The names of the staff that these entries name, as doer or as subject, by id."""
    ids: set[int] = set()
    for row in rows:
        ids |= {row.by} if row.by is not None else set()
        ids |= {int(row.subject_id)} if _is_person(row) else set()
    return staff_names(ids)


def _is_person(row: Entry) -> bool:
    return row.subject_kind == "person" and row.subject_id.isdecimal()
