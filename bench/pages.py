"""P1–P3: what a page costs, whole and when the reader has it already."""

import os
import subprocess
import sys
from collections.abc import Sequence

from bench.loading import fetch, request
from bench.serving import Cost, Server
from bench.site import Site, baseline, product
from bench.targets import Measured
from participation.settings import ROOT

REQUESTS = 1600
NAIVE_REQUESTS = 500
READERS = 200
HELLO = request("/")


def _by_turns(
    ours: Server,
    own: Sequence[bytes],
    other: Server,
    asked: Sequence[bytes],
    rounds: int,
    expect: int = 200,
) -> list[tuple[Cost, Cost]]:
    """Measure both servers by turns; each round gives a pair, and every other begins anew with
    the other one, so that a drift of the machine falls on both."""
    ours.warm(own[:8], expect=expect)
    other.warm(asked[:8])
    pairs = []
    for turn in range(rounds):
        if turn % 2:
            theirs = other.drive(asked)
            pairs.append((ours.drive(own, expect=expect), theirs))
        else:
            mine = ours.drive(own, expect=expect)
            pairs.append((mine, other.drive(asked)))
    return pairs


def _cpu(key: str, pairs: Sequence[tuple[Cost, Cost]], **more: object) -> Measured:
    figures = {
        "CPU ms a request": min(mine.cpu for mine, _other in pairs),
        "hello": min(other.cpu for _mine, other in pairs),
        "requests/s": max(mine.rate for mine, _other in pairs),
        **more,
    }
    return Measured(key, tuple(mine.cpu / other.cpu for mine, other in pairs), figures)


def page(site: Site, rounds: int) -> list[Measured]:
    """P1: CPU of the answer page, whole, by turns in both languages, against hello."""
    own = site.pages(READERS) * (REQUESTS // READERS)
    with product(site) as ours, baseline("hello") as hello:
        size = len(fetch(ours.port, site.answer_path, site.children[0])[2])
        pairs = _by_turns(ours, own, hello, [HELLO] * REQUESTS, rounds)
        return [_cpu("P1", pairs, bytes=size)]


def naive(site: Site, rounds: int) -> list[Measured]:
    """P2: requests per second of the same page, against the usual way to write it."""
    own = site.pages(READERS) * (REQUESTS // READERS)
    env = {"BENCH_DB": str(site.file.with_name("naive.db"))}
    subprocess.run(
        [sys.executable, "-m", "bench.baselines.naive"],
        check=True,
        cwd=ROOT,
        env={**os.environ, **env},
    )
    with product(site) as ours, baseline("naive", env) as other:
        size = len(fetch(ours.port, site.answer_path, site.children[0])[2])
        cookie = fetch(other.port, "/")[1]["set-cookie"].partition(";")[0]
        their_size = len(fetch(other.port, "/1", cookie)[2])
        asked = [request("/1", cookie=cookie)] * NAIVE_REQUESTS
        pairs = _by_turns(ours, own, other, asked, rounds)
    figures = {
        "requests/s": max(mine.rate for mine, _other in pairs),
        "naive": max(other.rate for _mine, other in pairs),
        "naive CPU ms": min(other.cpu for _mine, other in pairs),
        "bytes": f"{size} and {their_size}",
        "client's share": max(mine.client for mine, _other in pairs),
    }
    return [Measured("P2", tuple(mine.rate / other.rate for mine, other in pairs), figures)]


def conditional(site: Site, result: int, rounds: int) -> list[Measured]:
    """P3: the reader has the page already: a child the answer page, the public a result."""
    with product(site) as ours, baseline("hello") as hello:
        child = [_again(ours, site.answer_path, cookie) for cookie in site.children[:READERS]]
        path = f"/topics/{result}/result"
        cookie = fetch(ours.port, path)[1].get("set-cookie", "").partition(";")[0]
        public = [_again(ours, path, cookie)]
        found = []
        for key, known in (("P3 page", child), ("P3 result", public)):
            asked = known * (REQUESTS // len(known))
            pairs = _by_turns(ours, asked, hello, [HELLO] * REQUESTS, rounds, expect=304)
            found.append(_cpu(key, pairs))
        return found


def _again(server: Server, path: str, cookie: str) -> bytes:
    """The request of a reader who has this page already."""
    status, headers, _body = fetch(server.port, path, cookie)
    if status != 200 or "etag" not in headers:
        raise RuntimeError(f"{path}: {status}, and no ETag")
    return request(path, cookie=cookie, headers=[f"If-None-Match: {headers['etag']}"])
