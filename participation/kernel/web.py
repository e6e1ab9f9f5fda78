"""The life of one request: its id, its language, its unit of work, and how refusals are shown."""

import logging
import secrets
from contextlib import suppress
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Flask,
    Request,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import IntegerConverter, ValidationError

from participation.kernel.asked import look_of
from participation.kernel.database import begin_unit, settle
from participation.kernel.errors import Refusal, TooMany
from participation.kernel.i18n import _, say_bytes, set_locale
from participation.kernel.logs import request_id
from participation.kernel.paging import read_number
from participation.kernel.typed import words_typed
from participation.kernel.visits import Visits

log = logging.getLogger("participation.requests")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500})


class Number(IntegerConverter):
    """`<int:…>` of an address: a number that no id can have is no page, and never an error."""

    regex = "[0-9]{1,20}"

    def to_python(self, value: str) -> int:
        """The number, if a column can hold it."""
        try:
            return read_number(value)
        except ValueError as problem:
            raise ValidationError from problem


class Parameters(ImmutableMultiDict[str, str]):
    """Query values and fields; one that is asked for as a number is one that a column can hold."""

    def get(  # type: ignore[override]
        self, key: str, default: Any = None, type: Any = None
    ) -> Any:
        """As Werkzeug has it."""
        return super().get(key, default, read_number if type is int else type)


class Question(Request):
    """A request whose numbers are bounded wherever a view asks for one."""

    parameter_storage_class = Parameters


class TokenGuard(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's guard of unsafe requests; safe ones pass before it looks anything up."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse an unsafe request without its token."""
        if request.method not in SAFE:
            super().protect(apply_exemptions)


def keep_requests(app: Flask) -> None:
    """Begin and settle every request."""
    app.session_interface = Visits()
    app.request_class = Question
    app.url_map.converters["int"] = Number
    # No view waits for anything asynchronous; Flask would ask that of seven functions a request.
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]
    app.before_request(_begin)
    app.after_request(_settle)
    app.teardown_request(_drop)


def _begin() -> None:
    g.began = perf_counter()
    request_id.set(secrets.token_hex(6))
    asked = request._get_current_object()  # type: ignore[attr-defined]
    g.look = look_of(asked.cookies, asked.headers.get("Accept-Language", ""))
    set_locale(g.look.locale)
    begin_unit(writes=asked.method not in SAFE)
    if "\0" in asked.path or b"%00" in asked.query_string:
        abort(404)  # PostgreSQL takes no such text; nothing of ours is named so


def _settle(response: Response) -> Response:
    settle(keep=request.method not in SAFE and response.status_code < 400)
    if log.isEnabledFor(logging.INFO):
        _note(response)
    return response


def _note(response: Response) -> None:
    log.info(
        "%s %s",
        request.method,
        request.url_rule.rule if request.url_rule else "-",
        extra={
            "status": response.status_code,
            "ms": round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
        },
    )


def _drop(_problem: BaseException | None) -> None:
    settle(keep=False)


def keep_refusals(app: Flask) -> None:
    """Show every refusal and every error as a page in the reader's language."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _refused(refusal: Refusal) -> Response:
    response = error_page(refusal.status, sentence=str(refusal))
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _http(problem: HTTPException) -> Any:
    if problem.code is None or problem.code < 400:
        return problem
    if isinstance(problem, MethodNotAllowed) and request.method in SAFE:
        return see(_page_above(request.path))
    if problem.code == 413:
        return _too_large()
    return error_page(problem.code, sentence=None)


def _too_large() -> Response:
    """What was sent is larger than this page takes: how much it takes, and the way back."""
    g.way_back = page_before()
    most = say_bytes(request.max_content_length or 0)
    sentence = _("这里一次最多能收 %(size)s。请换一个小一点的，再交一次。", size=most)
    return error_page(413, sentence=sentence)


def _page_above(path: str) -> str:
    """The page to which a deed's address belongs, for who opens the address as if it were one: a
    refused form that is loaded anew, or shown in another language."""
    pages = current_app.create_url_adapter(request)
    while (path := path.rpartition("/")[0]) and pages is not None:
        with suppress(HTTPException):
            pages.match(path, method="GET")
            return path
    return "/"


def _broken(problem: Exception) -> Response:
    log.error("unhandled", exc_info=problem)
    settle(keep=False)
    return error_page(500, sentence=None)


def error_page(status: int, *, sentence: str | None) -> Response:
    """The page of this error, with a sentence of its own where there is one."""
    g.refused = True
    shown = status if status in PAGES else (500 if status >= 500 else 400)
    page = render_template(
        f"errors/{shown}.html",
        sentence=sentence,
        request_id=request_id.get(),
        status=status,
        typed=_typed(status),
    )
    return make_response(page, status)


def _typed(status: int) -> list[str]:
    """What was written into a refused form; not of one that was too large to be read, nor again
    into the page of something that broke."""
    if request.method != "POST" or status in (413, 500):
        return []
    with suppress(HTTPException):
        return words_typed(request.form)
    return []


def page_before() -> str:
    """The page of this site from which a request came; "" where it isn't told."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.host:
        return ""
    return safe_next(came.path + (f"?{came.query}" if came.query else ""), "")


def safe_next(address: str | None, otherwise: str) -> str:
    """An address of this site to go on to; anything that leads elsewhere becomes `otherwise`."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(letter) < 32 for letter in address):
        return otherwise
    return address


def same_site() -> None:
    """Refuse an unsafe request that a page of another site sent (for forms without a session)."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        if fetched not in ("same-origin", "none"):
            abort(400)
        return
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(400)


def see(address: str) -> Any:
    """Redirect after a deed (303), so that a reload repeats nothing."""
    return redirect(address, code=303)
