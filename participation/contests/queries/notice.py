"""The notice of an outcome, thin and for some days (R69), and the objections to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, exists, literal, select, tuple_

from participation.accounts.queries import district_list
from participation.ballots.queries import voting_about
from participation.contests.call import ShownCall
from participation.contests.drawn import Place
from participation.contests.models import Author, Entry, Licence, Objection, Outcome, Round
from participation.contests.naming import choice_subject
from participation.contests.policies.notice import Noticing
from participation.contests.queries.hung import hung_works
from participation.kernel.clock import today
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.paging import Leaf, leaf
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.tables import Key, Words

PAGE: Final = 60
LISTED: Final = ("adopted", "selected", "shortlisted")
_RANK = case((Outcome.level == "shortlisted", 1), else_=0)


def noticing_of(call: ShownCall) -> Noticing:
    """What the rights around the notice of a call depend on."""
    of_call = Outcome.call_id == call.id
    return Noticing(
        call,
        has_outcome=_any(exists().where(of_call, Outcome.level.in_(LISTED))),
        rounds_left=_any(exists().where(Round.call_id == call.id, Round.state != "closed")),
        choice_left=_choice_left(call),
        objections_left=_any(
            exists().where(Objection.call_id == call.id, Objection.state == "waiting")
        ),
    )


def _any(wanted: object) -> bool:
    return bool(session().scalar(select(wanted)))  # type: ignore[call-overload]


def _choice_left(call: ShownCall) -> bool:
    """Is a choice running, or not counted yet? One that never opened keeps nobody waiting."""
    if call.choice == "none":
        return False
    voting = voting_about(choice_subject(call.id))
    return voting is not None and voting.state != "counted"


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One work of the notice: nothing but how its authors want to be named, band and district.

    `title` and `names` are empty where an author or a guardian does not (any more) allow them;
    `hangs` says that the work can be looked at.
    """

    place: "NoticePlace"
    title: str
    names: tuple[str, ...]
    band: str
    district: Words
    hangs: bool

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.place.there.id.hex()


@dataclass(frozen=True, slots=True)
class NoticePlace:
    """Where a line stands: chosen ones (0) before those of the short list (1), then as drawn."""

    part: int
    there: Place

    @property
    def mark(self) -> str:
        return f"{self.part}.{self.there.mark}"


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One page of lines; `after` leads on, none at the end."""

    lines: tuple[NoticeLine, ...]
    after: NoticePlace | None = None

    def of_part(self, part: int) -> list[NoticeLine]:
        """The chosen ones (0), or those of the short list (1)."""
        return [line for line in self.lines if line.place.part == part]


def notice_page(call: ShownCall, after: NoticePlace | None = None) -> NoticePage:
    """What stands on the notice of a call, in a drawn order that says nothing of a place.

    Whether the notice is up is for `may_see_notice`.
    """
    place = (_RANK, Entry.shuffle, Entry.id)
    wanted = (
        select(Entry, _RANK.label("part"))
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(
            Outcome.call_id == call.id,
            Outcome.level.in_(LISTED),
            Entry.standing == "approved",
        )
        .order_by(*place)
        .limit(PAGE + 1)
    )
    if after is not None:
        there = after.there
        spot = (literal(after.part), literal(there.shuffle), literal(there.id, Key))
        wanted = wanted.where(tuple_(*place) > tuple_(*spot))
    rows = [(row, part) for row, part in session().execute(wanted)]
    lines = _lines(rows[:PAGE])
    return NoticePage(lines, lines[-1].place if len(rows) > PAGE else None)


def _lines(rows: Sequence[tuple[Entry, int]]) -> tuple[NoticeLine, ...]:
    if not rows:
        return ()
    ids = [row.id for row, _part in rows]
    named, hung = _named(ids), hung_works(ids)
    districts = {one.id: one.name for one in district_list()}
    return tuple(
        NoticeLine(
            place=NoticePlace(part, Place(row.shuffle, row.id)),
            title=row.title if row.id in named else "",
            names=named.get(row.id, ()),
            band=row.band,
            district=districts.get(row.district_id, Words()),
            hangs=row.id in hung,
        )
        for row, part in rows
    )


def _named(ids: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
    """How the authors of works want to be named, where all of them and their guardians allow it."""
    rows = session().execute(
        select(Author.entry_id, Author.name_form, Author.shown_as, Author.consent, Licence)
        .outerjoin(Licence, Licence.author_id == Author.id)
        .where(Author.entry_id.in_(ids))
        .order_by(Author.entry_id, Author.lead.desc(), Author.id)
    )
    names: dict[bytes, list[str]] = {}
    refused: set[bytes] = set()
    for entry_id, form, shown, consent, given in rows:
        names.setdefault(entry_id, []).append("" if form == "none" else shown)
        if consent != "agreed" or not _holds(given):
            refused.add(entry_id)
    return {one: tuple(held) for one, held in names.items() if one not in refused}


def _holds(given: Licence | None) -> bool:
    if given is None or given.guardian != "agreed" or given.ended_on is not None:
        return False
    return given.until is not None and today() <= given.until


def noticed_entry(call: ShownCall, entry_id: bytes) -> bool:
    """Does this work stand on the notice of this call?"""
    return _any(
        exists().where(
            Outcome.entry_id == entry_id, Outcome.call_id == call.id, Outcome.level.in_(LISTED)
        )
    )


def objections_in(call_id: int, *, below: int = 0, above: int = 0) -> Leaf[Objection]:
    """The objections to the outcome of a call, the newest first, by page."""
    of_call = select(Objection).where(Objection.call_id == call_id)
    return leaf(of_call, Objection.id, below=below, above=above)


def objection_of(objection_id: int, *, lock: bool = False) -> Objection:
    """One objection; raises `Missing`."""
    wanted = select(Objection).where(Objection.id == objection_id)
    wanted = wanted.execution_options(populate_existing=True)
    found = session().scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise Missing
    return found


def secret_mark(number: str, code: str) -> bytes:
    """The keyed mark under which the small secret of an objection is kept."""
    return fingerprint("objection", f"{number}|{code}")


def objection_by(call_id: int, number: str, code: str) -> Objection | None:
    """The objection of this number, for who knows its small secret."""
    found = session().scalar(
        select(Objection).where(Objection.number == number, Objection.call_id == call_id)
    )
    if found is None or found.secret != secret_mark(number, code):
        return None
    return found


def title_of(entry_id: bytes | None) -> str:
    """The title of the work that an objection is about, for the desk; empty for none."""
    if entry_id is None:
        return ""
    return session().scalar(select(Entry.title).where(Entry.id == entry_id)) or ""
