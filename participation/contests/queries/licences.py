"""What a guardian is asked about: by the code of a slip, without an account."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from participation.contests.call import CallPart, ShownCall
from participation.contests.licences import last_day
from participation.contests.models import Author, Entry, Licence
from participation.contests.naming import entry_subject
from participation.contests.policies.entries import ENDED, ESCALATED
from participation.contests.queries.calls import call_of
from participation.contests.queries.own import authors_of
from participation.kernel.clock import now, today
from participation.kernel.codes import is_sound, tidy
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.subjects import Subject


@dataclass(frozen=True, eq=False)
class LicenceAsked:
    """A licence with the work and the call that it is about."""

    call: ShownCall
    entry: Entry
    author: Author
    licence: Licence
    several: bool

    @property
    def subject(self) -> Subject:
        return entry_subject(self.entry.id)

    @property
    def uses(self) -> list[CallPart]:
        """The further uses that the child allows: a guardian is asked about no others."""
        return [one for one in self.call.uses if one.id in self.licence.uses]

    @property
    def until(self) -> date:
        """The last day, if it is given today; the day that stands where it is given."""
        if self.licence.guardian == "agreed" and self.licence.until is not None:
            return self.licence.until
        return last_day(today(), self.call.years)

    @property
    def is_over(self) -> bool:
        """Did it end, by the child's wish or by its time?"""
        ended = self.licence.ended_on is not None
        return ended or (self.licence.until is not None and self.licence.until < today())


def code_key(code: str) -> bytes:
    """The keyed fingerprint under which the code of a slip is kept."""
    return fingerprint("licence", tidy(code))


def licence_by_code(code: str, *, lock: bool = False) -> LicenceAsked:
    """The licence that this code is for; `Missing` for one that was used, is old or never was.

    Also `Missing` where the work is gone: taken back, or with the protection team.
    """
    if not is_sound(code):
        raise Missing
    wanted = select(Licence).where(Licence.code == code_key(code), Licence.code_ends > now())
    wanted = wanted.execution_options(populate_existing=True)
    licence = session().scalar(wanted.with_for_update() if lock else wanted)
    author = session().get(Author, licence.author_id) if licence else None
    entry = session().get(Entry, author.entry_id, populate_existing=True) if author else None
    if licence is None or author is None or entry is None:
        raise Missing
    if entry.standing in (*ENDED, "draft") or entry.reason == ESCALATED:
        raise Missing
    several = len(authors_of(entry.id)[0]) > 1
    return LicenceAsked(call_of(entry.call_id), entry, author, licence, several)
