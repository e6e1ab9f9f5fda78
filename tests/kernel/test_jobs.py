"""Jobs: each effect exactly once, whoever dies on the way; failures wait longer and longer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.jobs import Deed, Job
from participation.kernel.limits import Window
from participation.kernel.rows import insert_row

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-25T02:00:00Z", tick=False) as traveller:
        yield traveller


def write(name: str) -> None:
    insert_row(Window, {"name": name, "starts": 0, "count": 1})


def effects() -> set[str]:
    with unit_of_work(writes=False) as opened:
        return set(opened.scalars(select(Window.name)))


def only_job() -> Job:
    with unit_of_work() as opened:
        return opened.scalars(select(Job)).one()


def ask(kind: str = "write", key: str = "1", **arguments: str) -> None:
    with unit_of_work():
        jobs.enqueue(kind, key, arguments)


HANDLERS: dict[str, jobs.Handler] = {"write": lambda given: lambda: write(given.get("name", "w"))}


class TestRunning:
    def test_effect_and_end_are_one(self) -> None:
        ask(name="one")
        assert jobs.run_one(HANDLERS)
        assert effects() == {"one"}
        assert only_job().state == "done"
        assert not jobs.run_one(HANDLERS)

    def test_the_same_key_is_the_same_job(self) -> None:
        ask(name="one")
        ask(name="two")
        jobs.run_one(HANDLERS)
        assert not jobs.run_one(HANDLERS)
        assert effects() == {"one"}

    def test_a_job_is_asked_for_with_its_cause_or_not_at_all(self) -> None:
        with pytest.raises(RuntimeError), unit_of_work():
            jobs.enqueue("write", "1")
            raise RuntimeError
        assert not jobs.run_one(HANDLERS)

    def test_oldest_first_and_not_before_its_time(self, clock: time_machine.Traveller) -> None:
        with unit_of_work():
            jobs.enqueue("write", "later", {"name": "later"}, after=now() + timedelta(hours=1))
            jobs.enqueue("write", "soon", {"name": "soon"})
        jobs.run_one(HANDLERS)
        assert not jobs.run_one(HANDLERS)
        clock.shift(timedelta(hours=1))
        assert jobs.run_one(HANDLERS)
        assert effects() == {"soon", "later"}


class TestFailing:
    def test_tried_again_twice_as_late_each_time(self, clock: time_machine.Traveller) -> None:
        ask("unknown")
        for seconds in (10, 20, 40):
            assert jobs.run_one(HANDLERS)
            clock.shift(timedelta(seconds=seconds - 1))
            assert not jobs.run_one(HANDLERS)
            clock.shift(timedelta(seconds=1))
        assert only_job().error == "KeyError"

    def test_given_up_visibly(self, clock: time_machine.Traveller) -> None:
        ask("unknown")
        for _try in range(jobs.MOST_ATTEMPTS):
            assert jobs.run_one(HANDLERS)
            clock.shift(timedelta(hours=2))
        assert only_job().state == "failed"
        assert not jobs.run_one(HANDLERS)

    def test_what_a_failing_deed_wrote_is_gone(self) -> None:
        def handler(_arguments: dict[str, object]) -> Deed:
            def deed() -> None:
                write("half")
                raise ValueError("no")

            return deed

        ask()
        assert jobs.run_one({"write": handler})
        assert effects() == set()
        assert only_job().state == "ready"


class TestDying:
    def test_a_dead_workers_job_is_taken_up(self, clock: time_machine.Traveller) -> None:
        ask()
        assert jobs.claim() is not None
        assert not jobs.run_one(HANDLERS)
        clock.shift(jobs.LEASE + timedelta(seconds=1))
        assert jobs.run_one(HANDLERS)
        assert effects() == {"w"}

    def test_a_slow_worker_that_comes_back_doubles_nothing(
        self, clock: time_machine.Traveller
    ) -> None:
        def slow(_arguments: dict[str, object]) -> Deed:
            clock.shift(jobs.LEASE + timedelta(seconds=1))
            return lambda: write("slow")

        ask(name="quick")
        taken = jobs.claim()
        clock.shift(jobs.LEASE + timedelta(seconds=1))
        assert taken is not None and jobs.run_one(HANDLERS)
        ask(key="2")
        second_run: list[bool] = []

        def overtaken(arguments: dict[str, object]) -> Deed:
            deed = slow(arguments)
            second_run.append(jobs.run_one(HANDLERS))
            return deed

        assert jobs.run_one({"write": overtaken})
        assert second_run == [True]
        assert effects() == {"quick", "w"}

    def test_a_job_that_kills_its_workers_is_given_up(self, clock: time_machine.Traveller) -> None:
        ask()
        for _death in range(jobs.MOST_ATTEMPTS):
            jobs.claim()
            clock.shift(jobs.LEASE + timedelta(seconds=1))
        assert jobs.run_one(HANDLERS)
        job = only_job()
        assert (job.state, job.error) == ("failed", jobs.DIED)
        assert effects() == set()


class TestClearing:
    def test_done_jobs_go_after_a_week_failed_ones_stay(
        self, clock: time_machine.Traveller
    ) -> None:
        ask(key="done")
        jobs.run_one(HANDLERS)
        ask("unknown", key="waits")
        clock.shift(timedelta(days=8))
        with unit_of_work():
            jobs.clear_done()
        assert only_job().key == "unknown:waits"


def test_claiming_needs_the_app(app: Flask) -> None:
    with unit_of_work():
        assert session().scalar(select(Job.id)) is None
    assert jobs.claim() is None
