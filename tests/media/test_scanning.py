"""A scanner is asked before a file is pressed; without a clear answer the file waits."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.media import scanning
from participation.media.press import Unusable
from participation.media.scanning import ScannerAway, scan
from tests.media import clamd, stage


@pytest.fixture(params=["port", "socket"])
def scanner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[clamd.Clamd]:
    with clamd.running(tmp_path / "s" if request.param == "socket" else None) as running:
        scanning.use_scanner(running.where)
        yield running
    scanning.use_scanner("")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_bytes(b"a" * 150_000)
    return path


class TestAsking:
    def test_a_clean_file(self, scanner: clamd.Clamd, content: Path) -> None:
        scan(content)
        assert scanner.seen == [b"a" * 150_000]

    def test_an_empty_file(self, scanner: clamd.Clamd, tmp_path: Path) -> None:
        (tmp_path / "empty").touch()
        scan(tmp_path / "empty")
        assert scanner.seen == [b""]

    def test_a_known_virus(self, scanner: clamd.Clamd, content: Path) -> None:
        content.write_bytes(b"a" * 70_000 + clamd.EICAR)
        with pytest.raises(Unusable, match="infected"):
            scan(content)

    @pytest.mark.parametrize("mode", ["rude", "silent", "full"])
    def test_no_clear_answer_is_no_permission(
        self, mode: str, scanner: clamd.Clamd, content: Path
    ) -> None:
        scanner.mode = mode
        with pytest.raises(ScannerAway):
            scan(content)

    @pytest.mark.parametrize("where", ["127.0.0.1:9", "/nowhere/clamd.ctl"])
    def test_nobody_is_there(self, where: str, content: Path) -> None:
        scanning.use_scanner(where)
        with pytest.raises(ScannerAway):
            scan(content)
        scanning.use_scanner("")

    def test_without_a_scanner_nothing_is_asked(self, content: Path) -> None:
        scanning.use_scanner("")
        scan(content)


def test_one_that_says_nothing_is_not_waited_for_for_ever(content: Path) -> None:
    with scanning.socket.create_server(("127.0.0.1", 0)) as mute:
        scanning.use_scanner(f"127.0.0.1:{mute.getsockname()[1]}")
        with pytest.raises(ScannerAway, match="Timeout"):
            scan(content, seconds=0.1)
    scanning.use_scanner("")


def test_an_infected_file_is_refused_and_gone(app: Flask, scanner: clamd.Clamd) -> None:
    file = stage.pressed(stage.picture() + clamd.EICAR)
    assert (file.state, file.reason) == ("refused", "infected")
    assert stage.stored() == []


def test_a_file_is_scanned_as_it_came_and_once(app: Flask, scanner: clamd.Clamd) -> None:
    file = stage.pressed(stage.picture())
    assert file.is_ready and scanner.seen == [stage.picture()]


def test_while_the_scanner_is_away_a_file_waits(app: Flask) -> None:
    scanning.use_scanner("127.0.0.1:9")
    file = stage.take(stage.picture())
    moment = now()
    for _try in range(jobs.MOST_ATTEMPTS + 2):
        with time_machine.travel(moment, tick=False):
            stage.work()
        moment += timedelta(hours=2)
        assert stage.again(file.id).state == "waiting" and stage.names() == ["raw"]
    with unit_of_work(writes=False) as opened:
        assert opened.scalars(select(jobs.Job.state)).all() == ["failed"]
    with clamd.running() as scanner, time_machine.travel(moment, tick=False):
        scanning.use_scanner(scanner.where)
        with unit_of_work():
            jobs.enqueue("sweep-files", "1")
        stage.work()
        assert stage.again(file.id).is_ready and len(scanner.seen) == 1
    scanning.use_scanner("")
