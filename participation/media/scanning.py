"""Asks clamd about a file: the INSTREAM command over TCP or a Unix socket, with a timeout.

Source of the protocol: the manual page clamd(8), "z" commands and INSTREAM. Whatever is not a clear
"OK" is no permission: a scanner that is away, slow or out of bounds lets a file wait.
"""

import socket
import struct
from pathlib import Path
from typing import Final

from participation.media.press import Unusable

SECONDS: Final = 60.0
"""For the whole talk to connect, and for each answer and piece."""
_PIECE: Final = 64 * 1024
_LONGEST: Final = 4096

_where = ""


class ScannerAway(RuntimeError):
    """The scanner gave no clear answer; nothing is known about the file."""


def use_scanner(where: str) -> None:
    """Set the scanner of this process: `host:port`, the path of a socket, or empty for none."""
    global _where
    _where = where


def scan(path: Path, *, seconds: float = SECONDS) -> None:
    """Ask whether the file is clean; without a scanner nothing is asked.

    Raises `Unusable("infected")`, or `ScannerAway` where no clear answer came within `seconds`.
    """
    if not _where:
        return
    try:
        answer = _ask(path, seconds)
    except OSError as problem:
        raise ScannerAway(type(problem).__name__) from problem
    if answer.endswith(" FOUND"):
        raise Unusable("infected")
    if answer != "stream: OK":
        raise ScannerAway("no clear answer")


def _ask(path: Path, seconds: float) -> str:
    with _connected(seconds) as line, path.open("rb") as file:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(_PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST:
            got = line.recv(_LONGEST)
            if not got:
                break
            answer += got
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(seconds: float) -> socket.socket:
    if not _where.startswith("/"):
        host, _colon, port = _where.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(seconds)
    try:
        line.connect(_where)
    except BaseException:
        line.close()
        raise
    return line
