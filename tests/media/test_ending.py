"""Files end: rows and addresses at once, bytes with the next job; what crashes left is swept up."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.kernel.errors import Missing
from participation.kernel.storage import store
from participation.kernel.subjects import Subject
from participation.media import actions, queries
from participation.media.models import Band, File, Rendition
from participation.settings import Settings
from tests.media import stage

pytestmark = pytest.mark.usefixtures("app")

OTHER = Subject("media.test", "2")
STRAY = "media/ab/" + "ab" * 16 + "/x/small.webp"


def count(table: type) -> int:
    with unit_of_work(writes=False) as opened:
        return len(opened.scalars(select(table)).all())


def sweep(moment: float = 2, *, key: str = "1") -> None:
    """Sweep so many hours from now."""
    with time_machine.travel(now() + timedelta(hours=moment), tick=False):
        with unit_of_work():
            jobs.enqueue("sweep-files", key)
        stage.work()


class TestEnding:
    def test_rows_at_once_bytes_right_after(self, settings: Settings) -> None:
        file = stage.pressed(stage.picture())
        kept = stage.pressed(stage.picture(2), OTHER)
        with unit_of_work():
            actions.discard(file.id)
        with unit_of_work(writes=False):
            assert queries.file_view(file.id) is None
        assert len(stage.stored()) == 8
        assert stage.work() == 1
        assert len(stage.stored()) == 4 and all(kept.id in key for key in stage.stored())
        assert (count(Rendition), count(Band)) == (4, 8)

    def test_bytes_go_before_what_waits_to_be_pressed(self) -> None:
        file = stage.pressed(stage.picture())
        stage.take(stage.picture(2), OTHER)
        with unit_of_work():
            actions.discard(file.id)
        stage.work(1)
        assert stage.names() == ["raw"]

    def test_all_of_a_subject(self) -> None:
        for slot in ("work", "page-2", "recording"):
            stage.take(stage.picture(), slot=slot)
        kept = stage.pressed(stage.picture(2), OTHER)
        with unit_of_work():
            actions.discard_all(stage.ENTRY)
        stage.work()
        assert count(File) == 1 and all(kept.id in key for key in stage.stored())

    def test_what_is_gone_already(self) -> None:
        with unit_of_work():
            actions.discard("0" * 32)
            actions.discard_all(stage.ENTRY)
        assert stage.work() == 0

    def test_taken_down_is_kept_for_who_may_still_see_it(self) -> None:
        file = stage.pressed(stage.picture())
        with unit_of_work():
            actions.take_down(file.id, by=7)
        after = stage.again(file.id)
        assert after.is_ready and after.version == 2 and len(stage.stored()) == 4
        waits = stage.take(stage.picture(2), OTHER)
        with unit_of_work():
            actions.take_down(waits.id)
        stage.work()
        assert stage.again(waits.id).is_ready
        with unit_of_work(), pytest.raises(Missing):
            actions.take_down("0" * 32)


class TestSweeping:
    def test_bytes_without_a_row_go_after_an_hour(self) -> None:
        file = stage.pressed(stage.picture())
        store().put(STRAY, io.BytesIO(b"x"))
        sweep(0.9)
        assert STRAY in stage.stored()
        sweep(1.1, key="2")
        assert STRAY not in stage.stored()
        assert len(stage.stored()) == 4 and stage.again(file.id).is_ready

    def test_what_a_killed_writer_left_half_written_goes(self, settings: Settings) -> None:
        file = stage.pressed(stage.picture())
        folder = settings.var_dir / "files" / Path(stage.stored()[0]).parent
        (folder / "small.webp.coming-x1y2z3_8").write_bytes(b"half")
        assert len(stage.stored()) == 5
        sweep()
        assert len(stage.stored()) == 4 and stage.again(file.id).is_ready

    def test_what_is_not_of_this_room_is_left_alone(self) -> None:
        store().put("other/room/x", io.BytesIO(b"x"))
        sweep()
        assert stage.stored() == ["other/room/x"]

    def test_rows_without_bytes_say_so(self) -> None:
        file = stage.pressed(stage.picture())
        kept = stage.pressed(stage.picture(2), OTHER)
        gone = next(key for key in stage.stored() if file.id in key)
        store().delete(gone)
        sweep()
        assert stage.again(file.id).reason == "lost"
        assert stage.again(kept.id).is_ready
        assert all(kept.id in key for key in stage.stored()), "what was left of it went too"

    def test_an_empty_store_proves_nothing(self, settings: Settings) -> None:
        """A wrong folder, or a bucket of another name."""
        file = stage.pressed(stage.picture())
        folder = settings.var_dir / "files" / "media"
        folder.rename(settings.var_dir / "elsewhere")
        sweep()
        assert stage.again(file.id).is_ready
        (settings.var_dir / "elsewhere").rename(folder)
        sweep(3, key="2")
        assert stage.again(file.id).is_ready and len(stage.stored()) == 4

    def test_what_waits_without_a_job_gets_one(self) -> None:
        file = stage.take(stage.picture())
        with unit_of_work() as opened:
            for job in opened.scalars(select(jobs.Job)):
                opened.delete(job)
        assert stage.work() == 0
        sweep()
        assert stage.again(file.id).is_ready
