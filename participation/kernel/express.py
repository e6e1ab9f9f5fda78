"""Express lanes: the few busiest requests, answered before Flask where nothing about them is
special.

Of a ready page's CPU two thirds went into what Flask and its hooks do for any request (0.75 ms
against 0.25), of a posted opinion four fifths (2.6 ms against 0.5). A lane runs the same functions
of its room as the view does, on the same facts, and gives None wherever it is not sure: somebody
must be looked at anew, a message waits, a page is not ready yet, anything is refused. Then nothing
is kept and Flask gets the request as it came, so a deed of a lane may be done twice. A test holds
every answer equal to Flask's.
"""

import hmac
import logging
import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from time import perf_counter
from typing import Any, Final

from flask import Flask
from itsdangerous import BadSignature
from werkzeug.datastructures import MultiDict
from werkzeug.sansio.http import parse_cookie

from participation.kernel.asked import Answer, Asked, look_of
from participation.kernel.database import NeedsSession, begin_unit, in_turn, settle
from participation.kernel.errors import Refusal
from participation.kernel.i18n import set_locale
from participation.kernel.logs import request_id
from participation.kernel.slots import TOKEN, read_signed
from participation.kernel.visits import Visits

log = logging.getLogger("participation.requests")

FORM: Final = "application/x-www-form-urlencoded"
MOST_BODY: Final = 65_536
"""Bytes of a form that a lane reads; Flask decides about larger ones."""
_ESCAPED: Final = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_NUMBER: Final = re.compile(r"<int:\w+>")

Recognise = Callable[[str], Any]
"""The visitor behind the text of a visit, or None where somebody must look closer."""


