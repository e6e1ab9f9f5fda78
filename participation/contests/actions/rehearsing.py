"""Trying a call out: a copy that nobody but the desks knows, with made-up works, which goes again.

It has the state and the dates that the secretary gives it, also past ones, so that a jury and a
notice of weeks can be tried within an hour.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Final

from sqlalchemy import func, select

from participation.accounts.identity import Identity
from participation.accounts.queries import district_list, person
from participation.accounts.roles import STAFF
from participation.contests.actions.closing import close_call
from participation.contests.actions.drafting import TEXTS, require_whole, write_outline
from participation.contests.actions.removing import remove_call
from participation.contests.gaps import date_gaps
from participation.contests.happenings.rehearsing import (
    RehearsalBegun,
    RehearsalChanged,
    RehearsalEnded,
    RehearsalFilled,
    RehearsalShared,
)
from participation.contests.models import Author, Call, Entry, Licence, RehearsalGuest
from participation.contests.naming import (
    SHUFFLES,
    blind_code,
    call_subject,
    entry_subject,
    version_name,
)
from participation.contests.outline import CallOutline
from participation.contests.policies.calls import may_rehearse_call, may_run_rehearsal
from participation.contests.queries.calls import whole_call
from participation.contests.queries.drafts import outline_of
from participation.contests.samples import SAMPLES, Sample, drawing_of
from participation.kernel import versions
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.tables import random_key
from participation.media.actions import take_in

LASTS: Final = timedelta(days=30)
TAKES: Final = timedelta(days=7)
MOST: Final = 200
PICTURE: Final = "picture-1"
DRAWN: Final = frozenset({"vector"})
DRAWING_LIMIT: Final = 1 << 16
FULL: Final = _l("这次预演已经放过作品了")
NO_COLLEAGUE: Final = _l("选一位同事")

Deed = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Every date of a rehearsal, to be set freely."""

    opens_at: datetime | None
    closes_at: datetime | None
    choice_opens_at: datetime | None
    choice_closes_at: datetime | None
    notice_from: date | None
    notice_until: date | None
    shows_until: date | None


def begin_rehearsal(who: Identity, call_id: int) -> Call:
    """Copy a whole call and let it take works for a week, for the desks alone.

    Raises `RulesBroken` with what the call still lacks; what is wrong with its dates alone is not
    in the way, a rehearsal has its own.
    """
    found = whole_call(call_id)
    may_rehearse_call.require(who, found, now())
    outline = _with_own_dates(outline_of(found))
    if found.state == "draft":
        require_whole(found, outline)
    row = _copy(outline, who)
    versions.grow(version_name(row.id))
    announce(RehearsalBegun(subject=call_subject(row.id), by=who.person_id, of=call_id))
    return row


def _with_own_dates(outline: CallOutline) -> CallOutline:
    moment, day = now(), today()
    closes = moment + TAKES
    has_choice = outline.choice != "none"
    return replace(
        outline,
        opens_at=moment,
        closes_at=closes,
        choice_opens_at=closes if has_choice else None,
        choice_closes_at=closes + TAKES if has_choice else None,
        notice_from=day + 3 * TAKES,
        notice_until=day + 5 * TAKES,
        shows_until=day + 6 * TAKES,
        answer_due=day + 7 * TAKES,
    )


def _copy(outline: CallOutline, who: Identity) -> Call:
    row = Call(
        rehearsal=True,
        state="published",
        kind=outline.kind,
        title=outline.title,
        **{name: getattr(outline, name) for name in TEXTS},
        made_by=who.person_id,
        made_at=now(),
        published_at=now(),
    )
    session().add(row)
    session().flush()
    write_outline(row, outline)
    return row


def change_rehearsal(who: Identity, row: Call, dates: Dates) -> None:
    """Set the dates of a rehearsal freely. Raises `RulesBroken` where one ends before it begins."""
    may_run_rehearsal.require(who, row, now())
    changes: dict[str, Any] = {name: getattr(dates, name) for name in Dates.__slots__}
    if broken := date_gaps(CallOutline(**changes)):
        raise RulesBroken(broken)
    for name, value in changes.items():
        setattr(row, name, value)
    _changed(who, row)


def close_rehearsal(who: Identity, row: Call) -> None:
    """End the time of a rehearsal now, as the clock would."""
    may_run_rehearsal.require(who, row, now())
    moment = now()
    if row.opens_at is None or row.opens_at >= moment:
        row.opens_at = moment - timedelta(minutes=1)
    row.closes_at = moment
    session().flush()
    close_call(row.id, by=who.person_id)


