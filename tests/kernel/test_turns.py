"""Writers take turns: threads, processes, and those who never come back."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from participation.kernel import turns
from participation.kernel.database import connect, unit_of_work
from participation.kernel.turns import Turns
from participation.kernel.versions import grow, version_of
from participation.settings import ROOT

HOLD = """
import sys
from pathlib import Path
from participation.kernel.turns import Turns
Turns(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "site.db-turns"


@pytest.mark.parametrize("kept", [True, False], ids=["file", "memory"])
def test_one_at_a_time_in_a_process(gate: Path, kept: bool) -> None:
    queue, inside, most = Turns(gate if kept else None), [0], []

    def work() -> None:
        for _turn in range(20):
            assert queue.take()
            inside[0] += 1
            most.append(inside[0])
            inside[0] -= 1
            queue.leave()

    workers = [threading.Thread(target=work) for _number in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    queue.close()
    assert most == [1] * 120


def test_another_process_waits_until_the_first_is_killed(gate: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(gate)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        queue, came = Turns(gate), threading.Event()
        waiting = threading.Thread(target=lambda: queue.take() and came.set())
        waiting.start()
        assert not came.wait(0.2)
        other.kill()
        assert came.wait(20)
        waiting.join()
        queue.leave()
        queue.close()


def test_who_waits_too_long_goes_on_without_a_turn(
    gate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    queue = Turns(gate)
    assert queue.take()
    assert not queue.take()
    queue.leave()
    assert queue.take()
    queue.leave()
    queue.close()


def test_what_is_done_meanwhile_is_done_until_the_turn_comes(gate: Path) -> None:
    queue, done = Turns(gate), []

    def meanwhile() -> bool:
        done.append(len(done))
        if len(done) == 3:
            queue.leave()
        return True

    assert queue.take()
    assert queue.take(meanwhile)
    assert done == [0, 1, 2]
    queue.leave()
    queue.close()


def test_a_file_that_can_not_be_opened_keeps_nobody_waiting(tmp_path: Path) -> None:
    queue = Turns(tmp_path / "missing" / "turns")
    for _time in range(2):
        with pytest.raises(FileNotFoundError):
            queue.take()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_units_of_work_give_their_turn_back(database_url: str) -> None:
    connected = connect(database_url)
    for _turn in range(3):
        with unit_of_work():
            grow("x")
        with pytest.raises(ZeroDivisionError), unit_of_work():
            grow("x")
            raise ZeroDivisionError
    with unit_of_work(writes=False):
        assert version_of("x") == 3
    connected.dispose()


def test_a_stuck_process_keeps_nobody_for_ever(gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(gate)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as stuck:
        assert stuck.stdout is not None
        assert stuck.stdout.readline() == b"held\n"
        mine = Turns(gate)
        assert mine.take() is False
        stuck.kill()
        stuck.wait()
        assert mine.take() is True
        mine.leave()
        mine.close()
