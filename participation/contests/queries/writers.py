"""Who made a pseudonymous work (`kernel.finders`), what she at the screen made herself
(`kernel.writings`), and the words of a work as they stand (`kernel.readers`)."""

from typing import Final

from sqlalchemy import select

from participation.accounts.queries import child_ids
from participation.contests.composing import composed, words_of
from participation.contests.models import Author, Entry
from participation.contests.naming import author_key, entry_subject
from participation.contests.queries.own import keys_of, of_keys
from participation.kernel.database import session
from participation.kernel.subjects import Subject

PAGE: Final = 1000
MOST_WRITTEN: Final = 500
"""So many works of one child are looked through, the newest call's first."""


def read_work(entry_id: str) -> str:
    """The words of a work as one text; empty where they are gone."""
    entry = session().get(Entry, bytes.fromhex(entry_id), populate_existing=True)
    return composed(words_of(entry)) if entry is not None else ""


def find_maker(subject: Subject) -> int | None:
    """The id of the child who leads this work; None where it or she is gone.

    No table holds it: the pseudonym of each child in this call is derived anew, a page of ids at a
    time, until one is the same.
    """
    lead = session().scalar(
        select(Author).where(Author.entry_id == bytes.fromhex(subject.id), Author.lead.is_(True))
    )
    last = 0
    while lead is not None and (ids := child_ids(after=last, size=PAGE)):
        for person_id in ids:
            if author_key(person_id, lead.call_id) == lead.participant:
                return person_id
        last = ids[-1]
    return None


def written_works(person_id: int) -> list[Subject]:
    """The subjects of all works that this child led, wherever they stand."""
    keys = keys_of(person_id)
    if not keys:
        return []
    own = select(Author.entry_id).where(of_keys(keys), Author.lead.is_(True))
    found = own.order_by(Author.call_id.desc(), Author.entry_id).limit(MOST_WRITTEN)
    return [entry_subject(entry_id) for entry_id in session().scalars(found)]
