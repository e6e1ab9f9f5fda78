"""Covers are burnt into every rendition; a slip may be undone until the picture is approved."""

from datetime import timedelta

import pytest
import time_machine

from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.storage import store
from participation.media import actions
from participation.media.press import Cover
from participation.media.queries import FileView
from participation.settings import Settings
from tests.media import stage

pytestmark = pytest.mark.usefixtures("app")

RED, GREEN = (200, 0, 0), (0, 120, 0)
RIGHT_HALF = Cover(500, 0, 500, 1000)
NAMES = ("small", "medium", "large", "print")


def covered(file: FileView, *covers: Cover) -> FileView:
    with unit_of_work():
        actions.cover(file.id, covers, by=7)
    stage.work()
    return stage.again(file.id)


def is_green(file: FileView, name: str) -> bool:
    """Is the right half still what it was?"""
    image = stage.image_of(file, name)
    found = image.getpixel((image.width * 3 // 4, image.height // 2))
    return all(abs(a - b) < 40 for a, b in zip(found, GREEN, strict=True))


@pytest.fixture
def file() -> FileView:
    return stage.pressed(stage.halves(RED, GREEN))


def test_covers_are_in_every_rendition(file: FileView) -> None:
    assert all(is_green(file, name) for name in NAMES)
    after = covered(file, RIGHT_HALF)
    assert after.is_ready and after.version == 2 and after.undoable
    assert not any(is_green(after, name) for name in NAMES)
    assert [dict(one) for one in after.covers] == [
        {"left": 500, "top": 0, "width": 500, "height": 1000, "how": "box"}
    ]
    assert after.fingerprint != file.fingerprint


def test_while_it_is_pressed_anew_it_is_shown_to_nobody(file: FileView) -> None:
    with unit_of_work():
        actions.cover(file.id, [RIGHT_HALF])
    waits = stage.again(file.id)
    assert (waits.state, waits.waits) == ("pressing", True)
    with unit_of_work(), pytest.raises(RuleBroken):
        actions.keep_covers(file.id)


def test_what_was_shown_before_is_not_in_the_store_in_the_clear(file: FileView) -> None:
    before = {name: stage.content_of(file, name) for name in NAMES}
    after = covered(file, RIGHT_HALF)
    assert len(stage.stored()) == 5
    for key in stage.stored():
        with store().read(key) as stream:
            assert b"".join(stream) not in before.values()
    sealed = next(key for key in stage.stored() if key.endswith("/sealed"))
    with store().read(sealed) as stream:
        content = b"".join(stream)
    assert b"PNG" not in content and before["print"][-200:] not in content
    assert after.renditions.keys() == set(NAMES)


def test_a_slip_is_undone(file: FileView) -> None:
    covered(file, RIGHT_HALF)
    again = covered(file, Cover(0, 0, 100, 100))
    assert is_green(again, "large") and again.undoable
    bare = covered(file)
    assert all(is_green(bare, name) for name in NAMES)
    assert not bare.undoable and len(stage.stored()) == 4


def test_after_approval_covers_stay_for_ever(file: FileView) -> None:
    covered(file, RIGHT_HALF)
    with unit_of_work():
        actions.keep_covers(file.id, by=7)
    stage.work()
    kept = stage.again(file.id)
    assert not kept.undoable and len(stage.stored()) == 4
    bare = covered(file)
    assert not any(is_green(bare, name) for name in NAMES)
    more = covered(file, Cover(0, 0, 500, 1000))
    assert more.undoable, "a later slip may be undone as well, down to what was approved"
    assert not is_green(covered(file), "large")


def test_keeping_where_nothing_was_covered_changes_nothing(file: FileView) -> None:
    with unit_of_work():
        actions.keep_covers(file.id)
    stage.work()
    assert stage.again(file.id) == file


def test_a_drawing_loses_its_lines_while_it_is_covered() -> None:
    file = stage.pressed(stage.SVG)
    after = covered(file, RIGHT_HALF)
    assert after.is_ready and "svg" not in after.renditions
    assert not [name for name in stage.names() if name.startswith("svg")]
    assert "svg" in covered(file).renditions
    covered(file, RIGHT_HALF)
    with unit_of_work():
        actions.keep_covers(file.id)
    stage.work()
    assert "svg" not in covered(file).renditions


def test_a_sound_has_nothing_to_cover() -> None:
    file = stage.take(stage.sound())
    with unit_of_work(), pytest.raises(RuleBroken, match="声音"):
        actions.cover(file.id, [RIGHT_HALF])


def test_what_waits_and_what_is_not_there() -> None:
    file = stage.take(stage.picture())
    with unit_of_work(), pytest.raises(RuleBroken, match="过一会儿"):
        actions.cover(file.id, [RIGHT_HALF])
    with unit_of_work(), pytest.raises(Missing):
        actions.cover("0" * 32, [RIGHT_HALF])
    with unit_of_work(), pytest.raises(Missing):
        actions.keep_covers("0" * 32)


def test_no_more_than_forty(file: FileView) -> None:
    with unit_of_work(), pytest.raises(RuleBroken, match="40"):
        actions.cover(file.id, [Cover(0, 0, 9, 9)] * 41)


def test_of_two_quick_changes_the_later_one_counts(file: FileView) -> None:
    for covers in ([RIGHT_HALF], [Cover(0, 0, 100, 100)]):
        with unit_of_work():
            actions.cover(file.id, covers)
    stage.work()
    after = stage.again(file.id)
    assert after.version == 3 and is_green(after, "large")
    assert len(stage.stored()) == 5


def test_no_sealed_picture_is_kept_for_longer_than_sixty_days(file: FileView) -> None:
    covered(file, RIGHT_HALF)
    for days, left in ((60, 5), (61, 4)):
        with time_machine.travel(now() + timedelta(days=days), tick=False):
            with unit_of_work():
                stage.jobs.enqueue("sweep-files", str(days))
            stage.work()
            assert len(stage.stored()) == left
    after = stage.again(file.id)
    assert after.is_ready and not after.undoable and not is_green(after, "print")


def test_a_sealed_picture_opens_nowhere_else(file: FileView, settings: Settings) -> None:
    """The bytes of one file in the place of another's: it keeps its covers, and is not lost."""
    other = stage.pressed(stage.halves((0, 0, 200), (200, 200, 0)), slot="page-2")
    covered(file, RIGHT_HALF)
    covered(other, RIGHT_HALF)
    keys = [key for key in stage.stored() if key.endswith("/sealed")]
    folder = settings.var_dir / "files"
    mine = next(key for key in keys if file.id in key)
    strange = next(key for key in keys if other.id in key)
    (folder / mine).write_bytes((folder / strange).read_bytes())
    after = covered(file)
    assert after.is_ready and not after.undoable
    image = stage.image_of(after, "large")
    assert image.getpixel((20, 100))[2] < 60, "not the other's picture"
    assert not is_green(after, "large"), "still covered"
