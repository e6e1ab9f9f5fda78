"""The lists to screen by: our own files and the city's table, kept ready in each process.

Whether they changed is asked at most every ten seconds: the times of our files, and one small
number that grows with every change of the table. A light unit may ask as well (`kernel.quick`).
"""

import logging
import re
from dataclasses import dataclass
from threading import Lock
from typing import Final

from sqlalchemy import func, select

from participation.kernel.clock import now
from participation.kernel.database import database, session
from participation.kernel.paging import Leaf, leaf
from participation.kernel.quick import Quick
from participation.kernel.versions import version_of
from participation.moderation.wordlist.models import LISTS, ListedWord
from participation.screening.folding import LISTS as FILES
from participation.screening.folding import lines_of
from participation.screening.harm import FILES as HARM_FILES
from participation.screening.harm import Harm, read_harm
from participation.screening.lists import OWN, Lists

VERSION: Final = "moderation-words"
PAUSE: Final = 10.0
"""Seconds between two looks at whether something changed."""
MOST_LIVE: Final = 5000
PAGE: Final = 50

_LIVE: Final = Quick(
    "SELECT list, word FROM moderation_words WHERE ended_at IS NULL ORDER BY id LIMIT :most"
)

_log: Final = logging.getLogger(__name__)

State = tuple[str, int, tuple[int, ...]]


@dataclass(slots=True)
class _Kept:
    """What this process knows: until when it needn't look, what it saw, the lists."""

    until: float = 0.0
    since: float = 0.0
    state: State | None = None
    lists: Lists = OWN


_kept = _Kept()
_lock: Final = Lock()


def current_lists() -> Lists:
    """The lists as they are, at most ten seconds old; in the present unit of work."""
    moment = now().timestamp()
    url = database().url
    fresh = _kept.since <= moment < _kept.until
    if not fresh or _kept.state is None or _kept.state[0] != url:
        with _lock:
            _look(url, moment)
    return _kept.lists


def _look(url: str, moment: float) -> None:
    """See whether anything changed, and only then put the lists together again."""
    names = (*LISTS, *(f"harm/{name}" for name in HARM_FILES))
    times = tuple((FILES / f"{name}.txt").stat().st_mtime_ns for name in names)
    state = (url, version_of(VERSION), times)
    if state != _kept.state:
        _kept.lists = _read()
        _kept.state = state
    _kept.since, _kept.until = moment, moment + PAUSE


def _read() -> Lists:
    own = Lists.of(*(lines_of(f"{name}.txt") for name in LISTS))
    rows = _LIVE.all(most=MOST_LIVE)
    city = {name: [word for kind, word in rows if kind == name] for name in LISTS}
    return own.with_words(Lists.of(**city)).with_harm(_read_harm())


def _read_harm() -> Harm:
    """The signs of harm as the lists say now; where a line is wrong, as they said before."""
    try:
        return read_harm()
    except (ValueError, KeyError, re.error):
        _log.exception("a list of signs of harm is wrong; the one before stays")
        return _kept.lists.harm


def listed_words(name: str = "", *, below: int = 0, above: int = 0) -> Leaf[ListedWord]:
    """One page of the city's words that hold, newest first; `name` narrows to one list."""
    found = select(ListedWord).where(ListedWord.ended_at.is_(None))
    if name:
        found = found.where(ListedWord.list == name)
    return leaf(found, ListedWord.id, below=below, above=above, size=PAGE)


def live_count() -> int:
    """How many of the city's words hold."""
    counted = select(func.count()).where(ListedWord.ended_at.is_(None))
    return session().scalar(counted) or 0
