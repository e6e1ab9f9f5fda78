"""Pages kept ready: the common part is rendered once, the personal part is put in per request.

A template says `{{ slot("name") }}` where something personal stands. Rendered ready, the slot is
a mark with a nonce of this process, which no text of a person can contain; the page is cut there
into pieces of bytes, and answering a request is one join (a tenth of rendering it). Rendered
plainly, the same template shows the values at once, so that a test can hold the two equal.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha1
from threading import Lock
from typing import Final

from flask import Flask, current_app, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from markupsafe import Markup, escape

from participation.kernel.signing import keep_signer

TOKEN: Final = "csrf_token"  # noqa: S105 - the name of the slot, not a secret
_NONCE: Final = secrets.token_hex(16)
_MARK: Final = re.compile(f"\x02{_NONCE}:([A-Za-z0-9_.-]+)\x03")

_ready: ContextVar[bool] = ContextVar("rendering a ready page", default=False)
_values: ContextVar[Mapping[str, str] | None] = ContextVar("slot values", default=None)


@dataclass(frozen=True)
class ReadyPage:
    """A page in pieces: piece, slot, piece, slot … piece."""

    pieces: tuple[bytes, ...]
    names: tuple[str, ...]

    @cached_property
    def _empty(self) -> list[bytes]:
        """The pieces with nothing yet in the slots between them."""
        return [part for piece in self.pieces for part in (piece, b"")][:-1]

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where the slots of each name stand in `_empty`."""
        places: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            places.setdefault(name, []).append(2 * number + 1)
        return places

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The page with its slots filled; a slot without a value stays empty.

        Values are escaped like everything in a template, unless they are `Markup`.
        """
        parts, places = self._empty.copy(), self._places
        for name, value in values.items():
            if value and name in places:
                said = escape(value).encode()
                for place in places[name]:
                    parts[place] = said
        return b"".join(parts)


def slot(name: str) -> Markup:
    """For templates: a gap to be filled later, or its value when the page is rendered plainly."""
    if _ready.get():
        return Markup(f"\x02{_NONCE}:{name}\x03")  # noqa: S704 - nothing but our own mark
    return escape((_values.get() or {}).get(name, ""))


def _token() -> str:
    """The CSRF token of templates: a slot inside a page that is being made ready."""
    return slot(TOKEN) if _ready.get() else own_token()


def own_token() -> str:
    """The visitor's CSRF token as Flask-WTF makes and checks it."""
    raw = session.get(TOKEN)
    if raw is None:
        return str(generate_csrf())
    return signed(str(current_app.secret_key), raw)


@lru_cache(maxsize=4096)
def signed(secret: str, raw: str) -> str:
    """A visit's token signed as Flask-WTF does it: as these do not run out, once for each visit."""
    return str(_signer(secret).dumps(raw))


def read_signed(secret: str, sent: str) -> str:
    """The token in what a form sent; raises `BadSignature` for what was not signed here."""
    return str(_signer(secret).loads(sent))


@lru_cache(maxsize=8)
def _signer(secret: str) -> URLSafeTimedSerializer:
    made = URLSafeTimedSerializer(
        secret, salt="wtf-csrf-token", signer_kwargs={"digest_method": sha1}
    )
    return keep_signer(made)


def init_app(app: Flask) -> None:
    """Give templates `slot` and a CSRF token that knows ready pages; after Flask-WTF's own.

    Macros find the token among the globals, pages in the context: both must be ours, or one
    visitor's token would be kept in a page for all.
    """
    app.jinja_env.globals.update(slot=slot, csrf_token=_token)
    app.context_processor(lambda: {TOKEN: _token})


def cut(text: str) -> ReadyPage:
    """Cut a rendered text at its slots."""
    pieces = _MARK.split(text)
    return ReadyPage(
        tuple(piece.encode() for piece in pieces[::2]),
        tuple(pieces[1::2]),
    )


def make_ready(render: Callable[[], str]) -> ReadyPage:
    """Render with every slot open and cut the page there."""
    token = _ready.set(True)
    try:
        return cut(render())
    finally:
        _ready.reset(token)


@contextmanager
def filled(values: Mapping[str, str]) -> Iterator[None]:
    """Inside the block templates are rendered plainly, with these values in their slots."""
    token = _values.set(values)
    try:
        yield
    finally:
        _values.reset(token)


class ReadyPages:
    """The ready pages of this worker: the `most` used last."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, ReadyPage] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Hashable) -> ReadyPage | None:
        """The page kept under `key`."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def get(self, key: Hashable, render: Callable[[], str]) -> ReadyPage:
        """The page kept under `key`; made by `render` when it is not there."""
        page = self.find(key)
        if page is None:
            page = make_ready(render)
            with self._lock:
                self._pages[key] = page
                while len(self._pages) > self._most:
                    self._pages.popitem(last=False)
        return page
