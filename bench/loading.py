"""A small load generator: keep-alive connections, one at work on each request, all in one loop.

The requests are ready bytes and the answers are only measured, so that the client costs a few
per cent of what the server does and never is the bottleneck.
"""

import re
import selectors
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter, process_time
from typing import Final

CONNECTIONS: Final = 8
PATIENCE: Final = 60
_STATUS: Final = re.compile(rb"HTTP/1\.1 (\d{3})")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_EMPTY: Final = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Load:
    """How long so many requests took: wall seconds, and CPU seconds of this client."""

    requests: int
    seconds: float
    client: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


class UnexpectedAnswer(RuntimeError):
    """The server answered something else than the measurement is about."""


class _Connection:
    """One keep-alive connection, with the answer that is arriving on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.arrived = b""

    def ask(self, request: bytes) -> None:
        """Send one request."""
        self.arrived = b""
        self.socket.sendall(request)

    def read(self, expect: int) -> bool:
        """Take what came; True when the answer is whole and has the expected status."""
        came = self.socket.recv(1 << 18)
        if not came:
            raise UnexpectedAnswer("the server closed the connection")
        self.arrived += came
        end = self.arrived.find(b"\r\n\r\n")
        if end < 0:
            return False
        status = int(_status(self.arrived))
        if status != expect:
            raise UnexpectedAnswer(f"{status} instead of {expect}: {self.arrived[:2000]!r}")
        return status in _EMPTY or len(self.arrived) >= end + 4 + _length(self.arrived, end)


def _status(answer: bytes) -> bytes:
    found = _STATUS.match(answer)
    if found is None:
        raise UnexpectedAnswer(f"no HTTP: {answer[:80]!r}")
    return found[1]


def _length(answer: bytes, end: int) -> int:
    found = _LENGTH.search(answer, 0, end + 2)
    if found is None:
        raise UnexpectedAnswer(f"an answer without a length: {answer[:end]!r}")
    return int(found[1])


def drive(
    port: int, requests: Sequence[bytes], *, expect: int = 200, connections: int = CONNECTIONS
) -> Load:
    """Send every request once, `connections` at a time; raises when an answer is not `expect`."""
    waiting = iter(requests)
    opened = [_Connection(port) for _place in range(min(connections, len(requests)))]
    began, used = perf_counter(), process_time()
    with selectors.DefaultSelector() as ears:
        for connection in opened:
            connection.ask(next(waiting))
            ears.register(connection.socket, selectors.EVENT_READ, connection)
        _run(ears, waiting, len(opened), expect)
    load = Load(len(requests), perf_counter() - began, process_time() - used)
    for connection in opened:
        connection.socket.close()
    return load


def _run(ears: selectors.BaseSelector, waiting: Iterator[bytes], busy: int, expect: int) -> None:
    while busy:
        ready = ears.select(PATIENCE)
        if not ready:
            raise UnexpectedAnswer("no answer for a minute")
        for key, _events in ready:
            connection: _Connection = key.data
            if connection.read(expect):
                following = next(waiting, None)
                if following is None:
                    busy -= 1
                else:
                    connection.ask(following)


def request(
    path: str, *, cookie: str = "", body: bytes | None = None, headers: Sequence[str] = ()
) -> bytes:
    """A ready request: GET, or POST of a form when there is a `body`."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    lines += ["Accept: text/html", "Accept-Encoding: gzip", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def fetch(port: int, path: str, cookie: str = "") -> tuple[int, dict[str, str], bytes]:
    """One answer, whole: status, headers by lower-case name, body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    body = answer.read()
    connection.close()
    return answer.status, headers, body
