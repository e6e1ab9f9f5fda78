"""The worker presses: renditions come, the bytes that were sent go, whatever happens between."""

import io
from datetime import timedelta

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.kernel.storage import Folder, StoreAway, store
from participation.media import actions
from participation.media.actions import pressing
from participation.media.models import Band, Rendition
from participation.settings import Settings
from tests.media import stage

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("content", "made"),
    [
        (stage.picture(), ["large.webp", "medium.webp", "print.jpg", "small.webp"]),
        (stage.SVG, ["large.webp", "medium.webp", "print.png", "small.webp", "svg.svg"]),
    ],
)
def test_renditions_come_and_the_raw_bytes_go(content: bytes, made: list[str]) -> None:
    file = stage.pressed(content)
    assert file.is_ready and file.fingerprint is not None
    assert stage.names() == made
    assert all(one.size > 0 for one in file.renditions.values())
    assert set(file.renditions) == {name.partition(".")[0] for name in made}


def test_a_sound() -> None:
    file = stage.pressed(stage.sound(1))
    assert file.is_ready and file.fingerprint is None and not file.covers
    assert file.seconds == pytest.approx(1, abs=0.1)
    assert list(file.renditions) == ["sound"]
    with unit_of_work(writes=False) as opened:
        assert opened.scalars(select(Band)).all() == []


def test_where_it_was_taken_is_on_no_disk(settings: Settings) -> None:
    image = Image.open(io.BytesIO(stage.picture()))
    exif = Image.Exif()
    exif[0x010E] = "Lin Xiaoman 13800005526"
    file = stage.pressed(stage.encoded(image, "JPEG", exif=exif))
    assert file.is_ready
    assert b"13800005526" not in stage.disk_of(settings.var_dir)


def test_what_can_t_be_pressed_is_refused_and_gone(settings: Settings) -> None:
    whole = stage.picture()
    file = stage.pressed(whole[: len(whole) // 3])
    assert (file.state, bool(file.reason)) == ("refused", True)
    assert str(file.sentence)
    assert stage.stored() == []
    assert list((settings.var_dir / "files").rglob("*")) == []


def test_pressing_twice_makes_one_file() -> None:
    file = stage.pressed(stage.picture())
    before = stage.stored()
    with unit_of_work():
        jobs.enqueue("press-file", "again", {"id": file.id, "version": 1})
    stage.work()
    assert stage.stored() == before and stage.again(file.id) == file


def test_a_worker_that_comes_late_leaves_nothing() -> None:
    """Two workers press the same version: the later one's bytes go."""
    file = stage.take(stage.picture())
    with unit_of_work(writes=False):
        late = pressing.press_job({"id": file.id, "version": 1})
    stage.work()
    with unit_of_work():
        late()
    stage.work()
    assert len(stage.stored()) == 4
    with unit_of_work(writes=False) as opened:
        assert set(opened.scalars(select(Rendition.key))) == set(stage.stored())


def test_a_file_that_is_discarded_while_it_is_pressed_leaves_nothing() -> None:
    file = stage.take(stage.picture())
    with unit_of_work(writes=False):
        late = pressing.press_job({"id": file.id, "version": 1})
    with unit_of_work():
        actions.discard(file.id)
    stage.work()
    with unit_of_work():
        late()
    stage.work()
    assert stage.stored() == []


def test_a_store_that_fails_in_the_middle_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    file = stage.take(stage.picture())
    put, times = Folder.put, []

    def fails_at_the_third(self: Folder, key: str, source: io.BufferedReader) -> int:
        times.append(key)
        if len(times) == 3:
            raise StoreAway("full")
        return put(self, key, source)

    monkeypatch.setattr(Folder, "put", fails_at_the_third)
    stage.work()
    assert stage.again(file.id).state == "waiting"
    assert stage.names() == ["raw"], "what was put before the failure was taken back"
    with time_machine.travel(now() + timedelta(minutes=1)):
        stage.work()
    assert stage.again(file.id).is_ready and len(stage.stored()) == 4


def test_raw_bytes_that_are_gone_are_told() -> None:
    file = stage.take(stage.picture())
    store().delete(stage.stored()[0])
    stage.work()
    lost = stage.again(file.id)
    assert (lost.state, lost.reason) == ("refused", "lost")
    assert "不是你的错" in str(lost.sentence)