Writing = Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of request: its method, the rule of its view with one number, and what answers.

    The deed of a POST only reads; it returns what writes and then answers.
    """

    method: str
    rule: str
    deed: Callable[[Asked, Any, int], Answer | None] | Callable[[Asked, Any, int], Writing | None]


def keep_express(app: Flask, lanes: Sequence[Lane], recognise: Recognise) -> None:
    """Lay the lanes in front of the application."""
    app.wsgi_app = Express(app, lanes, recognise)  # type: ignore[method-assign]


class Express:
    """The lanes as a WSGI application in front of Flask's own."""

    def __init__(self, app: Flask, lanes: Sequence[Lane], recognise: Recognise) -> None:
        self._inner = app.wsgi_app
        self._app = app
        self._recognise = recognise
        self._lanes = {
            method: [(re.compile(_NUMBER.sub("([1-9][0-9]{0,8})", one.rule)), one) for one in lanes]
            for method in ("GET", "POST")
        }

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer by a lane, or let Flask do it."""
        answer = self._answer(environ)
        if answer is None:
            whole: Iterable[bytes] = self._inner(environ, start_response)
            return whole
        length = ("Content-Length", str(len(answer.body)))
        start_response(answer.status, [*answer.headers, *([length] if answer.body else [])])
        return [answer.body]

    def _answer(self, environ: dict[str, Any]) -> Answer | None:
        path = environ["PATH_INFO"]
        for pattern, lane in self._lanes.get(environ["REQUEST_METHOD"], ()):
            found = pattern.fullmatch(path)
            if found and lane.method == environ["REQUEST_METHOD"]:
                return self._run(lane, int(found[1]), environ)
        return None

    def _run(self, lane: Lane, number: int, environ: dict[str, Any]) -> Answer | None:
        """Answer inside a unit of work of its own; None, and nothing kept, wherever not sure."""
        began = perf_counter()
        if lane.method == "POST" and not _held(environ):
            return None
        begin_unit(writes=lane.method == "POST", light=True)
        request_id.set(secrets.token_hex(6))
        deed = partial(self._do, lane, number, environ)
        answer: Answer | None = None
        try:
            answer = in_turn(deed) if lane.method == "POST" else deed()
            settle(keep=answer is not None)
        except (Refusal, NeedsSession):
            answer = None
        except Exception as problem:
            answer = None
            log.warning("a lane failed", exc_info=problem)
        finally:
            settle(keep=False)
        if answer is not None and log.isEnabledFor(logging.INFO):
            ms = round((perf_counter() - began) * 1000, 1)
            told = {"status": int(answer.status[:3]), "ms": ms}
            log.info("%s %s", lane.method, lane.rule, extra=told)
        return answer

    def _do(self, lane: Lane, number: int, environ: dict[str, Any]) -> Any:
        read = self._read(environ, writes=lane.method == "POST")
        if read is None:
            return None
        asked, visitor = read
        set_locale(asked.look.locale)
        who = self._recognise(visitor)
        return None if who is None else lane.deed(asked, who, number)

    def _read(self, environ: dict[str, Any], *, writes: bool) -> tuple[Asked, str] | None:
        """What is asked, and the text that says by whom; None for what is in any way unusual."""
        cookies = _cookies(environ.get("HTTP_COOKIE", ""))
        visits = self._app.session_interface
        if cookies is None or not isinstance(visits, Visits):
            return None
        visit = visits.plain(self._app, cookies)
        if visit is None:
            return None
        form = _form(environ) if writes else MultiDict()
        secret, token = str(self._app.secret_key), visit.get(TOKEN) or ""
        if form is None or (writes and not _vouched(secret, token, form.get(TOKEN, ""))):
            return None
        asked = Asked(
            look=look_of(cookies, environ.get("HTTP_ACCEPT_LANGUAGE", "")),
            query=environ.get("QUERY_STRING", "").encode("latin-1"),
            known=environ.get("HTTP_IF_NONE_MATCH", ""),
            token=token,
            secret=secret,
            form=form,
        )
        return asked, visit.get("_user_id") or ""


@lru_cache(maxsize=2048)
def _cookies(header: str) -> Mapping[str, str] | None:
    """The cookies of a header; None for one that not only ASCII stands in."""
    return parse_cookie(header).to_dict() if header.isascii() else None


def _held(environ: dict[str, Any]) -> bool:
    """Read the bytes of a plain form, which stay to be read again; False for anything else.

    They come as slowly as a visitor sends them: nobody else may wait for that (`in_turn`).
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != FORM or not length.isdecimal() or int(length) > MOST_BODY:
        return False
    environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
    return True


def _form(environ: dict[str, Any]) -> MultiDict[str, str] | None:
    """The fields of the form that is held; None where they are no UTF-8."""
    try:
        return MultiDict(read_fields(environ["wsgi.input"].getvalue()))
    except UnicodeDecodeError:
        return None


def read_fields(body: bytes) -> list[tuple[str, str]]:
    """The fields of a form as `urllib.parse.parse_qsl` reads them, blank ones as well.

    A run of `%…` is turned into bytes at once: a sentence in Chinese is little else, and letter by
    letter it took 60 µs. Most fields are a name and a number, which stand as they are: 20 µs of a
    form with ten answers, now 14. Raises `UnicodeDecodeError` for what is no UTF-8.
    """
    return [
        (name, value) if "%" not in one and "+" not in one else (_decoded(name), _decoded(value))
        for one in body.decode().split("&")
        if one
        for name, _equals, value in (one.partition("="),)
    ]


def _decoded(part: str) -> str:
    said = part.replace("+", " ").encode()
    return (_ESCAPED.sub(_unescaped, said) if b"%" in said else said).decode()


def _unescaped(run: re.Match[bytes]) -> bytes:
    return bytes.fromhex(run[0].replace(b"%", b"").decode())


def _vouched(secret: str, token: str, sent: str) -> bool:
    """Does the form carry the visit's own CSRF token, as Flask-WTF would find it?"""
    try:
        return bool(token) and hmac.compare_digest(read_signed(secret, sent), token)
    except (BadSignature, TypeError):
        return False
