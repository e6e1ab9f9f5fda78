"""Real worker processes of a test: started, watched and killed by their own number."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from participation.settings import ROOT, Settings

PATIENCE = 30


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a process that serves the same test site."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", ""),
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PSEUDONYM_KEY": settings.pseudonym_key,
        "SAFEGUARDING_KEY": settings.safeguarding_key,
        "SITE_URL": settings.site_url,
        "SECURE_COOKIES": "no",
        "LOG_LEVEL": "ERROR",
        **more,
    }


@contextmanager
def process(*arguments: str, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process; killed at the end if it still runs."""
    running = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=dict(env))
    try:
        yield running
    finally:
        if running.poll() is None:
            running.kill()
        running.wait(PATIENCE)


@contextmanager
def worker(settings: Settings, *, port: int, lease: float = 1) -> Iterator[subprocess.Popen[bytes]]:
    """`flask worker` with a short pause and lease, sending to a mail server on `port`."""
    env = environment(settings, SMTP_HOST="127.0.0.1", SMTP_PORT=str(port))
    command = ("-m", "flask", "--app", "wsgi", "worker", "--pause", "0.05", "--lease", str(lease))
    with process(*command, env=env) as running:
        yield running


def kill_hard(running: subprocess.Popen[bytes]) -> None:
    """kill -9: the process gets no chance to tidy up."""
    running.send_signal(signal.SIGKILL)
    running.wait(PATIENCE)


def wait_until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Look every twentieth of a second until it holds."""
    ticking = threading.Event()
    for _look in range(int(seconds * 20)):
        if holds():
            return
        ticking.wait(0.05)
    raise AssertionError("it did not come about")
