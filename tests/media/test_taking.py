"""A file comes in: what is refused leaves no trace, what is taken waits in quarantine."""

import io
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from participation.audit.models import Entry
from participation.kernel import jobs
from participation.kernel.database import unit_of_work
from participation.kernel.errors import RuleBroken
from participation.kernel.storage import Folder, store
from participation.kernel.subjects import Subject
from participation.media import actions, queries
from participation.media.models import File
from participation.media.press import Unusable
from participation.media.wording import refusal
from participation.settings import Settings
from tests.media import stage

pytestmark = pytest.mark.usefixtures("app")

PHP = b"<?php system($_GET['c']); ?>"
REFUSED = {
    "nothing": (b"", "empty"),
    "words": (b"just words", "wrong_kind"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "wrong_kind"),
    "a program": (b"MZ" + b"\0" * 400, "wrong_kind"),
    "a script": (PHP, "wrong_kind"),
    "half a picture": (b"\xff\xd8\xff\xe0", "unreadable"),
    "too large": (stage.picture() + b"\0" * stage.LIMIT, "too_big"),
    "too small": (stage.picture(size=(8, 8)), "too_small"),
}


def rows() -> list[File]:
    with unit_of_work(writes=False) as opened:
        return list(opened.scalars(select(File).order_by(File.id)))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_refused_leaves_no_trace(name: str, settings: Settings) -> None:
    content, code = REFUSED[name]
    with pytest.raises(Unusable) as refused:
        stage.take(content)
    assert refused.value.code == code
    assert str(refusal(refused.value))
    assert rows() == [] and stage.stored() == []
    assert list((settings.var_dir / "files").rglob("*")) == []
    assert not jobs.run_one({})


def test_the_kinds_that_were_not_asked_for_are_refused() -> None:
    with pytest.raises(Unusable, match="wrong_kind"), unit_of_work():
        actions.take_in(
            stage.ENTRY,
            "work",
            io.BytesIO(stage.sound()),
            allowed=frozenset({"picture"}),
            limit=stage.LIMIT,
        )


class Endless(io.RawIOBase):
    """An upload that never ends, and remembers how much was asked of it."""

    def __init__(self) -> None:
        self.read_so_far = 0

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= 65536
        self.read_so_far += size
        return b"\xff" * size


def test_no_more_than_a_byte_beyond_the_limit_is_read() -> None:
    endless: Any = Endless()
    with pytest.raises(Unusable, match="too_big"), unit_of_work():
        actions.take_in(stage.ENTRY, "work", endless, allowed=stage.ALL, limit=100_000)
    assert endless.read_so_far == 100_001


def test_exactly_the_limit_is_taken() -> None:
    content = stage.picture()
    with unit_of_work():
        actions.take_in(
            stage.ENTRY, "work", io.BytesIO(content), allowed=stage.ALL, limit=len(content)
        )
    assert [one.bytes for one in rows()] == [len(content)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(stage.picture(), "picture"), (stage.SVG, "vector"), (stage.sound(), "sound")],
)
def test_what_is_taken_waits_in_quarantine(content: bytes, kind: str) -> None:
    file = stage.take(content)
    assert (file.kind, file.state, file.waits, file.is_ready) == (kind, "waiting", True, False)
    assert stage.names() == ["raw"]
    with unit_of_work(writes=False):
        assert queries.address(file, "small", viewer="v") == ""
        assert queries.place_in_queue(file) == 1


def test_nothing_tells_who_sent_it() -> None:
    columns = set(File.__table__.columns.keys())
    assert columns == {
        *("id", "subject_kind", "subject_id", "slot", "kind", "state", "reason", "width"),
        *("height", "seconds", "fingerprint", "raw_key", "master_key", "bytes", "covers"),
        *("version", "added_on"),
    }
    assert not {one.name for one in fields(queries.FileView)} & {"name", "by", "at", "person_id"}


@time_machine.travel("2026-11-25T02:03:04Z", tick=False)
def test_the_minute_is_forgotten_with_the_press() -> None:
    stage.pressed(stage.picture())
    with unit_of_work() as opened:
        days = {one.at.isoformat() for one in opened.scalars(select(Entry))}
        assert days == {"2026-11-24T16:00:00+00:00"}, "the beginning of the city's day"
        assert opened.scalars(select(jobs.Job)).all() != []
    with unit_of_work():
        jobs.enqueue("forget-file-times", "1")
    stage.work()
    with unit_of_work(writes=False) as opened:
        left = {job.kind for job in opened.scalars(select(jobs.Job))}
    assert left == {"forget-file-times"}


def test_another_file_stands_in_place_of_the_first() -> None:
    first = stage.pressed(stage.picture(1))
    second = stage.pressed(stage.picture(2))
    assert [one.id for one in rows()] == [second.id]
    assert not [key for key in stage.stored() if first.id in key]
    stage.take(stage.picture(3), slot="page-2")
    assert [one.slot for one in sorted(rows(), key=lambda one: one.slot)] == ["page-2", "work"]


def test_a_refused_file_leaves_the_one_before() -> None:
    first = stage.pressed(stage.picture(1))
    with pytest.raises(Unusable):
        stage.take(b"words")
    assert stage.again(first.id).is_ready and "small.webp" in stage.names()


def test_a_unit_that_is_rolled_back_leaves_no_bytes() -> None:
    with pytest.raises(ArithmeticError), unit_of_work():
        actions.take_in(
            stage.ENTRY, "work", io.BytesIO(stage.picture()), allowed=stage.ALL, limit=stage.LIMIT
        )
        assert stage.names() == ["raw"]
        raise ArithmeticError
    assert rows() == [] and stage.stored() == []


def test_a_store_that_is_away_is_told_in_words() -> None:
    held = store()
    assert isinstance(held, Folder)
    (held.root / "media").write_text("in the way")
    with pytest.raises(RuleBroken, match="过一会儿"):
        stage.take(stage.picture())
    assert rows() == []
    (held.root / "media").unlink()


def test_the_place_in_the_queue() -> None:
    files = [
        stage.take(stage.picture(seed), Subject("media.test", str(seed))) for seed in (1, 2, 3)
    ]
    with unit_of_work(writes=False):
        assert [queries.place_in_queue(file) for file in files] == [1, 2, 3]
    stage.work(1)
    with unit_of_work(writes=False):
        assert [queries.place_in_queue(stage.again(file.id)) for file in files] == [0, 1, 2]


def test_no_upload_stays_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    stage.pressed(stage.picture())
    with pytest.raises(Unusable):
        stage.take(b"words")
    assert list((tmp_path / "tmp").rglob("*")) == []
