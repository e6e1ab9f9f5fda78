"""Consent is gone, or a child has left: what nobody has let through goes with it."""

from sqlalchemy import delete, select

from participation.contests.actions.entries import end_work
from participation.contests.models import Author, Entry
from participation.contests.queries.own import keys_of, of_keys
from participation.kernel.database import session

UNREAD = ("draft", "pressing", "waiting", "returned")


def take_back_unread(person_id: int, standings: tuple[str, ...] = UNREAD) -> None:
    """Take back a child's works that no moderator has let through; of others' works she is no
    author any more. What was let through stays under its own licence, which ends by itself.
    """
    keys = keys_of(person_id)
    if not keys:
        return
    mine = (
        select(Entry, Author)
        .join(Author, Author.entry_id == Entry.id)
        .where(of_keys(keys), Entry.standing.in_(standings))
        .order_by(Entry.id)
        .execution_options(populate_existing=True)
    )
    for entry, author in session().execute(mine).all():
        if author.lead:
            end_work(entry)
        else:
            session().execute(delete(Author).where(Author.id == author.id))


def forget_drafts(person_id: int) -> None:
    """A child who has left finishes no work any more."""
    take_back_unread(person_id, ("draft",))
