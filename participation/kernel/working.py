"""The worker's loop: timed deeds, jobs and letters, one small transaction each."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from participation.kernel import jobs, mail
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timer:
    """A deed of the clock: the job kind and how often it is due, in seconds."""

    kind: str
    every: int


@dataclass(frozen=True, slots=True)
class Workshop:
    """All that the worker needs to know of the rooms: `wiring` fills it."""

    handlers: Mapping[str, jobs.Handler]
    timers: Sequence[Timer]
    enclosures: Mapping[str, mail.Fetch]


def ring(timers: Sequence[Timer]) -> None:
    """Ask for each timed deed once per stretch of its clock, however many workers there are."""
    second = int(now().timestamp())
    with unit_of_work():
        for timer in timers:
            jobs.enqueue(timer.kind, str(second - second % timer.every))


def work_off(
    workshop: Workshop,
    settings: Settings,
    *,
    most: int = 1000,
    stop: threading.Event | None = None,
    lease: timedelta | None = None,
) -> int:
    """Do what is waiting, jobs and letters in turn, at most `most` pieces; returns how many.

    In turn, so that a long queue of the one never keeps the other waiting. `stop` ends it after
    the present piece. `lease` is for how long a piece is held (each kind has a usual one).
    """
    pieces: tuple[Callable[[], bool], ...] = (
        lambda: jobs.run_one(workshop.handlers, lease=lease or jobs.LEASE),
        lambda: mail.send_one(settings, workshop.enclosures, lease=lease),
    )
    done = idle = 0
    while done < most and idle < len(pieces) and not (stop and stop.is_set()):
        if pieces[0]():
            done, idle = done + 1, 0
        else:
            idle += 1
        pieces = (*pieces[1:], pieces[0])
    return done


def run_worker(
    workshop: Workshop,
    settings: Settings,
    stop: threading.Event,
    *,
    pause: float = 1.0,
    lease: timedelta | None = None,
) -> None:
    """Work until `stop` is set. A failure of the database is logged and waited out."""
    rung = 0
    shortest = min((timer.every for timer in workshop.timers), default=60)
    while not stop.is_set():
        busy = 0
        try:
            second = int(now().timestamp())
            if second - rung >= shortest:
                ring(workshop.timers)
                rung = second
            busy = work_off(workshop, settings, most=50, stop=stop, lease=lease)
        except Exception:
            log.exception("the worker stumbled")
        if not busy:
            stop.wait(pause)
