"""Sending a rendition: piece by piece out of the store, in a sandbox, in part where asked for.

Everything goes through the site, from S3 as well: the pages' policy allows pictures of this site
alone, no visitor's address reaches another server, and what is taken down is gone with the next
request instead of when a foreign address ends.
"""

from hashlib import sha256
from typing import Final

from flask import Response, request

from participation.kernel.clock import now
from participation.kernel.errors import Missing
from participation.kernel.storage import Gone, Stream, store
from participation.media.queries.serving import Served
from participation.media.signing import Ticket

SANDBOX: Final = "sandbox; default-src 'none'"
CACHED_SECONDS: Final = 60
"""A public picture may be kept so long unasked: what is taken down is gone within the minute."""
INLINE: Final = frozenset({"image/webp", "image/jpeg", "image/png"})
"""What may be shown in a page, with every sound; the print master and SVG are only ever saved."""
ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}


def serve(one: Served, ticket: Ticket) -> Response:
    """The rendition as an answer: 200, 206 for a part of it, 304 where the reader has it, 416."""
    tag = sha256(one.key.encode()).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        return _answer(304, one, ticket, tag)
    part = _part(one.size, tag)
    if part is None:
        answer = _answer(416, one, ticket, tag)
        answer.headers["Content-Range"] = f"bytes */{one.size}"
        return answer
    start, stop = part
    whole = (start, stop) == (0, one.size)
    answer = _answer(200 if whole else 206, one, ticket, tag)
    answer.headers["Content-Length"] = str(stop - start)
    if not whole:
        answer.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{one.size}"
    if request.method != "HEAD":
        answer.response = _opened(one.key, start, stop - start)
    return answer


def _opened(key: str, start: int, length: int) -> Stream:
    try:
        return store().read(key, start=start, length=length)
    except Gone as problem:
        raise Missing from problem


def _answer(status: int, one: Served, ticket: Ticket, tag: str) -> Response:
    answer = Response(b"", status, content_type=one.mime)
    answer.headers.update(
        {
            "Content-Security-Policy": SANDBOX,
            "Content-Disposition": _disposition(one),
            "Accept-Ranges": "bytes",
            "X-Robots-Tag": "noindex",
            "Cache-Control": _caching(ticket),
        }
    )
    answer.set_etag(tag)
    if ticket.public:
        answer.headers["Vary"] = "Range"  # and neither on the visit nor on the language
    return answer


def _disposition(one: Served) -> str:
    """No name of hers: what a child called her file was never kept."""
    if one.name != "print" and (one.mime in INLINE or one.mime.startswith("audio/")):
        return "inline"
    return f'attachment; filename="{one.name}.{ENDINGS.get(one.mime, "bin")}"'


def _caching(ticket: Ticket) -> str:
    """What is one visitor's is kept nowhere: tablets are shared, and the next child is another."""
    if not ticket.public:
        return "private, no-store"
    return f"public, max-age={max(0, min(CACHED_SECONDS, ticket.until - int(now().timestamp())))}"


def _part(size: int, tag: str) -> tuple[int, int] | None:
    """From where to where the reader wants it; None where that lies outside.

    Several parts at once, another unit, and a part of another version get the whole.
    """
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not _is_same(tag):
        return 0, size
    return asked.range_for_length(size)


def _is_same(tag: str) -> bool:
    condition = request.if_range
    return condition.date is None and condition.etag in (None, tag)
