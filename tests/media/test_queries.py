"""Questions about files: one statement for a whole page."""

import pytest
from sqlalchemy import event

from participation.kernel.database import database, unit_of_work
from participation.kernel.subjects import Subject
from participation.media import queries
from tests.media import stage

pytestmark = pytest.mark.usefixtures("app")


def test_the_files_of_many_subjects_take_one_statement() -> None:
    subjects = [Subject("media.test", str(number)) for number in range(4)]
    for number, subject in enumerate(subjects[:3]):
        stage.take(stage.picture(number), subject)
    stage.take(stage.picture(9), subjects[0], slot="page-2")
    stage.work()
    asked: list[str] = []
    with unit_of_work(writes=False):
        event.listen(
            database().engine, "before_cursor_execute", lambda *facts: asked.append(facts[2])
        )
        found = queries.files_of_many(subjects)
    assert len([one for one in asked if not one.startswith("BEGIN")]) == 1
    assert [[one.slot for one in found[subject]] for subject in subjects] == [
        ["page-2", "work"],
        ["work"],
        ["work"],
        [],
    ]
    assert all(len(one.renditions) == 4 for one in found[subjects[0]])


def test_of_nobody_and_of_too_many() -> None:
    with unit_of_work(writes=False):
        assert queries.files_of_many([]) == {}
        assert queries.files_of(stage.ENTRY) == []
        with pytest.raises(ValueError, match="at once"):
            queries.files_of_many(Subject("x", str(number)) for number in range(501))


def test_addresses_are_given_for_what_is_there() -> None:
    file = stage.pressed(stage.picture())
    assert queries.public_address(file, "small").startswith("/files/")
    assert queries.address(file, "svg", viewer="v") == ""
    with pytest.raises(ValueError, match="visit"):
        queries.address(file, "small", viewer="")
