"""The gallery: works that hang, by page in an order drawn for the visitor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, literal, select, tuple_

from participation.contests.call import ShownCall
from participation.contests.drawn import Draw, Place
from participation.contests.models import Entry, Juror
from participation.contests.policies.gallery import JUDGED_IN, Gallery
from participation.contests.queries.hanging import hanging
from participation.contests.queries.hung import HungWork, as_hung, place_of
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.tables import Key

PAGE: Final = 24
_PLACE: Final = (Entry.shuffle, Entry.id)


@dataclass(frozen=True, slots=True)
class Looking:
    """Which works are looked at: of one band, of one theme, or all."""

    band: str = ""
    theme_id: int = 0


@dataclass(frozen=True, slots=True)
class Wall:
    """One page of works; `after` is the place under which the way goes on, `before` the one under
    which it goes back (none at its ends)."""

    works: tuple[HungWork, ...]
    after: Place | None = None
    before: Place | None = None


def gallery_for(who: Any, call: ShownCall) -> Gallery:
    """What the right to look at the works of a call depends on."""
    if not (who.is_authenticated and call.ranked and call.state in JUDGED_IN):
        return Gallery(call)
    juror = select(Juror.id).where(
        Juror.call_id == call.id,
        Juror.person_id == who.person_id,
        Juror.state.in_(("invited", "accepted")),
    )
    return Gallery(call, session().scalar(juror) is not None)


def wall(
    call: ShownCall,
    draw: Draw,
    looking: Looking,
    *,
    after: Place | None = None,
    before: Place | None = None,
    most: int = PAGE,
) -> Wall:
    """One page of the works of a call; `after` or `before` a place of this order.

    Costs the same however many works hang: at most two short walks along an index.
    """
    back = before is not None and after is None
    found = _rows(call.id, draw, looking, before if back else after, most + 1, back=back)
    more, rows = len(found) > most, found[:most]
    if back:
        rows.reverse()
    if not rows:
        return Wall(())
    first, last = place_of(rows[0]), place_of(rows[-1])
    has_before, has_after = (more, True) if back else (after is not None, more)
    return Wall(as_hung(rows), last if has_after else None, first if has_before else None)


def neighbours(
    call: ShownCall, draw: Draw, looking: Looking, place: Place
) -> tuple[bytes | None, bytes | None]:
    """The works before and after a place in an order; None at its ends."""
    sides = (_rows(call.id, draw, looking, place, 1, back=back) for back in (True, False))
    before, after = (rows[0].id if rows else None for rows in sides)
    return before, after


def _rows(
    call_id: int, draw: Draw, looking: Looking, there: Place | None, most: int, *, back: bool
) -> list[Entry]:
    """Rows from a place on, along the way or back; the part of the ring behind its end as well."""
    parts: tuple[int, ...] = (1, 0) if back else (0, 1)
    if there is not None:
        parts = parts[parts.index(draw.part(there.shuffle)) :]
    found: list[Entry] = []
    for part in parts:
        if len(found) < most:
            found += _walk(call_id, draw, looking, part, there, most - len(found), back=back)
            there = None
    return found


def _walk(
    call_id: int,
    draw: Draw,
    looking: Looking,
    part: int,
    there: Place | None,
    most: int,
    *,
    back: bool,
) -> Sequence[Entry]:
    rising = draw.onwards is not back
    bounds = _bounds(draw, part, there, rising=rising)
    wanted = (
        select(Entry)
        .where(Entry.call_id == call_id, *bounds, hanging(now()), *_looked_at(looking))
        .order_by(*(one.asc() if rising else one.desc() for one in _PLACE))
        .limit(most)
    )
    return session().scalars(wanted).all()


def _bounds(
    draw: Draw, part: int, there: Place | None, *, rising: bool
) -> list[ColumnElement[bool]]:
    """From where to where a walk leads.

    The bound behind a place follows from it. Told as well, SQLite would begin to walk there and not
    at the place (253 ms instead of 12 in the midst of a million works).
    """
    if there is None:
        return [_within(draw, part)]
    spot = tuple_(literal(there.shuffle), literal(there.id, Key))
    near = Entry.shuffle >= there.shuffle if rising else Entry.shuffle <= there.shuffle
    beyond = tuple_(*_PLACE) > spot if rising else tuple_(*_PLACE) < spot
    is_behind = rising is (draw.onwards is (part == 0))
    return [near, beyond] if is_behind else [near, beyond, _within(draw, part)]


def _within(draw: Draw, part: int) -> ColumnElement[bool]:
    if draw.onwards:
        return Entry.shuffle >= draw.start if part == 0 else Entry.shuffle < draw.start
    return Entry.shuffle <= draw.start if part == 0 else Entry.shuffle > draw.start


def _looked_at(looking: Looking) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if looking.band:
        rules.append(Entry.band == looking.band)
    if looking.theme_id:
        rules.append(Entry.theme_id == looking.theme_id)
    return rules
