"""The child process: it waits for files and makes each in a process of its own, within limits.

A process that has Pillow loaded and nothing else forks for every file: the start is paid once, and
yet no file meets what another has left behind, and all memory goes back with each.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from participation.media.press.face import Cover, Unusable

Reply = dict[str, Any]


class Make(Protocol):
    """What each kind of file has: sources in, renditions into the folder, a plain reply."""

    def __call__(
        self, source: Path, folder: Path, covers: Sequence[Cover], fonts: Sequence[str]
    ) -> Reply: ...


WORKS: Final = {
    "picture": "participation.media.press.pictures",
    "vector": "participation.media.press.vectors",
    "sound": "participation.media.press.sounds",
    "codes": "participation.media.press.codes",
}
"""Loaded in the process that needs them; pictures, the most frequent, before it is forked."""


def serve() -> None:
    """Answer one line of JSON with one, until the other side closes."""
    import_module(WORKS["picture"])
    for line in sys.stdin:
        asked = json.loads(line)
        process = os.fork()
        if not process:
            os.close(0)
            _make(asked)
        _pid, status = os.waitpid(process, 0)
        if status:
            _say({"ask": asked["ask"], "code": _cause(status)})


def _cause(status: int) -> str:
    """Why a process ended without an answer of its own."""
    killed = os.waitstatus_to_exitcode(status)
    if killed in (-signal.SIGXCPU, -signal.SIGKILL):
        return "too_slow"
    return "bomb" if killed == -signal.SIGABRT else "unreadable"


def _say(reply: Reply) -> None:
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


def _make(asked: dict[str, Any]) -> None:
    """One file, from the limits to the answer; never returns."""
    status = 1
    try:
        confine(**asked["limits"])
        reply = attempt(asked)
        _say({**reply, "ask": asked["ask"], "peak": peak()})
        status = 0
    finally:
        os._exit(status)


def attempt(asked: dict[str, Any]) -> Reply:
    """What becomes of one file: the renditions or a code."""
    try:
        make: Make = import_module(WORKS[asked["kind"]]).make
        covers = [Cover(**cover) for cover in asked["covers"]]
        return make(Path(asked["source"]), Path(asked["folder"]), covers, asked["fonts"])
    except Unusable as unusable:
        return {"code": unusable.code}
    except MemoryError:
        return {"code": "bomb"}
    except Exception as error:
        # libraries raise what they like at a stranger's file; only its class is told
        return {"code": "unreadable", "why": type(error).__name__}


def confine(*, seconds: int, memory: int, file: int, files: int) -> None:
    """Limit this process for good: seconds of CPU, bytes of address space and of each file."""
    bounds = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: file,
        resource.RLIMIT_NOFILE: files,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in bounds.items():
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # macOS refuses a limit of address space; a city's server is Linux
            if sys.platform == "linux":
                raise


def peak() -> int:
    """The most memory that this process held, in bytes, resident.

    From the kernel's own line: the figure of `getrusage` would tell of the process before it.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
