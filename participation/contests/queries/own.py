"""A child's own works: the keys are derived again, so that nobody else can ask for her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from participation.contests.call import ShownCall
from participation.contests.models import Author, Call, Entry, Licence
from participation.contests.naming import author_key, entry_subject
from participation.contests.policies.entries import ENDED, ESCALATED, Beginning, OwnWork
from participation.contests.queries.calls import call
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.subjects import Subject

REACH: Final = 500
"""So many of the latest calls are looked through for a child's own."""
PAGE: Final = 10


@dataclass(frozen=True, eq=False)
class Own:
    """A work, its call, all its authors, and who of them asks."""

    call: ShownCall
    entry: Entry
    authors: Sequence[Author]
    licences: Mapping[bytes, Licence]
    author: Author
    works: int = 0

    @cached_property
    def subject(self) -> Subject:
        return entry_subject(self.entry.id)

    @property
    def key(self) -> str:
        """What names it in an address."""
        return self.entry.id.hex()

    @property
    def licence(self) -> Licence:
        """What she and her guardian allow."""
        return self.licences[self.author.id]

    @property
    def others(self) -> list[Author]:
        """Those with whom she made it."""
        return [one for one in self.authors if one.id != self.author.id]

    @property
    def right(self) -> OwnWork:
        """What the rights to it depend on."""
        licence = self.licence
        return OwnWork(
            call=self.call,
            standing=self.entry.standing,
            reason=self.entry.reason,
            appeal=self.entry.appeal,
            author=self.author.consent,
            lead=self.author.lead,
            waits_for=sum(one.consent != "agreed" for one in self.authors),
            works=self.works,
            use_ends=licence.ended_on is not None or self.entry.standing in ("draft", "returned"),
            helper=self.entry.helper,
        )


def beginning(who: Any, found: ShownCall) -> Beginning:
    """What the right to begin or to join a work in this call depends on."""
    return Beginning(found, works_in(who.person_id, found.id) if who.is_child else 0)


def works_in(person_id: int, call_id: int, *, but: bytes = b"") -> int:
    """How many works of a child are in: not drafts, not those that she took back."""
    mine = (
        select(func.count())
        .select_from(Author)
        .join(Entry, Entry.id == Author.entry_id)
        .where(
            Author.call_id == call_id,
            Author.participant == author_key(person_id, call_id),
            Author.consent == "agreed",
            Entry.standing.not_in(("draft", *ENDED)),
            Entry.id != but,
        )
    )
    return session().scalar(mine) or 0


def draft_in(who: Any, found: ShownCall) -> Own | None:
    """The draft that a child leads in a call; there is one at most."""
    mine = (
        select(Entry.id)
        .join(Author, Author.entry_id == Entry.id)
        .where(
            Author.call_id == found.id,
            Author.participant == author_key(who.person_id, found.id),
            Author.lead.is_(True),
            Entry.standing == "draft",
            Entry.helper.is_(False),
        )
        .order_by(Entry.id)
        .limit(1)
    )
    entry_id = session().scalar(mine)
    return None if entry_id is None else own_work(who, entry_id.hex())


def own_work(who: Any, key: str, *, bringing: bool = False) -> Own:
    """The work of this key, for one of its authors; `Missing` for anybody else.

    Also for an invited one, who has to see it before she says yes. Nothing of a work that went to
    the protection team, or that was taken back, shows to anybody; what a teacher brings is the
    child's to see once it is handed in (`bringing`: the deed of the teacher herself asks).
    """
    entry = session().get(Entry, key_of(key), populate_existing=True)
    if entry is None or entry.standing == "withdrawn" or entry.reason == ESCALATED:
        raise Missing
    if entry.helper and entry.standing == "draft" and not bringing:
        raise Missing
    found = call(entry.call_id)
    authors, licences = authors_of(entry.id)
    participant = author_key(who.person_id, entry.call_id)
    author = next((one for one in authors if one.participant == participant), None)
    if author is None:
        raise Missing
    works = works_in(who.person_id, entry.call_id, but=entry.id)
    return Own(found, entry, authors, licences, author, works)


def authors_of(entry_id: bytes) -> tuple[list[Author], dict[bytes, Licence]]:
    """The authors of a work, who leads first, and what each allows."""
    rows = (
        session()
        .execute(
            select(Author, Licence)
            .join(Licence, Licence.author_id == Author.id)
            .where(Author.entry_id == entry_id)
            .order_by(Author.lead.desc(), Author.id)
            .execution_options(populate_existing=True)
        )
        .all()
    )
    return [author for author, _licence in rows], {one.id: licence for one, licence in rows}


def key_of(key: str) -> bytes:
    """The id in an address; `Missing` for what is none."""
    try:
        return bytes.fromhex(key)
    except ValueError as problem:
        raise Missing from problem


def keys_of(person_id: int) -> dict[int, bytes]:
    """The child's pseudonym in each of the latest calls, by the id of the call."""
    chosen = select(Call.id).where(Call.state != "draft").order_by(Call.id.desc()).limit(REACH)
    return {each: author_key(person_id, each) for each in session().scalars(chosen)}


def of_keys(keys: Mapping[int, bytes]) -> ColumnElement[bool]:
    """The condition for authors under these pseudonyms."""
    return tuple_(Author.call_id, Author.participant).in_(list(keys.items()))


def own_works(who: Any, *, most: int = PAGE) -> list[Own]:
    """A child's works of the latest calls, newest call first: what is in, begun or to be mended."""
    keys = keys_of(who.person_id)
    if not keys:
        return []
    mine = (
        select(Entry.id)
        .join(Author, Author.entry_id == Entry.id)
        .join(Call, Call.id == Entry.call_id)
        .where(
            of_keys(keys),
            Entry.standing != "withdrawn",
            Entry.reason != ESCALATED,
            or_(Entry.helper.is_(False), Entry.standing != "draft"),
            Call.rehearsal.is_(False),
        )
        .order_by(Entry.call_id.desc(), Entry.id)
        .limit(most)
    )
    return [own_work(who, entry_id.hex()) for entry_id in session().scalars(mine).all()]
