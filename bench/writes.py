"""P4–P6: a child's ten answers are received: how many a second, and what safety costs."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from sqlite3 import connect
from urllib.parse import urlencode

from bench.loading import request
from bench.serving import Cost, Server
from bench.site import CHILDREN, Site, baseline, product
from bench.targets import Measured

POSTS = 600
PLAIN_POSTS = 1000
SEE_OTHER = 303
CREATED = 201
PLAIN = request("/", body=urlencode({"who": "0" * 32, "answers": "1" * 40}).encode())
NAMES = ("FULL", "NORMAL", "ORM row", "sqlite3 row")


def _row_file(folder: Path, name: str) -> str:
    """The database of a baseline, ready before two workers open it at once."""
    file = folder / f"{name}.db"
    with closing(connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, who TEXT, answers TEXT)")
    return str(file)


def _one_round(servers: Sequence[Server], posts: Sequence[bytes], *, back: bool) -> list[Cost]:
    """Every server once, each with its own kind of post, forwards or backwards."""
    loads = [(posts, SEE_OTHER), (posts, SEE_OTHER), ([PLAIN] * PLAIN_POSTS, CREATED)]
    plan = list(zip(servers, [*loads, loads[-1]], strict=True))
    order = list(enumerate(plan))
    costs: dict[int, Cost] = {}
    for place, (server, (asked, expect)) in reversed(order) if back else order:
        costs[place] = server.drive(asked, expect=expect)
    return [costs[place] for place in range(len(plan))]


def measure(site: Site, rounds: int) -> list[Measured]:
    """First answers by children who have not answered yet; a new group of them in every round."""
    posts = min(POSTS, (CHILDREN - 200) // rounds)
    folder = site.file.parent
    with ExitStack() as stack:
        full, normal = (
            stack.enter_context(product(site, synchronous=mode, own=f"posts-{mode}"))
            for mode in ("FULL", "NORMAL")
        )
        rows = [
            stack.enter_context(
                baseline(name, {"BENCH_DB": _row_file(folder, name), "BENCH_SYNCHRONOUS": "FULL"})
            )
            for name in ("row_orm", "row_sqlite")
        ]
        for server in (full, normal):
            server.drive(site.posts(0, 160), expect=SEE_OTHER)
        for server in rows:
            server.warm([PLAIN], expect=CREATED)
        found = [
            _one_round(
                [full, normal, *rows], site.posts(200 + turn * posts, posts), back=turn % 2 > 0
            )
            for turn in range(rounds)
        ]
    return [_against(found, "P4", 2), _against(found, "P5", 3), _against(found, "P6", 1)]


def _against(found: Sequence[Sequence[Cost]], key: str, place: int) -> Measured:
    figures = {
        "posts/s": max(costs[0].rate for costs in found),
        "CPU ms": min(costs[0].cpu for costs in found),
        f"{NAMES[place]}/s": max(costs[place].rate for costs in found),
        f"{NAMES[place]} CPU ms": min(costs[place].cpu for costs in found),
    }
    return Measured(key, tuple(costs[0].rate / costs[place].rate for costs in found), figures)
