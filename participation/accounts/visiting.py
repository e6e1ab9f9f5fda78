"""Who a request comes from: Flask-Login with the light identity, looked at anew when it must be."""

from functools import lru_cache
from threading import Lock
from typing import Final

from flask import Flask, Response
from flask import session as visit
from flask_login import LoginManager, login_user, logout_user

from participation.accounts.identity import Identity, Nobody
from participation.accounts.models import SignIn
from participation.accounts.standing import identity_of, minutes_for, present_mark
from participation.kernel.clock import now
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.quick import Quick
from participation.settings import Settings

_SINCE = Quick("SELECT id, person_id FROM accounts_standing_changes WHERE id > :known ORDER BY id")


class Standings:
    """The latest standing change of each person, as this worker knows it.

    One small statement a request brings what is new since the last one; a cookie minted before a
    person's latest change is looked at anew.
    """

    def __init__(self) -> None:
        self._url = ""
        self._mark = 0
        self._latest: dict[int, int] = {}
        self._lock = Lock()

    def latest_of(self, person_id: int) -> int:
        """The number of the person's latest change; 0 when there was none."""
        for number, whose in _SINCE.all(known=self._known()):
            with self._lock:
                self._mark = max(self._mark, number)
                self._latest[whose] = max(number, self._latest.get(whose, 0))
        return self._latest.get(person_id, 0)

    def _known(self) -> int:
        url = database().url
        if url != self._url:
            with self._lock:
                self._url, self._mark, self._latest = url, 0, {}
        return self._mark


standings = Standings()
NOBODY: Final = Nobody()


class _Visitors(LoginManager):
    """Flask-Login without what this house does not use: it looks at nobody's address and browser,
    and there is no cookie that remembers a visitor."""

    def _load_user(self) -> None:
        text = visit.get("_user_id")
        self._update_request_context_with_user(self._user_callback(text) if text else None)

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def keep_visitors(app: Flask, settings: Settings) -> None:
    """Recognise visitors by the signed session."""
    manager = _Visitors(app)
    manager.anonymous_user = Nobody
    manager.user_loader(lambda text: recognise(text, settings))


def recognise(text: str, settings: Settings) -> Identity | None:
    """The visitor behind the signed text, or None when the sign-in is over.

    The common road costs one small statement. A cookie past half of its time is minted anew, one
    that a standing change made old is read again from the rows.
    """
    identity = _parsed(text)
    moment = int(now().timestamp())
    if identity is None or identity.until < moment:
        return None
    return identity if _stands(identity, moment, settings) else _look_anew(identity, settings)


def recognise_at_once(text: str, settings: Settings) -> Identity | Nobody | None:
    """The visitor where the common road is enough; None where `recognise` must look."""
    if not text:
        return NOBODY
    identity = _parsed(text)
    moment = int(now().timestamp())
    if identity is None or identity.until < moment or not _stands(identity, moment, settings):
        return None
    return identity


_parsed = lru_cache(maxsize=4096)(Identity.parse)


def _stands(identity: Identity, moment: int, settings: Settings) -> bool:
    """Is the cookie young, and has nothing changed about the person since it was minted?"""
    if standings.latest_of(identity.person_id) > identity.mark:
        return False
    return identity.until - moment >= minutes_for(identity.role, settings) * 30


def _look_anew(identity: Identity, settings: Settings) -> Identity | None:
    """Read the visitor again, in a unit of its own: recognising someone must not begin the
    transaction of her request, which holds SQLite's write lock from its first statement on.
    """
    with unit_of_work(writes=False):
        row = session().get(SignIn, bytes.fromhex(identity.sign_in))
        if row is None or row.ended_at is not None or row.ends_at < now():
            return None
        fresh = identity_of(row.person_id, sign_in=row, mark=present_mark(), settings=settings)
    if fresh is not None:
        let_in(fresh)
    return fresh


def let_in(identity: Identity) -> None:
    """Keep the identity in the signed session of this answer, and nothing about the device."""
    login_user(identity)
    visit.pop("_id", None)  # Flask-Login's hash of address and browser, which nobody asks for


def let_out() -> None:
    """Take it out again."""
    logout_user()
