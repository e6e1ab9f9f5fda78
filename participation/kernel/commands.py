"""Commands of the shell that every site needs: `flask --app wsgi migrate` and `worker`."""

import signal
import threading
from datetime import timedelta
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from participation.kernel.migrations import upgrade
from participation.kernel.working import Workshop, run_worker


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade(current_app.extensions["settings"].database_url)


def worker_of(workshop: Workshop) -> click.Command:
    """The command that runs timers, jobs and letters until it is told to stop."""

    @click.command("worker")
    @click.option(
        "--pause", default=1.0, show_default=True, help="Seconds to wait when there is no work."
    )
    @click.option(
        "--lease",
        default=0.0,
        help="Seconds after which the work of a dead worker is taken up; 0 for the usual minutes.",
    )
    @with_appcontext
    def worker(pause: float, lease: float) -> None:
        """Run timers, jobs and letters until SIGTERM or SIGINT; several at once are safe."""
        run_worker(
            workshop,
            current_app.extensions["settings"],
            _stopped_by_signals(),
            pause=pause,
            lease=timedelta(seconds=lease) if lease else None,
        )

    return worker


def _stopped_by_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set: the present piece is finished, then the end."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return stop
