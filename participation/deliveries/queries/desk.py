"""The officials' desk: what is due first, one dossier, its drafts, versions and papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload, load_only, selectinload
from sqlalchemy.sql import Select

from participation.accounts.roles import OFFICIAL
from participation.deliveries.models import Dossier, Paper, PointAnswer, Reply
from participation.deliveries.policies import may_read_dossier
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.paging import read_number

PAGE = 20


@dataclass(frozen=True, slots=True)
class Board:
    """One page of dossiers; `older` and `newer` are the keys of the pages around it or None."""

    dossiers: Sequence[Dossier]
    newer: str | None
    older: str | None


def _mine(who: Any, *columns: Any) -> Select[Any]:
    """Only the unit's dossiers for an official, all of them for a secretary."""
    statement = select(*columns)
    return statement.where(Dossier.unit_id == who.unit_id) if who.role == OFFICIAL else statement


def board(who: Any, *, answered: bool = False, after: str = "", before: str = "") -> Board:
    """A page of 20 dossiers: what is due first; answered ones, the latest due first.

    `after` and `before` are keys that an earlier page gave; a key that is none counts as the start.
    """
    forward = not _key(before)
    ahead = forward != answered
    key = _key(after) or _key(before)
    place = tuple_(Dossier.due_on, Dossier.id)
    statement = _mine(who, Dossier).where(
        Dossier.replied_at.is_not(None) if answered else Dossier.replied_at.is_(None)
    )
    if key:
        statement = statement.where(place > key if ahead else place < key)
    order = (Dossier.due_on, Dossier.id) if ahead else (Dossier.due_on.desc(), Dossier.id.desc())
    found = (
        session()
        .scalars(statement.order_by(*order).limit(PAGE + 1).options(joinedload(Dossier.unit)))
        .all()
    )
    more, shown = len(found) > PAGE, list(found[:PAGE])
    if not forward:
        shown.reverse()
    if not shown:
        return Board((), None, None)
    first, last = (f"{each.due_on}_{each.id}" for each in (shown[0], shown[-1]))
    has_newer, has_older = (bool(key), more) if forward else (more, True)
    return Board(shown, first if has_newer else None, last if has_older else None)


def _key(text: str) -> tuple[date, int] | None:
    day, _mark, number = text.partition("_")
    try:
        return date.fromisoformat(day), read_number(number)
    except ValueError:
        return None


def waiting_count(who: Any) -> int:
    """How many dossiers wait for a reply from this official's unit (from all, for a secretary)."""
    counted = _mine(who, func.count()).select_from(Dossier).where(Dossier.replied_at.is_(None))
    return session().scalar(counted) or 0


def late_count(who: Any) -> int:
    """How many of them were promised for a day before today."""
    counted = (
        _mine(who, func.count())
        .select_from(Dossier)
        .where(Dossier.replied_at.is_(None), Dossier.due_on < today())
    )
    return session().scalar(counted) or 0


def dossier_for(who: Any, dossier_id: int) -> Dossier:
    """One dossier with unit, official and points; `Missing` where this person may not read it."""
    dossier = session().scalar(
        select(Dossier)
        .where(Dossier.id == dossier_id)
        .options(
            joinedload(Dossier.unit), joinedload(Dossier.official), selectinload(Dossier.points)
        )
    )
    if dossier is None or not may_read_dossier(who, dossier, now()):
        raise Missing
    return dossier


def draft_of(dossier_id: int) -> Reply | None:
    """The reply that is being written, with its answers; None where there is none."""
    return session().scalar(
        select(Reply)
        .where(Reply.dossier_id == dossier_id, Reply.given_at.is_(None))
        .options(selectinload(Reply.answers))
    )


def newest_of(dossier_id: int) -> Reply | None:
    """The reply that was written last, a draft or a given one; None where there is none."""
    return session().scalar(
        select(Reply)
        .where(Reply.dossier_id == dossier_id)
        .order_by(Reply.version.desc())
        .limit(1)
        .options(selectinload(Reply.answers))
        .execution_options(populate_existing=True)
    )


def seen_mark(newest: Reply | None) -> str:
    """What names the state of the reply that a page shows: version and moment of saving."""
    return f"{newest.version}@{newest.saved_at.isoformat()}" if newest else ""


def given_replies(dossier_id: int) -> Sequence[Reply]:
    """The versions that were given, the newest first, with answers and points (at most 20)."""
    return (
        session()
        .scalars(
            select(Reply)
            .where(Reply.dossier_id == dossier_id, Reply.given_at.is_not(None))
            .order_by(Reply.version.desc())
            .limit(PAGE)
            .options(selectinload(Reply.answers).joinedload(PointAnswer.point))
        )
        .all()
    )


def paper_of(dossier_id: int, kind: str, locale: str) -> Paper | None:
    """One paper as it was made; None while it is being made."""
    return session().get(Paper, (dossier_id, kind, locale))


def ready_papers(dossier_id: int) -> set[tuple[str, str]]:
    """Kind and language of each paper that is made already."""
    kept = session().execute(select(Paper.kind, Paper.locale).where(Paper.dossier_id == dossier_id))
    return {(kind, locale) for kind, locale in kept}


def dossier_by_digest(digest: str) -> tuple[Dossier, Sequence[Paper]] | None:
    """The dossier whose contents, or whose paper, has this fingerprint, and its papers."""
    by_paper = select(Paper.dossier_id).where(Paper.digest == digest)
    dossier = session().scalar(
        select(Dossier)
        .where((Dossier.digest == digest) | Dossier.id.in_(by_paper))
        .order_by(Dossier.id)
        .limit(1)
        .options(joinedload(Dossier.unit))
    )
    if dossier is None:
        return None
    papers = session().scalars(
        select(Paper)
        .where(Paper.dossier_id == dossier.id)
        .order_by(Paper.kind, Paper.locale)
        .options(load_only(Paper.digest))
    )
    return dossier, papers.all()
