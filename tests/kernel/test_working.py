"""The loop: timers ring once, jobs and letters take turns, a stop ends after the piece."""

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from participation.kernel import jobs
from participation.kernel.database import database, unit_of_work
from participation.kernel.jobs import Deed, Job
from participation.kernel.mail import Draft, Letter, write_letter
from participation.kernel.working import Timer, Workshop, ring, run_worker, work_off
from participation.settings import Settings
from tests.support.smtp import Mailbox

pytestmark = pytest.mark.usefixtures("app")


def nothing() -> None:
    """A deed without an effect."""


def counted(table: type[Job] | type[Letter], state: str) -> int:
    with unit_of_work(writes=False) as opened:
        found = select(func.count()).select_from(table).where(table.state == state)
        return opened.scalar(found) or 0


def with_mail(settings: Settings, mailbox: Mailbox) -> Settings:
    values = {name: getattr(settings, name) for name in settings.__slots__}
    return Settings(**values | {"smtp_port": mailbox.port})


def letters(count: int) -> None:
    with unit_of_work():
        for number in range(count):
            draft = Draft(
                key=f"l{number}",
                to_address=f"r{number}@city.example",
                to_name="读者",
                locale="zh-Hans",
                subject="信",
                text="信\n",
            )
            write_letter(draft, host="localhost")


def test_timers_ring_once_a_stretch_however_many_workers() -> None:
    timers = (Timer("tick", 60), Timer("tock", 3600))
    with time_machine.travel("2026-11-25T02:00:30Z", tick=False) as clock:
        ring(timers)
        ring(timers)
        clock.shift(timedelta(seconds=60))
        ring(timers)
    assert counted(Job, "ready") == 3


def test_jobs_and_letters_take_turns(settings: Settings) -> None:
    with Mailbox() as mailbox:
        letters(2)
        with unit_of_work():
            for number in range(8):
                jobs.enqueue("tick", str(number))
        workshop = Workshop({"tick": lambda _given: nothing}, (), {})
        assert work_off(workshop, with_mail(settings, mailbox), most=4) == 4
        assert counted(Letter, "sent") == 2
        assert work_off(workshop, with_mail(settings, mailbox)) == 6
    assert counted(Job, "done") == 8


def test_a_stop_ends_after_the_present_piece(settings: Settings) -> None:
    stop = threading.Event()

    def last(_arguments: dict[str, object]) -> Deed:
        stop.set()
        return nothing

    with unit_of_work():
        jobs.enqueue("last", "1")
        jobs.enqueue("last", "2")
    run_worker(Workshop({"last": last}, (), {}), settings, stop)
    assert (counted(Job, "done"), counted(Job, "ready")) == (1, 1)


def test_a_failing_database_is_waited_out(settings: Settings) -> None:
    stop = threading.Event()
    seen: list[str] = []

    def handler(_arguments: dict[str, object]) -> Deed:
        seen.append("done")
        stop.set()
        return nothing

    with unit_of_work() as opened:
        jobs.enqueue("tick", "1")
        hide = "ALTER TABLE kernel_jobs RENAME TO hidden"
        opened.connection().exec_driver_sql(hide)
    worker = threading.Thread(
        target=run_worker,
        args=(Workshop({"tick": handler}, (), {}), settings, stop),
        kwargs={"pause": 0.01},
    )
    worker.start()
    worker.join(0.2)
    assert worker.is_alive() and not seen
    with database().engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE hidden RENAME TO kernel_jobs")
    worker.join(20)
    assert seen == ["done"]