def _changed(who: Identity, row: Call) -> None:
    row.version += 1
    session().flush()
    versions.grow(version_name(row.id))
    announce(RehearsalChanged(subject=call_subject(row.id), by=who.person_id, version=row.version))


def fill_rehearsal(who: Identity, row: Call) -> int:
    """Put twelve made-up works into a rehearsal; returns how many there are now.

    Each is approved, agreed to and to be shown, of every band and of several districts and
    schools, so that rounds, quorums and the gallery can be tried. Raises `RuleBroken` the second
    time.
    """
    may_run_rehearsal.require(who, row, now())
    if session().scalar(select(func.count()).where(Entry.call_id == row.id)):
        raise RuleBroken(FULL)
    districts = [place.id for place in row.districts or district_list()] or [0]
    schools = [secrets.token_bytes(8) for _school in range(4)]
    for place, sample in enumerate(SAMPLES):
        entry = _entry(row, sample, place)
        entry.district_id = districts[place % len(districts)]
        entry.school = schools[place % len(schools)]
        _add_work(row, entry, sample)
        if row.pictures_most:
            drawing = BytesIO(drawing_of(place))
            subject = entry_subject(entry.id)
            take_in(subject, PICTURE, drawing, allowed=DRAWN, limit=DRAWING_LIMIT)
    session().flush()
    versions.grow(version_name(row.id))
    announce(RehearsalFilled(subject=call_subject(row.id), by=who.person_id, works=len(SAMPLES)))
    return len(SAMPLES)


def _entry(row: Call, sample: Sample, place: int) -> Entry:
    bands = row.bands or "b"
    return Entry(
        id=random_key(),
        call_id=row.id,
        code=blind_code(),
        standing="approved",
        band=bands[place % len(bands)],
        title=sample.title,
        words=sample.words,
        alt=sample.alt,
        text=sample.lyrics if row.kind in ("lyrics", "free") else "",
        ai="none",
        shown=True,
        shuffle=secrets.randbelow(SHUFFLES),
        handed_on=today(),
    )


def _add_work(row: Call, entry: Entry, sample: Sample) -> None:
    """A work with its one made-up author and her licence; the pseudonym is nobody's."""
    author = Author(
        id=random_key(),
        entry_id=entry.id,
        call_id=row.id,
        participant=random_key(),
        lead=True,
        band=entry.band,
        shown_as=sample.nickname,
    )
    licence = Licence(
        author_id=author.id,
        guardian="agreed",
        uses=[use.id for use in row.uses],
        given_on=today(),
        until=today() + timedelta(days=365 * row.years),
    )
    for one in (entry, author, licence):
        session().add(one)
        session().flush()


def share_rehearsal(who: Identity, row: Call, person_id: int, *, seen: bool = True) -> None:
    """Let a colleague see a rehearsal, or no longer; raises `RuleBroken` for who is none."""
    may_run_rehearsal.require(who, row, now())
    colleague = person(person_id)
    if colleague is None or colleague.role not in STAFF or colleague.left_at is not None:
        raise RuleBroken(NO_COLLEAGUE, field="person_id")
    guest = session().get(RehearsalGuest, (row.id, person_id))
    if seen and guest is None:
        session().add(RehearsalGuest(call_id=row.id, person_id=person_id))
    elif not seen and guest is not None:
        session().delete(guest)
    session().flush()
    announce(
        RehearsalShared(
            subject=call_subject(row.id), by=who.person_id, person_id=person_id, seen=seen
        )
    )


def end_rehearsal(who: Identity, row: Call) -> None:
    """End a rehearsal: it goes with all its works, judgements and guests."""
    may_run_rehearsal.require(who, row, now())
    remove_call(row.id)
    announce(RehearsalEnded(subject=call_subject(row.id), by=who.person_id))


def end_old_rehearsals(_arguments: dict[str, Any]) -> Deed:
    """The timer: rehearsals that nobody ended within thirty days go by themselves."""
    old = (
        session()
        .scalars(
            select(Call.id)
            .where(Call.rehearsal.is_(True), Call.made_at <= now() - LASTS)
            .order_by(Call.id)
            .limit(MOST)
        )
        .all()
    )

    def end() -> None:
        for call_id in old:
            remove_call(call_id)
            announce(RehearsalEnded(subject=call_subject(call_id)))

    return end
