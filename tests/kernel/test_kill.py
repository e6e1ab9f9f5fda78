"""kill -9 at every step: each letter reaches the reader, each effect happens exactly once."""

from contextlib import ExitStack

import pytest
from sqlalchemy import func, select

from participation.kernel import jobs
from participation.kernel.database import unit_of_work
from participation.kernel.jobs import Job
from participation.kernel.limits import Window
from participation.kernel.mail import Draft, Letter, write_letter
from participation.settings import Settings
from tests.support import processes
from tests.support.smtp import STEPS, Mailbox

pytestmark = pytest.mark.usefixtures("app")
TASKS = 120


def write(key: str) -> None:
    draft = Draft(
        key=key,
        to_address="chen@city.example",
        to_name="陈立",
        locale="zh-Hans",
        subject=f"第 {key} 封",
        text="请回音。\n",
    )
    with unit_of_work():
        write_letter(draft, host="localhost")


def letters() -> dict[str, Letter]:
    with unit_of_work() as opened:
        return {letter.key: letter for letter in opened.scalars(select(Letter).order_by(Letter.id))}


@pytest.mark.parametrize("step", STEPS)
def test_a_letter_survives_its_worker(settings: Settings, step: str) -> None:
    with Mailbox() as mailbox:
        write(step)
        mailbox.stop_at = step
        with processes.worker(settings, port=mailbox.port) as running:
            assert mailbox.reached.wait(processes.PATIENCE), f"nobody came to {step}"
            processes.kill_hard(running)
        assert letters()[step].state == "sending"
        mailbox.go_on()
        write("another")
        with processes.worker(settings, port=mailbox.port) as running:
            processes.wait_until(lambda: all(each.state == "sent" for each in letters().values()))
            running.terminate()
            assert running.wait(processes.PATIENCE) == 0
        written = letters()
        assert set(mailbox.ids) == {letter.message_id for letter in written.values()}
        assert {key: letter.unsure for key, letter in written.items()} == {
            step: True,
            "another": False,
        }
        times = 2 if step in ("accepted", "quit") else 1
        assert mailbox.ids.count(written[step].message_id) == times, "same id: one for the reader"
        assert mailbox.ids.count(written["another"].message_id) == 1


def done() -> int:
    with unit_of_work(writes=False) as opened:
        counted = select(func.count()).select_from(Job).where(Job.state == "done")
        return opened.scalar(counted) or 0


def test_jobs_survive_workers_killed_in_the_middle(settings: Settings) -> None:
    with unit_of_work():
        for number in range(TASKS):
            jobs.enqueue("count", str(number), {"name": f"effect {number}"})
    command = ("-m", "tests.support.counting_worker", settings.database_url)
    env = processes.environment(settings)
    with ExitStack() as stack:
        running = [stack.enter_context(processes.process(*command, env=env)) for _ in range(2)]
        for goal in (20, 50, 80):
            processes.wait_until(lambda goal=goal: done() >= goal)  # type: ignore[misc]
            processes.kill_hard(running.pop(0))
            running.append(stack.enter_context(processes.process(*command, env=env)))
        processes.wait_until(lambda: done() == TASKS)
    with unit_of_work(writes=False) as opened:
        counts = dict(row for row in opened.execute(select(Window.name, Window.count)))
    assert counts == {f"effect {number}": 1 for number in range(TASKS)}
