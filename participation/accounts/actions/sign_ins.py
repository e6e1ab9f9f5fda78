"""Beginning and ending sign-ins: one row a device, so that any of them can be ended from here."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from participation.accounts.happenings import SignInsEnded, about_person
from participation.accounts.identity import Identity
from participation.accounts.models import SignIn
from participation.accounts.policies import may_end_sign_ins
from participation.accounts.queries.rights import facts_of_person
from participation.accounts.standing import identity_of, note_change, present_mark
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.tables import random_key
from participation.settings import Settings


def begin_sign_in(person_id: int, settings: Settings) -> Identity | None:
    """A sign-in of this person on one device; None for one who has left."""
    row = SignIn(
        id=random_key(),
        person_id=person_id,
        began_at=now(),
        ends_at=now() + timedelta(hours=settings.sign_in_hours),
    )
    mark = present_mark()
    session().add(row)
    session().flush()
    return identity_of(person_id, sign_in=row, mark=mark, settings=settings)


def sign_out(who: Any) -> None:
    """End the sign-in of this device; a copied cookie of it is worth nothing from now on."""
    if not who.is_authenticated:
        return
    row = session().get(SignIn, bytes.fromhex(who.sign_in))
    if row is not None and row.ended_at is None:
        row.ended_at = now()
        note_change(who.person_id)


def end_sign_ins(who: Any, person_id: int) -> None:
    """End every sign-in of a person: one's own, a child's of one's class, or as administrator.

    Raises `Missing` for nobody, `NotAllowed` for somebody else's.
    """
    may_end_sign_ins.require(who, facts_of_person(person_id), now())
    end_all([person_id])
    by = None if who.is_child else who.person_id
    announce(SignInsEnded(subject=about_person(person_id), by=by))


def end_all(person_ids: Sequence[int]) -> None:
    """End every sign-in of these people; part of a deed that has asked whether it may."""
    open_ones = update(SignIn).where(SignIn.person_id.in_(person_ids), SignIn.ended_at.is_(None))
    session().execute(open_ones.values(ended_at=now()))
    for person_id in person_ids:
        note_change(person_id)
