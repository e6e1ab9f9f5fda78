"""P16: a page of the gallery with 1,000,000 works behind it, against itself with 1,000."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Final

from flask import Flask

from bench.people import settle_city
from bench.serving import settings_for
from bench.targets import Measured
from participation import create_app
from participation.contests.models import Call, CallTheme
from participation.contests.naming import SHUFFLES, version_name
from participation.kernel import versions
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.migrations import upgrade
from participation.kernel.tables import Words

SMALL: Final = 1_000
LARGE: Final = 1_000_000
VIEWS: Final = 40
AT_ONCE: Final = 20_000
_ENTRY: Final = (
    "INSERT INTO contests_entries (id, call_id, code, standing, band, district_id, school, title,"
    " words, alt, shown, theme_id, shuffle) VALUES (?, ?, ?, 'approved', ?, 1, x'00', ?, '我想让车"
    "慢下来。', '一幅画', 1, ?, ?)"
)
_AUTHOR: Final = (
    "INSERT INTO contests_authors (id, entry_id, call_id, participant, lead, band, consent,"
    " name_form, shown_as) VALUES (?, ?, ?, ?, 1, 'b', 'agreed', 'nickname', '小满')"
)
_LICENCE: Final = (
    "INSERT INTO contests_licences (author_id, guardian, uses, until) VALUES (?, 'agreed', '[]', ?)"
)

Row = tuple[bytes, int, str, str, str, int | None, int]


def measure(folder: Path, rounds: int, large: int = LARGE) -> list[Measured]:
    """The wall, a page deep in it, and one filtered by a rare theme, by turns, in CPU time."""
    app, few, many = _site(folder, large)
    views = {"first": "", "deep": "&after=500000000." + "00" * 16, "theme": "&theme={theme}"}
    ratios: list[float] = []
    figures: dict[str, float | str] = {"works": f"{large:,} : {SMALL:,}"}
    for name, more in views.items():
        pairs = [(_seconds(app, many, more), _seconds(app, few, more)) for _turn in range(rounds)]
        ratios += [ours / theirs for ours, theirs in pairs]
        figures[f"{name}, ms"] = min(ours for ours, _theirs in pairs) / VIEWS * 1000
        figures[f"{name}, ms of 1,000"] = min(theirs for _ours, theirs in pairs) / VIEWS * 1000
    return [Measured("P16 gallery", tuple(ratios), figures)]


def _seconds(app: Flask, call: tuple[int, int], more: str) -> float:
    """CPU of so many looks at a wall, each in an order of its own."""
    number, theme = call
    client, chance = app.test_client(), random.Random(3)
    client.get(f"/calls/{number}")
    began = process_time()
    for _view in range(VIEWS):
        order = chance.randrange(2 * SHUFFLES)
        answer = client.get(f"/calls/{number}?order={order}{more.format(theme=theme)}")
        assert answer.status_code == 200 and b"/works/" in answer.data
    return process_time() - began


def _site(folder: Path, large: int) -> tuple[Flask, tuple[int, int], tuple[int, int]]:
    """A site with two calls: number and rare theme of the small one and of the large one."""
    file = folder / "gallery.db"
    settings = settings_for(f"sqlite:///{file}", var_dir=folder)
    upgrade(settings.database_url)
    app = create_app(settings)
    with unit_of_work():
        settle_city(1)
        calls = [_call(), _call()]
    connection = sqlite3.connect(file)
    connection.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
    for (number, theme), size in zip(calls, (SMALL, large), strict=True):
        _fill(connection, number, theme, size)
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return app, calls[0], calls[1]


def _call() -> tuple[int, int]:
    moment = now()
    row = Call(
        state="published",
        kind="drawing",
        title=Words(zh="我家门前的路"),
        brief=Words(zh="画一画"),
        brief_small=Words(zh="画一画"),
        brief_older=Words(),
        rules=Words(zh="自己画"),
        prizes=Words(),
        use_for=Words(zh="挂在画廊里"),
        use_where=Words(zh="童声网站"),
        opens_at=moment - timedelta(days=1),
        closes_at=moment + timedelta(days=30),
        made_at=moment,
        published_at=moment,
    )
    session().add(row)
    session().flush()
    theme = CallTheme(call_id=row.id, place=0, title=Words(zh="公园"))
    session().add(theme)
    session().flush()
    versions.grow(version_name(row.id))
    return row.id, theme.id


def _rows(call_id: int, theme: int, size: int) -> Iterator[Row]:
    """Works in the order of their keys; one in twenty is of the theme."""
    chance = random.Random(call_id)
    keys = sorted(chance.randbytes(16) for _work in range(size))
    for place, key in enumerate(keys):
        mark = theme if place % 20 == 0 else None
        band, shuffle = "abc"[place % 3], chance.randrange(SHUFFLES)
        yield key, call_id, f"{place:07}", band, f"画 {place}", mark, shuffle


def _fill(connection: sqlite3.Connection, call_id: int, theme: int, size: int) -> None:
    rows, last = _rows(call_id, theme, size), (today() + timedelta(days=700)).isoformat()
    while part := list(islice(rows, AT_ONCE)):
        connection.executemany(_ENTRY, part)
        authors = [(row[0], row[0], call_id, row[0]) for row in part]
        connection.executemany(_AUTHOR, authors)
        connection.executemany(_LICENCE, ((row[0], last) for row in part))
    connection.commit()
