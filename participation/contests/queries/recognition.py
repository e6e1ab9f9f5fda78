"""What an entrant is thanked with, by her key; what a certificate still says, by its code."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from participation.contests.models import Author, Call, Certificate, Entry, Licence, Outcome
from participation.contests.policies.recognition import Recognition
from participation.contests.queries.files import sorted_files
from participation.contests.queries.own import Own, own_work
from participation.contests.recognition import CHOSEN, Card, is_used, next_words, stanza_of
from participation.deliveries.queries import standing_of
from participation.kernel.clock import today
from participation.kernel.codes import grouped, is_sound
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.storage import Gone, store
from participation.kernel.tables import Words
from participation.media.queries import FileView, files_of
from participation.media.queries.serving import served

PRINTED: Final = "medium"
"""The rendition that a card prints: 800 pixels at most."""


@dataclass(frozen=True, eq=False)
class Recognised:
    """A work with what became of it, for one of its authors."""

    own: Own
    level: str
    liked_id: int | None
    certificate: Certificate | None

    @property
    def right(self) -> Recognition:
        """What the rights to card and certificate depend on."""
        own = self.own
        return Recognition(own.call, own.entry.standing, own.author.consent, self.level)

    @property
    def is_shown(self) -> bool:
        """May her card show something of the work?"""
        licence = self.own.licence
        used = is_used(licence.guardian, licence.until, licence.ended_on, today())
        return used and self.own.entry.standing == "approved"


def recognised(who: Any, key: str) -> Recognised:
    """The work of this key for one of its authors; `Missing` for anybody else."""
    own = own_work(who, key)
    outcome = session().get(Outcome, own.entry.id, populate_existing=True)
    latest = session().scalar(
        select(Certificate)
        .where(Certificate.author_id == own.author.id, Certificate.ended_on.is_(None))
        .order_by(Certificate.id.desc())
        .limit(1)
    )
    if outcome is None:
        return Recognised(own, "", None, latest)
    return Recognised(own, outcome.level, outcome.liked_id, latest)


def card_of(found: Recognised) -> Card:
    """Her card, in the language of the page."""
    own, call = found.own, found.own.call
    praise = {one.id: one.praise for one in call.criteria}.get(found.liked_id or 0, Words())
    standing = standing_of(call.subject)
    return Card(
        call=str(call.title),
        title=own.entry.title if found.is_shown else "",
        name=own.author.shown_as,
        stanza=stanza_of(own.entry.text) if found.is_shown and call.takes_text else "",
        praise=str(praise),
        next=next_words(
            str(call.unit),
            standing.due_on if standing else call.answer_due,
            standing.state if standing else "",
            overdue=standing.overdue if standing else False,
        ),
        adopted=found.level == "adopted",
    )


def picture_of(found: Recognised) -> FileView | None:
    """The first picture of the work that is ready; None where none may be shown."""
    if not found.is_shown:
        return None
    pictures = sorted_files(files_of(found.own.subject)).pictures
    return next((one for one in pictures if one.is_ready), None)


def picture_svg(file: FileView | None) -> str:
    """A picture as an SVG that paper takes; empty where its bytes are gone."""
    found = served(file.id, PRINTED, file.version) if file is not None else None
    if file is None or found is None:
        return ""
    size = file.renditions[PRINTED]
    try:
        with store().read(found.key) as stream:
            whole = b64encode(b"".join(stream)).decode()
    except Gone:
        return ""
    shape = f'width="{size.width}" height="{size.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}" {shape}>'
        f'<image {shape} href="data:{found.mime};base64,{whole}"/></svg>'
    )


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody reads by the code of a certificate: never a name, never who it is.

    `title` is empty where the work is not used any more; `valid`: the work still stands as the
    certificate says; `latest`: none was made after it.
    """

    code: str
    call_id: int
    call: Words
    title: str
    level: str
    made_on: date
    latest: bool
    valid: bool
    name_mark: bytes


def verified(code: str) -> Verified:
    """The certificate of a typed code; `Missing` for one that none has."""
    if not is_sound(code):
        raise Missing
    row = (
        session()
        .execute(
            select(Certificate, Entry, Call, Outcome.level, Licence)
            .join(Author, Author.id == Certificate.author_id)
            .join(Licence, Licence.author_id == Author.id)
            .join(Entry, Entry.id == Author.entry_id)
            .join(Call, Call.id == Entry.call_id)
            .outerjoin(Outcome, Outcome.entry_id == Entry.id)
            .where(Certificate.code == grouped(code), Call.rehearsal.is_(False))
        )
        .one_or_none()
    )
    if row is None:
        raise Missing
    certificate, entry, call, level, licence = row
    valid = entry.standing == "approved" and level in CHOSEN
    used = is_used(licence.guardian, licence.until, licence.ended_on, today())
    return Verified(
        code=certificate.code,
        call_id=call.id,
        call=call.title,
        title=entry.title if valid and used else "",
        level=level if valid else "",
        made_on=certificate.made_on,
        latest=certificate.ended_on is None,
        valid=valid,
        name_mark=certificate.name_mark,
    )
