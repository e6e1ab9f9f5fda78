"""kill -9 at every step: never half a file, and no bytes without a row for longer than an hour."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.media import actions
from participation.media.models import File, Rendition
from participation.media.press import Cover
from participation.settings import Settings
from tests.media import stage
from tests.support import processes

pytestmark = pytest.mark.usefixtures("app")


def die_at(step: str, settings: Settings, path: Path) -> None:
    command = ("-m", "tests.support.dying_press", settings.database_url, str(settings.var_dir))
    env = processes.environment(settings)
    with processes.process(*command, step, str(path), env=env) as running:
        assert running.wait(processes.PATIENCE) == -9, f"it did not die at {step}"


def after(hours: float, *, sweeps: bool = False) -> None:
    """What another worker does later, when the lease of the dead one has run out."""
    with time_machine.travel(now() + timedelta(hours=hours), tick=False):
        if sweeps:
            with unit_of_work():
                jobs.enqueue("sweep-files", str(hours))
        stage.work()


def named() -> list[str]:
    """Every key that a row names."""
    with unit_of_work(writes=False) as opened:
        whole = opened.execute(select(File.raw_key, File.master_key)).all()
        keys = [key for pair in whole for key in pair if key]
        return sorted([*keys, *opened.scalars(select(Rendition.key))])


STEPS = ("scan", "half", "put-3", "rows")


@pytest.mark.parametrize("step", STEPS)
def test_a_press_that_dies_is_done_anew(step: str, settings: Settings, tmp_path: Path) -> None:
    file = stage.take(stage.picture())
    die_at(step, settings, tmp_path)
    waits = stage.again(file.id)
    assert waits.state == "waiting" and not waits.renditions
    assert set(named()) <= set(stage.stored())
    after(0.2)
    ready = stage.again(file.id)
    assert ready.is_ready and len(ready.renditions) == 4
    after(2, sweeps=True)
    assert stage.stored() == named() and len(named()) == 4


@pytest.mark.parametrize("step", ["put-5", "rows"])
def test_a_cover_that_dies_is_done_anew(step: str, settings: Settings, tmp_path: Path) -> None:
    file = stage.pressed(stage.picture())
    with unit_of_work():
        actions.cover(file.id, [Cover(0, 0, 500, 500)])
    die_at(step, settings, tmp_path)
    assert stage.again(file.id).state == "pressing", "shown to nobody"
    after(0.2)
    after(2, sweeps=True)
    assert stage.again(file.id).is_ready
    assert stage.stored() == named() and len(named()) == 5


def test_deleting_that_dies_is_done_anew(settings: Settings, tmp_path: Path) -> None:
    file = stage.pressed(stage.picture())
    with unit_of_work():
        actions.discard(file.id)
    die_at("delete-2", settings, tmp_path)
    assert len(stage.stored()) == 2
    after(0.2)
    assert stage.stored() == []


def test_an_upload_that_dies_before_its_row(settings: Settings, tmp_path: Path) -> None:
    kept = stage.pressed(stage.picture(2))
    (tmp_path / "sent").write_bytes(stage.picture())
    die_at("taken", settings, tmp_path / "sent")
    assert len(stage.stored()) == 5
    after(2, sweeps=True)
    assert stage.stored() == named() and all(kept.id in key for key in stage.stored())
