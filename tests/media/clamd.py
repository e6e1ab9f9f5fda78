"""A small clamd on the loopback: it speaks INSTREAM and knows one virus."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """What the server saw, and how it is to behave: `mode` is fair, silent, rude or full."""

    def __init__(self) -> None:
        self.mode = "fair"
        self.seen: list[bytes] = []
        self.where = ""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        clamd: Clamd = self.server.clamd  # type: ignore[attr-defined]
        if clamd.mode == "rude":
            return
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        clamd.seen.append(content)
        self.wfile.write(_answer(clamd.mode, content))


def _answer(mode: str, content: bytes) -> bytes:
    if mode == "full":
        return b"INSTREAM size limit exceeded. ERROR\0"
    if mode == "silent":
        return b""
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    clamd: Clamd


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    clamd: Clamd


@contextmanager
def running(socket: Path | None = None) -> Iterator[Clamd]:
    """The server, on a free port or at the path of a socket."""
    server: Any = _Unix(str(socket), _Talk) if socket else _Tcp(("127.0.0.1", 0), _Talk)
    server.clamd = clamd = Clamd()
    clamd.where = str(socket) if socket else f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield clamd
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
