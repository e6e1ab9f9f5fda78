"""What one request says of itself, read once: the same for Flask's views and the express lanes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from flask import Response, current_app, g, request, session
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.http import parse_etags

from participation.kernel.i18n import LOCALES, negotiate
from participation.kernel.slots import TOKEN, signed

LANGUAGE_COOKIE: Final = "language"
THEMES: Final = ("light", "dark")
SIZES: Final = ("big",)
HTML: Final = "text/html; charset=utf-8"

_negotiated = lru_cache(maxsize=512)(negotiate)


@dataclass(frozen=True, slots=True)
class Look:
    """How a reader wants pages: a language, and a theme and a size where they were chosen."""

    locale: str
    theme: str
    size: str


def look_of(cookies: Mapping[str, str], accepted: str) -> Look:
    """The look that the cookies ask for; the language else by the Accept-Language header."""
    locale = cookies.get(LANGUAGE_COOKIE)
    return Look(
        locale if locale in LOCALES else _negotiated(accepted),
        _one_of(cookies.get("theme"), THEMES),
        _one_of(cookies.get("size"), SIZES),
    )


def _one_of(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request. `known` is its If-None-Match header, `token` the visit's CSRF token unsigned,
    `secret` the key that signs it; `has_messages` says that a page must show them once."""

    look: Look
    query: bytes
    known: str
    token: str
    secret: str = field(repr=False)
    has_messages: bool = False
    form: MultiDict[str, str] = field(default_factory=MultiDict)

    def knows(self, tag: str) -> bool:
        """Has the reader the page of this ETag already?"""
        known = self.known
        return bool(known) and (known == f'"{tag}"' or parse_etags(known).contains_weak(tag))

    def signed_token(self) -> str:
        """The CSRF token as a form carries it."""
        return signed(self.secret, self.token)


def asked_now() -> Asked:
    """The present request of Flask; a visit without a CSRF token gets one."""
    if not session.get(TOKEN):
        generate_csrf()
    return Asked(
        look=g.look,
        query=request.query_string,
        known=request.headers.get("If-None-Match", ""),
        token=session[TOKEN],
        secret=str(current_app.secret_key),
        has_messages="_flashes" in session,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a status line, headers, and the body."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def response(self) -> Response:
        """The same for a view of Flask."""
        return Response(self.body, status=self.status, headers=list(self.headers))


def page_of(body: bytes, *headers: tuple[str, str]) -> Answer:
    """A page."""
    return Answer("200 OK", (("Content-Type", HTML), *headers), body)


def unchanged(*headers: tuple[str, str]) -> Answer:
    """The reader has the page already."""
    return Answer("304 NOT MODIFIED", headers)
