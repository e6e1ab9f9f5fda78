"""A process that kills itself in the middle of a file:
`python -m tests.support.dying_press DATABASE_URL VAR_DIR STEP FILE`."""

import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from participation import wiring
from participation.app import start
from participation.kernel import jobs
from participation.kernel.database import unit_of_work
from participation.kernel.storage import Folder
from participation.kernel.subjects import Subject
from participation.media import actions
from participation.media.actions import pressing
from participation.settings import Settings


def die() -> None:
    """kill -9 of oneself: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def dying(deed: Callable[..., Any], number: int, *, before: bool = False) -> Callable[..., Any]:
    """The deed, which dies at its call of this number."""
    calls: list[int] = []

    def call(*given: Any, **more: Any) -> Any:
        calls.append(1)
        if before and len(calls) == number:
            die()
        found = deed(*given, **more)
        if len(calls) == number:
            die()
        return found

    return call


def half(self: Folder, key: str, source: Any) -> int:
    """A writer that dies in the middle of a file."""
    path = self._path(key)
    self._make_folder(path.parent)
    (path.parent / f"{path.name}.coming-x1").write_bytes(source.read(100))
    die()
    return 0


def prepare(step: str) -> None:
    """Let the process die at this step."""
    if step == "half":
        Folder.put = half  # type: ignore[method-assign]
    elif step.startswith("put-"):
        Folder.put = dying(Folder.put, int(step[4:]))  # type: ignore[method-assign]
    elif step.startswith("delete-"):
        Folder.delete = dying(Folder.delete, int(step[7:]))  # type: ignore[method-assign]
    elif step == "rows":
        pressing._write_down = dying(pressing._write_down, 1)
    elif step == "scan":
        pressing.scan = dying(pressing.scan, 1)  # type: ignore[attr-defined]


if __name__ == "__main__":
    url, var, step, path = sys.argv[1:]
    secrets = {"secret_key": "s" * 40, "pseudonym_key": "p" * 40, "safeguarding_key": "g" * 40}
    start(Settings(database_url=url, var_dir=Path(var), **secrets))  # type: ignore[arg-type]
    prepare(step)
    if step == "taken":
        with unit_of_work():
            content = io.BytesIO(Path(path).read_bytes())
            kinds = frozenset({"picture"})
            actions.take_in(Subject("media.test", "9"), "w", content, allowed=kinds, limit=10**6)
            die()
    while jobs.run_one(wiring.HANDLERS):
        pass
