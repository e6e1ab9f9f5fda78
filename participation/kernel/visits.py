"""The signed session of a visit: Flask's own cookie, verified once by each worker and then known.

Verifying and unpacking the cookie cost as much as all else that Flask does for a small page. The
same text has the same meaning as long as its key and its age allow, so it is kept.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha1
from typing import Any, Final

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from participation.kernel.clock import now
from participation.kernel.headers import READERS
from participation.kernel.signing import keep_signer

_MOST: Final = 4096
_PLAIN: Final = (str, int, bool, type(None))
_NO_AGE: Final = timedelta(0)

Opened = tuple[dict[str, Any], datetime]
"""What a cookie holds, and when it was signed."""


class Visits(SecureCookieSessionInterface):
    """Sessions as Flask has them; the signer is made once and a known cookie is not read again."""

    digest_method = staticmethod(sha1)  # Flask's, but as the function that HMAC takes the short way

    def __init__(self) -> None:
        self._signers: dict[str, URLSafeTimedSerializer | None] = {}
        self._opened = lru_cache(_MOST)(self._read)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of the cookies of this application."""
        key = str(app.secret_key)
        if key not in self._signers:
            made = super().get_signing_serializer(app)
            self._signers[key] = None if made is None else keep_signer(made)
        return self._signers[key]

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session that the request's cookie carries; empty for none, a forged or an old one."""
        held = self._held(app, request.cookies)
        if held is None or _is_plain(held):
            return self.session_class(held or {})
        # Lists (messages to show once) may be changed in place, so each request reads its own.
        return super().open_session(app, request)

    def plain(self, app: Flask, cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
        """What the visit holds, not to be changed; None where Flask must look: a forged or an old
        cookie, or messages that are shown once."""
        held = self._held(app, cookies)
        return held if held is not None and _is_plain(held) else None

    def _held(self, app: Flask, cookies: Mapping[str, str]) -> dict[str, Any] | None:
        """What a visit's cookie holds; None for a forged or an old one."""
        value = cookies.get(app.config["SESSION_COOKIE_NAME"])
        signer = self.get_signing_serializer(app)
        if not value or signer is None:
            return {}
        try:
            held, signed_at = self._opened(signer, value)
        except BadSignature:
            return None
        fresh = _NO_AGE <= now() - signed_at <= app.config["PERMANENT_SESSION_LIFETIME"]
        return held if fresh else None

    @staticmethod
    def _read(signer: URLSafeTimedSerializer, value: str) -> Opened:
        opened: Opened = signer.loads(value, return_timestamp=True)
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where the session changed; `kernel.headers` says that pages vary by it."""
        if session.modified or session.permanent:
            super().save_session(app, session, response)
            response.headers["Vary"] = READERS


def _is_plain(held: Mapping[str, Any]) -> bool:
    return all(isinstance(one, _PLAIN) for one in held.values())
