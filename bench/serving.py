"""Servers under measurement: the product and its baselines, started in exactly the same way."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import Final

import psutil

from bench.loading import Load, drive, fetch
from participation.running import web_command
from participation.settings import ROOT, Settings

PATIENCE: Final = 60
WARMING: Final = 160
"""Requests before the first measured one: enough for every thread of both workers."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One measured load: requests per second, CPU milliseconds of the server tree a request."""

    rate: float
    cpu: float
    client: float


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and its processes."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """CPU seconds that the whole tree has used so far."""
        total = 0.0
        for process in (self.process, *self.process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                used = process.cpu_times()
                total += used.user + used.system
        return total

    def drive(self, requests: Sequence[bytes], *, expect: int = 200) -> Cost:
        """Send the requests and tell what they cost."""
        before = self.cpu()
        load: Load = drive(self.port, requests, expect=expect)
        cpu = (self.cpu() - before) / load.requests
        return Cost(load.rate, cpu * 1000, load.client / load.seconds)

    def warm(self, requests: Sequence[bytes], *, expect: int = 200) -> None:
        """Let every thread see such a request before it counts."""
        drive(self.port, (list(requests) * WARMING)[:WARMING], expect=expect)


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_for(url: str, **more: object) -> Settings:
    """Settings of a throw-away site on the loopback."""
    return Settings(
        database_url=url,
        secret_key="s" * 40,
        pseudonym_key="p" * 40,
        safeguarding_key="g" * 40,
        secure_cookies=False,
        log_level="WARNING",
        **more,  # type: ignore[arg-type]
    )


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a process of that site."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PSEUDONYM_KEY": settings.pseudonym_key,
        "SAFEGUARDING_KEY": settings.safeguarding_key,
        "SITE_URL": settings.site_url,
        "VAR_DIR": str(settings.var_dir),
        "SECURE_COOKIES": "no",
        "LOG_LEVEL": settings.log_level,
        **more,
    }


@contextmanager
def served(target: str, settings: Settings, env: Mapping[str, str]) -> Iterator[Server]:
    """A WSGI `target` behind the server command of the product: granian, two workers, no log."""
    command = [*web_command(settings)[:-1], target]
    with subprocess.Popen(command, cwd=ROOT, env=dict(env)) as process:
        try:
            _wait(settings.port, process)
            tree = psutil.Process(process.pid)
            _count(tree, settings.web_workers)
            yield Server(settings.port, tree)
            _count(tree, settings.web_workers)
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the server; whatever of its tree is left after a while is killed."""
    tree = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(PATIENCE / 4)
    except subprocess.TimeoutExpired:
        process.kill()
    for left in psutil.wait_procs(tree, timeout=1)[1]:
        left.kill()


def _count(tree: psutil.Process, workers: int) -> None:
    """Raise where a worker has died: what is left would be measured at half its strength."""
    deadline = time.monotonic() + PATIENCE / 10
    while (living := sum(map(_lives, tree.children()))) < workers:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{living} of {workers} workers are left")
        time.sleep(0.05)


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, HTTPException):
            fetch(port, "/")
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start (exit {process.poll()})")
