"""The folded tally equals the recount, whatever comes, changes or goes, on both databases."""

import random
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from participation.consultations import folding
from participation.consultations.actions import counting
from participation.consultations.actions.counting import (
    Frame,
    compact,
    fold,
    frame_of,
    fresh_segments,
    is_current,
    nothing,
    recount,
)
from participation.consultations.codec import pack
from participation.consultations.models import (
    AnswerSheet,
    Consultation,
    FoldedTally,
    Segment,
    SheetChange,
)
from participation.consultations.segments import count_segment, schools_by_line
from participation.consultations.tally import EVERYONE, Matrix, count_rows
from participation.consultations.topic import Topic
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.errors import RuleBroken
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published
from tests.support.cast import Cast


@pytest.fixture
def topic(app: Flask, cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


def run(step: object, consultation_id: int, **more: int) -> None:
    """A reading unit, then the deed in a writing one, as the worker does."""
    with unit_of_work(writes=False):
        deed = step(consultation_id, **more)  # type: ignore[operator]
    with unit_of_work():
        deed()


def truth(topic: Topic) -> Matrix:
    """Counted one by one from the sheets that are there."""
    assert topic.space is not None
    rows = session().execute(
        select(AnswerSheet.cell, AnswerSheet.answers).where(AnswerSheet.consultation_id == topic.id)
    )
    return count_rows(topic.layout, topic.space.size, [(r.cell, r.answers) for r in rows])


def check(topic: Topic) -> None:
    """Folded, recounted and true are one."""
    run(fold, topic.id)
    with unit_of_work(writes=False):
        frame = frame_of(topic.id)
        stored = session().get(FoldedTally, topic.id)
        assert frame is not None and stored is not None
        folded, plain = Matrix.from_bytes(stored.matrix), truth(topic)
        assert is_current(stored)
        assert folded == plain
        assert stored.etag == plain.etag
        assert recount(frame) == plain
        assert counted(frame) == plain


def counted(frame: Frame) -> Matrix:
    total = Matrix.empty(frame.layout, frame.space.size)
    for part in fresh_segments(frame):
        total.counts[:] += count_segment(part, frame.layout, frame.space.size).counts
    return total


def change(topic: Topic, sheet: AnswerSheet, dice: random.Random) -> None:
    """Another answer, perhaps from another cell, with its line in the journal."""
    new_cell = crowd.any_cell(topic, dice)
    new = pack(topic.layout, crowd.any_answers(topic.layout, dice))
    write_line(topic, sheet, new_cell, new)
    session().execute(
        update(AnswerSheet).where(AnswerSheet.id == sheet.id).values(cell=new_cell, answers=new)
    )


def withdraw(topic: Topic, sheet: AnswerSheet) -> None:
    write_line(topic, sheet, None, None)
    session().execute(delete(AnswerSheet).where(AnswerSheet.id == sheet.id))


def write_line(topic: Topic, sheet: AnswerSheet, cell: int | None, answers: bytes | None) -> None:
    session().add(
        SheetChange(
            consultation_id=topic.id,
            sheet_id=sheet.id,
            old_cell=sheet.cell,
            old_answers=sheet.answers,
            new_cell=cell,
            new_answers=answers,
        )
    )
    session().flush()


def step(topic: Topic, dice: random.Random) -> None:
    """One random event: new sheets, or an edit or a withdrawal of any sheet, old or new."""
    with unit_of_work():
        found = (
            session()
            .scalars(
                select(AnswerSheet)
                .where(AnswerSheet.consultation_id == topic.id)
                .order_by(AnswerSheet.id)
            )
            .all()
        )
        session().expunge_all()
        deed = dice.random()
        if not found or deed < 0.4:
            crowd.answer(topic, dice.randint(1, 4), seed=dice.randrange(10**9))
            return
        sheet = found[-1] if dice.random() < 0.4 else dice.choice(found)
        if deed < 0.7:
            change(topic, sheet, dice)
        else:
            withdraw(topic, sheet)


@pytest.mark.parametrize("seed", [1, 2])
def test_folding_equals_counting_whatever_happens(topic: Topic, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(45):
        step(topic, dice)
        doing = dice.random()
        if doing < 0.25:
            run(fold, topic.id)
        elif doing < 0.4:
            run(compact, topic.id, rows=5)
        elif doing < 0.5:
            check(topic)
    check(topic)
    with unit_of_work(writes=False):
        assert session().scalar(select(Segment.rows).limit(1)) == 5


def test_nobody_answered(topic: Topic) -> None:
    check(topic)
    run(compact, topic.id)
    with unit_of_work(writes=False):
        assert session().scalar(select(Segment.rows)) is None


def test_more_than_a_batch_is_folded_batch_by_batch(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "BATCH", 5)
    with unit_of_work():
        crowd.answer(topic, 12)
    for folded_in in (5, 10, 12):
        run(fold, topic.id)
        with unit_of_work(writes=False):
            stored = session().get_one(FoldedTally, topic.id)
            assert int(Matrix.from_bytes(stored.matrix).n_by_cell.sum()) == folded_in
    check(topic)


def test_two_workers_fold_the_same_news_once(topic: Topic) -> None:
    with unit_of_work():
        crowd.answer(topic, 20)
    run(fold, topic.id)
    with unit_of_work():
        crowd.answer(topic, 20, seed=2)
    with unit_of_work(writes=False):
        first = fold(topic.id)
    with unit_of_work(writes=False):
        second = fold(topic.id)
    for deed in (first, second):
        with unit_of_work():
            deed()
    check(topic)


def test_a_school_that_took_its_answers_back_is_no_school(topic: Topic) -> None:
    with unit_of_work():
        crowd.answer(topic, 10, schools=1)
        crowd.answer(topic, 1, seed=9, schools=900)
    run(compact, topic.id, rows=11)
    with unit_of_work():
        last = session().scalars(select(AnswerSheet).order_by(AnswerSheet.id.desc())).first()
        assert last is not None
        session().expunge_all()
        withdraw(topic, last)
    with unit_of_work(writes=False):
        frame = frame_of(topic.id)
        assert frame is not None
        schools = schools_by_line(list(fresh_segments(frame)), frame.layout, frame.space)
    assert schools[EVERYONE] == 1


def test_a_draft_has_no_frame(app: Flask, cast: Cast) -> None:
    with unit_of_work(writes=False):
        assert frame_of(4711) is None
    with unit_of_work(writes=False):
        deed = fold(4711)
    assert deed is nothing


@pytest.fixture
def postgresql(topic: Topic) -> Iterator[Topic]:
    if database().is_sqlite:
        pytest.skip("writers are serial on SQLite")
    yield topic


def test_a_sheet_whose_writer_is_still_inside_is_not_passed_over(postgresql: Topic) -> None:
    """The first writer holds number 1 uncommitted while the second commits number 2."""
    inside, go_on = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with unit_of_work():
            folding.enter(postgresql.id)
            crowd.answer(postgresql, 1, seed=1)
            inside.set()
            go_on.wait(20)

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert inside.wait(20)
    with unit_of_work():
        folding.enter(postgresql.id)
        crowd.answer(postgresql, 1, seed=2)
    counter = threading.Thread(target=run, args=(fold, postgresql.id))
    counter.start()
    counter.join(0.5)
    assert counter.is_alive(), "the counter waits for the writer inside"
    go_on.set()
    writer.join(20)
    counter.join(20)
    check(postgresql)
    with unit_of_work(writes=False):
        assert int(truth(postgresql).n_by_cell.sum()) == 2


def test_nobody_enters_a_closed_consultation(postgresql: Topic) -> None:
    with unit_of_work():
        session().execute(
            update(Consultation).where(Consultation.id == postgresql.id).values(state="closed")
        )
    with pytest.raises(RuleBroken), unit_of_work():
        folding.enter(postgresql.id)
