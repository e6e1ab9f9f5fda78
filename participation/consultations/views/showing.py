"""Showing the pages of the busiest road: kept ready, personal in their slots, asked for by ETag.

What a ready page depends on stands in its key: the topic's version, the reader's language and
display, and the flags of its view. Everything else is personal and stands in a slot.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from flask import Response, render_template
from flask_login import current_user

from participation.accounts.identity import Identity, Nobody
from participation.consultations.queries.answers import Own
from participation.consultations.topic import Topic
from participation.kernel.asked import Answer, Asked, page_of, unchanged
from participation.kernel.assets import release
from participation.kernel.clock import today
from participation.kernel.database import database
from participation.kernel.slots import TOKEN, ReadyPage, ReadyPages, filled, slot
from participation.screening.asking import Ask

READY: Final = ReadyPages()
REVALIDATE: Final = "private, no-cache"
QUERIES: Final = frozenset({b"", b"q=1", b"q=2", b"q=3"})
"""The addresses that are kept ready; any other query is rendered plainly and forgotten."""


class _Nickname:
    """A nickname and its first character as slots, for the layout."""

    def __html__(self) -> str:
        return slot("nickname")

    def __getitem__(self, _first: slice) -> str:
        return slot("initial")


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a ready page may know of its reader."""

    role: str
    band: str
    nickname: _Nickname


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One page for one reader.

    `flags` go into the template and are part of the key; `slots` gives the personal values when
    they are needed; `mark` sums up the reader's own state. A page with her own answers or words
    is `secret`: no browser stores it, so that nobody goes back to it on a shared tablet.
    """

    template: str
    asked: Asked
    topic: Topic
    reader: Identity | Nobody
    flags: Mapping[str, Hashable]
    slots: Callable[[], Mapping[str, str]]
    mark: str = ""
    secret: bool = False

    def key(self) -> tuple[Hashable, ...]:
        """All that the common part of the page depends on."""
        look = self.asked.look
        return (
            self.template,
            database().url,
            self.topic.id,
            self.topic.number,
            today(),
            look.locale,
            look.theme,
            look.size,
            self.reader.role,
            self.reader.band,
            self.reader.is_authenticated,
            self.asked.query,
            *self.flags.items(),
        )


def visitor() -> Identity | Nobody:
    """Who is asking, looked up once: every look through Flask-Login's proxy costs again."""
    found: Identity | Nobody = current_user._get_current_object()
    return found


def show(page: Showing) -> Response:
    """Answer with the ready page, its slots filled; 304 where the reader has it already."""
    found = _answer(page, lambda key: READY.get(key, lambda: _render(page)))
    return found.response() if found else Response(render_plainly(page))


def show_at_once(page: Showing) -> Answer | None:
    """The same for an express lane, which renders nothing: None where the page is not ready."""
    return _answer(page, READY.find)


def _answer(page: Showing, find: Callable[[Hashable], ReadyPage | None]) -> Answer | None:
    """The page that `find` has, or that the reader has it; None for one that is never ready."""
    if page.asked.has_messages or page.asked.query not in QUERIES:
        return None
    key = page.key()
    headers: tuple[tuple[str, str], ...] = ()
    if not page.secret:
        tag = _tag(page, key)
        headers = (("ETag", f'"{tag}"'), ("Cache-Control", REVALIDATE))
        if page.asked.knows(tag):
            return unchanged(*headers)
    ready = find(key)
    return None if ready is None else page_of(ready.fill(personal(page)), *headers)


def _tag(page: Showing, key: tuple[Hashable, ...]) -> str:
    """Version, reader and own state in one word; nothing can be read from it."""
    reader = page.reader
    who = (reader.person_id, reader.sign_in, reader.nickname, page.asked.token, page.mark)
    return blake2b(repr((release(), key, who)).encode(), digest_size=12).hexdigest()


def _render(page: Showing) -> str:
    known, reader = page.reader, None
    if known.is_authenticated:
        reader = _Reader(known.role, known.band, _Nickname())
    nothing: dict[str, Any] = {"errors": {}, "asks": {}}
    return render_template(page.template, topic=page.topic, me=reader, **nothing, **page.flags)


def personal(page: Showing) -> Mapping[str, str]:
    """The values of every slot of a page."""
    name = page.reader.nickname
    return {
        TOKEN: page.asked.signed_token(),
        "nickname": name,
        "initial": (name or "？")[:1],
        **page.slots(),
    }


def render_plainly(
    page: Showing,
    errors: Mapping[str, Any] | None = None,
    asks: Mapping[str, Ask] | None = None,
) -> str:
    """The same page rendered at once: for errors, messages, what is asked before sending, and the
    test that holds them equal."""
    more = {"errors": errors or {}, "asks": asks or {}}
    with filled(personal(page)):
        return render_template(page.template, topic=page.topic, **more, **page.flags)


def mark_of(own: Own) -> str:
    """A reader's own state in a topic, for the ETag."""
    words = [(one.id, one.standing, one.turns) for one in own.words.values()]
    return repr((own.answers, own.saved_at, words))
