"""The press as its callers see it: a child process that is fed, watched, and not believed."""

import json
import os
import secrets
import selectors
import signal
import subprocess
import sys
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Any, Final

from participation.media.press.bare import foreign
from participation.media.press.face import KINDS, Cover, Made, Pressed, Spotted, Unusable
from participation.media.press.looking import look
from participation.media.press.sniffing import HEAD, sniff
from participation.media.press.spotting import spotted
from participation.media.press.walking import Broken
from participation.settings import ROOT

CHILD: Final = Path(__file__).with_name("child.py")
FONTS: Final = tuple(
    str(ROOT / "static" / "fonts" / name)
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold-GB2312.ttf", "NotoEmoji-Regular.ttf")
)
MADE: Final = {
    "picture": frozenset({"small", "medium", "large", "print"}),
    "vector": frozenset({"small", "medium", "large", "print", "svg"}),
    "sound": frozenset({"sound"}),
}
_LONGEST_LINE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: CPU seconds, bytes of address space, bytes of each file it writes,
    open files, and seconds by the clock."""

    seconds: int = 30
    memory: int = 1 << 30
    file: int = 64_000_000
    files: int = 32
    wait: float = 60.0


class Press:
    """A child process for many files, one at a time; it starts with the first and ends with
    `close`, with the block, or with this process. Threads may share it: they wait for each other.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Press":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process; another file starts a new one."""
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()

    def press(self, source: Path, folder: Path, kind: str, covers: Sequence[Cover] = ()) -> Pressed:
        """Make the renditions of the file `source` in `folder` (which exists), after covering.

        `kind` is what `look` said. The renditions stand in a new folder of their own below; after
        a refusal it is gone. Raises `Unusable`; `OSError` when this machine lacks room or rights.
        """
        if kind not in KINDS:
            raise Unusable("wrong_kind")
        look(source, {kind})
        own = Path(mkdtemp(dir=folder))
        try:
            with self._lock:
                reply = self._asked(source, own, kind, covers)
            return _believed(reply, own, kind, MADE[kind] - ({"svg"} if covers else set()))
        except BaseException:
            rmtree(own, ignore_errors=True)
            raise

    def spot(self, source: Path) -> list[Spotted]:
        """The printed codes in a picture that was pressed before; raises `Unusable`."""
        look(source, {"picture"})
        with self._lock:
            reply = self._asked(source, source.parent, "codes", ())
        return spotted(reply)

    def _asked(self, source: Path, own: Path, kind: str, covers: Sequence[Cover]) -> dict[str, Any]:
        ask = secrets.token_hex(8)
        limits = asdict(self.limits)
        del limits["wait"]
        line = {
            "ask": ask,
            "source": str(source.resolve()),
            "folder": str(own.resolve()),
            "kind": kind,
            "covers": [asdict(one) for one in covers],
            "fonts": FONTS,
            "limits": limits,
        }
        try:
            child = self._running()
            assert child.stdin  # noqa: S101
            child.stdin.write(json.dumps(line).encode() + b"\n")
            child.stdin.flush()
            return _answer(child, ask, self.limits.wait)
        except BaseException:
            self.close()
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        """The child process, started if there is none (or it has died): no setting, no variable
        and no open file of this process goes with it."""
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-B", str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={
                    "LC_ALL": "C.UTF-8",
                    "MALLOC_ARENA_MAX": "1",
                    "MALLOC_MMAP_THRESHOLD_": "262144",
                },
                cwd="/",
                start_new_session=True,
            )
        return self._child


def _answer(child: subprocess.Popen[bytes], ask: str, wait: float) -> dict[str, Any]:
    """The line that answers this very question; what an earlier file left in the pipe is not it."""
    assert child.stdout  # noqa: S101
    end, kept = monotonic() + wait, b""
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdout, selectors.EVENT_READ)
        while (left := end - monotonic()) > 0 and len(kept) < _LONGEST_LINE:
            if not ready.select(left):
                break
            block = os.read(child.stdout.fileno(), 1 << 16)
            if not block:
                raise Unusable("unreadable")
            *lines, kept = (kept + block).split(b"\n")
            for line in lines:
                with suppress(ValueError, TypeError, KeyError):
                    found: dict[str, Any] = json.loads(line)
                    if found["ask"] == ask:
                        return found
    raise Unusable("too_slow")


def _believed(reply: dict[str, Any], own: Path, kind: str, wanted: Set[str]) -> Pressed:
    """What the child says it made, as far as this process finds it true by itself."""
    if "code" in reply:
        raise Unusable(str(reply["code"]))
    try:
        made = tuple(_checked(one, own) for one in reply["made"])
        names = {one.name for one in made}
        if names != wanted or {one.path for one in made} != set(own.iterdir()):
            raise Unusable("unreadable")
        return Pressed(
            kind=kind,  # type: ignore[arg-type]
            width=int(reply["width"]),
            height=int(reply["height"]),
            seconds=float(reply.get("seconds", 0)),
            fingerprint=None if kind == "sound" else int(reply["fingerprint"]) % (1 << 64),
            made=made,
            peak=int(reply["peak"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable("unreadable") from error


def _checked(said: dict[str, Any], own: Path) -> Made:
    """One rendition: a plain file in its folder, of the type it says, with nothing else in it."""
    path, mime = own / Path(str(said["file"])).name, str(said["mime"])
    if path.is_symlink() or not path.is_file():
        raise Broken("no plain file")
    if (strange := foreign(path, mime)) or _type(path) != mime:
        raise Broken(f"{strange} foreign bytes")
    return Made(
        name=str(said["name"]),
        path=path,
        mime=mime,
        width=int(said["width"]),
        height=int(said["height"]),
        seconds=float(said.get("seconds", 0)),
        size=path.stat().st_size,
    )


def _type(path: Path) -> str | None:
    with path.open("rb") as file:
        return sniff(file.read(HEAD))


_shared: Final = Press()


def press(source: Path, folder: Path, kind: str, covers: Sequence[Cover] = ()) -> Pressed:
    """`Press.press` by the one press of this process; its child waits for the next file."""
    return _shared.press(source, folder, kind, covers)


def spot(source: Path) -> list[Spotted]:
    """`Press.spot` by the one press of this process."""
    return _shared.spot(source)
