"""Hands that make works in tests: begun with a picture, handed in, looked at in the database."""

import io
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from participation.accounts.identity import Identity
from participation.contests.actions import entries, files
from participation.contests.actions.entries import WorkFields
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords
from participation.contests.models import Entry
from participation.contests.naming import entry_subject
from participation.contests.queries.own import Own, own_work
from participation.kernel.database import session, unit_of_work
from participation.moderation.models import Case
from tests.media.stage import picture

HURT = "爸爸喝酒就打我，昨天又打了"
SEEN = ("seen:people", "seen:names", "seen:own")
WORDS = WorkWords("会唱歌的斑马线", "我想让车慢下来。", "三个孩子走在斑马线上。", "")
FIELDS = WorkFields(words=WORDS, ai="none", shown=True, name_form="nickname")
Judge = Callable[..., Case]


def begun(child: Identity, call: ShownCall, content: bytes | None = None, **more: Any) -> str:
    """A draft with a picture and words, in a unit of its own; returns its key."""
    with unit_of_work():
        own = entries.begin_work(child, call)
        if call.takes_pictures:
            files.take_picture(child, own, io.BytesIO(content or picture()))
        fields = FIELDS if not more else WorkFields(**{**_plain(FIELDS), **more})
        return entries.save_work(child, own, fields).entry.id.hex()


def _plain(fields: WorkFields) -> dict[str, Any]:
    return {name: getattr(fields, name) for name in WorkFields.__slots__}


def hand_in(child: Identity, key: str, **more: Any) -> bool:
    with unit_of_work():
        return entries.hand_in(child, own_work(child, key), **more)


def row(key: str) -> Entry:
    with unit_of_work(writes=False):
        found = session().get(Entry, bytes.fromhex(key), populate_existing=True)
        assert found is not None
        return found


def cases() -> list[tuple[str, str, str]]:
    with unit_of_work(writes=False):
        rows = session().scalars(select(Case).order_by(Case.id))
        return [(case.kind, case.state, case.text) for case in rows]


def owned(child: Identity, key: str) -> Own:
    with unit_of_work(writes=False):
        return own_work(child, key)


def owned_subject(key: str) -> Any:
    return entry_subject(bytes.fromhex(key))


def row_in_unit(key: str) -> Entry:
    return session().get_one(Entry, bytes.fromhex(key))
