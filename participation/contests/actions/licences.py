"""The rights to a work: a slip for home, a guardian's decision by its code, and their end (R66).

A guardian signs until 18: at 14 a child decides about her data (PIPL 31), her work is given away by
a person of limited capacity (民法典 19). Nothing is kept of a guardian, and of the code only a
keyed fingerprint; a slip printed anew ends the one before.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select, update

from participation.accounts.actions.lockouts import reserve, window_of
from participation.accounts.consent import AGREED, REFUSED, WITHDRAWN, Wish
from participation.contests.actions.standing import show_anew, take_down_files
from participation.contests.happenings.entries import LicenceDecided, LicenceEnded
from participation.contests.licences import last_day
from participation.contests.models import Author, Entry, Licence
from participation.contests.naming import entry_subject
from participation.contests.policies.entries import may_end_use, may_see_own_work, may_sign_licence
from participation.contests.queries.licences import LicenceAsked, code_key, licence_by_code
from participation.contests.queries.own import Own
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.codes import is_sound, new_code
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.jobs import Deed
from participation.kernel.pseudonyms import fingerprint

CHANGE_OF_MIND: Final = timedelta(days=400)
"""How long the code for a change of mind works; later the child prints a new slip."""
FAILURES: Final = 30
"""Codes that one address may try in vain in a quarter of an hour."""
MOST_ENDED: Final = 500

CODE_OVER: Final = _l("这个码用不了：可能写错了，用过了，或者过期了。请让孩子再印一张纸条。")
NOT_IN: Final = _l("作品交了以后，才有给家长的纸条。")
MOVED_ON: Final = _l("这个作品的授权刚才变过了。请重新打开这一页。")


def print_slip(who: Any, own: Own, *, days: int) -> str:
    """A fresh code for the guardian, good for `days`; the slip of before ends. Shown once.

    Raises `RuleBroken` for a work that is not in.
    """
    may_see_own_work.require(who, own.right, now())
    if own.entry.standing in ("draft", "refused", "disqualified"):
        raise RuleBroken(NOT_IN)
    mark = fingerprint("slip", str(who.person_id)).hex()
    limits.allow(f"slip:{mark}", most=20, seconds=3600)
    return _give_code(own.licence, timedelta(days=days))


def _give_code(licence: Licence, good_for: timedelta) -> str:
    code = new_code()
    licence.code, licence.code_ends = code_key(code), now() + good_for
    session().flush()
    return code


def find_licence(code: str, *, address: str) -> None:
    """Check a typed code. Raises `RuleBroken` (field `code`) for one that does not work, counting
    the failure, and `TooMany` after many; a slip of the finger is not counted."""
    if not is_sound(code):
        raise RuleBroken(CODE_OVER, field="code")
    attempt = reserve(window_of("licence", address, FAILURES))
    try:
        licence_by_code(code)
    except Missing as missing:
        raise RuleBroken(CODE_OVER, field="code") from missing
    attempt.succeeded()


def decide_licence(who: Any, code: str, wish: Wish, uses: Collection[int]) -> str:
    """A guardian decides; the code is used up, and a fresh one for a change of mind returned.

    `uses` are those further uses that she allows as well; what the child did not allow is none.
    Saying no after a yes takes the work down at once. Raises `Missing` for a code that is over,
    refuses (`NotAllowed`) a child who is signed in.
    """
    may_sign_licence.require(who, None, now())
    asked = licence_by_code(code, lock=True)
    licence, was = asked.licence, asked.licence.guardian
    if wish == AGREED:
        _agree(asked, uses)
    else:
        licence.guardian = WITHDRAWN if was in (AGREED, WITHDRAWN) else REFUSED
        licence.until = None
    fresh = _give_code(licence, CHANGE_OF_MIND)
    _tell(asked.entry)
    announce(LicenceDecided(subject=asked.subject, decision=licence.guardian))
    return fresh


def _agree(asked: LicenceAsked, uses: Collection[int]) -> None:
    """The years begin with the first yes, so that saying it again makes them no longer."""
    licence = asked.licence
    if licence.guardian != AGREED or licence.until is None:
        licence.given_on = today()
        licence.until = last_day(licence.given_on, asked.call.years)
    licence.guardian = AGREED
    licence.uses = [one.id for one in asked.uses if one.id in uses]


def end_use(who: Any, own: Own) -> None:
    """A child ends the use of her work from now on, at any time, without a reason (R66)."""
    may_end_use.require(who, own.right, now())
    own.licence.ended_on = today()
    session().flush()
    _tell(own.entry)
    announce(LicenceEnded(subject=own.subject))


def _tell(entry: Entry) -> None:
    """Pages and addresses of an approved work are others from now on."""
    if entry.standing == "approved":
        show_anew(entry.call_id)
        take_down_files(entry.id)


def end_licences(_arguments: dict[str, Any]) -> Deed:
    """The timer of rights whose time is over, once a minute.

    Pages look at the last day themselves (`queries.hanging`); this lets the addresses of files die
    that were given out before, and writes the end down.
    """
    over = session().scalars(
        select(Licence.author_id)
        .where(Licence.until < today(), Licence.ended_on.is_(None), Licence.guardian == AGREED)
        .order_by(Licence.until, Licence.author_id)
        .limit(MOST_ENDED)
    )
    found = list(over)

    def end() -> None:
        for author_id in found:
            _end(author_id)

    return end


def _end(author_id: bytes) -> None:
    ended = update(Licence).where(Licence.author_id == author_id, Licence.ended_on.is_(None))
    if session().execute(ended.values(ended_on=Licence.until)).rowcount != 1:  # type: ignore[attr-defined]
        return
    author = session().get_one(Author, author_id)
    _tell(session().get_one(Entry, author.entry_id))
    announce(LicenceEnded(subject=entry_subject(author.entry_id)))
