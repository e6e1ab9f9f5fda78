"""Runs the whole site on one machine: migrate, then the web server and the worker side by side."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

from participation.kernel.database import database
from participation.kernel.migrations import upgrade
from participation.settings import ROOT, Settings, read_settings

THREADS = "4"
"""Of each web worker: with more they wait for the interpreter, and for each other's writing."""
GRACE = 10.0
"""Seconds that a process gets to end by itself."""


def web_command(settings: Settings) -> list[str]:
    """The command line of the web server.

    Its log begins at errors, or each start would warn that eight threads are many for few cores;
    they are meant: while one waits for the database, the others answer.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", settings.bind, "--port", str(settings.port)),
        *("--workers", str(settings.web_workers), "--blocking-threads", THREADS),
        *("--backpressure", "128", "--no-ws", "--log-level", "error"),
        "wsgi:app",
    ]


def worker_command() -> list[str]:
    """The command line of the worker."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]


def prepare(settings: Settings) -> None:
    """Make the data folder and bring the database to the newest version."""
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    database().dispose()


def run_site(
    settings: Settings, environ: Mapping[str, str], *, started: Callable[[], None] | None = None
) -> int:
    """Run both processes until one ends or a signal comes; returns the exit code.

    `started` is called once both are under way.
    """
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda signum, _frame: stopping.append(signum))
    running = [
        subprocess.Popen(command, cwd=ROOT, env=dict(environ), start_new_session=True)  # noqa: S603
        for command in (web_command(settings), worker_command())
    ]
    if started is not None:
        started()
    try:
        while not stopping and all(process.poll() is None for process in running):
            time.sleep(0.2)
    finally:
        _end(running)
    return 0 if stopping else 1


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE
    for process in running:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> int:
    """`make run`: the site with the settings of the environment."""
    settings = read_settings()
    prepare(settings)
    return run_site(settings, os.environ)


if __name__ == "__main__":
    raise SystemExit(main())
