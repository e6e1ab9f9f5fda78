"""The headers that every answer carries."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Flask

from participation.kernel.logs import request_id

CONTENT_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
)
FIXED: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
READERS: Final = "Cookie, Accept-Language"
"""What a page depends on beside its address."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def keep_headers(app: Flask, *, secure: bool) -> None:
    """Put the fixed headers on every answer; personal pages are not stored unless they say so.

    They are added where the answer leaves, as one list: setting each on Flask's response cost a
    tenth of a ready page. A header that an answer sets itself stays as it is. `Vary` names cookie
    and language unless the answer says that it depends on something else.
    """
    fixed = [*FIXED.items(), ("Cache-Control", "no-store"), ("Vary", READERS)]
    if secure:
        fixed.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    app.wsgi_app = with_headers(app.wsgi_app, fixed)  # type: ignore[method-assign,assignment]


def with_headers(inner: Application, fixed: list[tuple[str, str]]) -> Application:
    """The same application, whose answers carry the `fixed` headers that they lack.

    What sets a cookie is never `public`. A view can't see to that itself: Flask puts the session
    into the answer after it, for a message that was shown once as well.
    """
    lacking = [(name.lower(), (name, value)) for name, value in fixed]

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], problem: Any = None) -> Any:
            named = {name.lower() for name, _value in headers}
            if "set-cookie" in named and "cache-control" in named:
                headers = _for_one(headers)
            whole = headers + [pair for name, pair in lacking if name not in named]
            whole.append(("X-Request-Id", request_id.get()))
            return start_response(status, whole, problem)

        return inner(environ, start)

    return answer


def _for_one(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of an answer with a cookie: one that everybody might keep is kept by nobody."""
    told = [value for name, value in headers if name.lower() == "cache-control"]
    if "public" not in ", ".join(told).lower():
        return headers
    kept = [pair for pair in headers if pair[0].lower() not in ("cache-control", "etag")]
    return [*kept, ("Cache-Control", "no-store")]
