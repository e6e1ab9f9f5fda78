"""Many children at once: sheets written straight into the table, and results frozen from them."""

import random
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import insert, select

from participation import wiring
from participation.consultations.codec import Answer, Cell, Layout, pack
from participation.consultations.models import AnswerSheet, OpenWords, Result
from participation.consultations.topic import Topic
from participation.kernel import jobs, working
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.tables import random_key
from participation.settings import Settings
from tests.consultations.stage import published
from tests.support.cast import Cast

KINDS = ("primary", "junior", "senior", "other")


def any_answers(layout: Layout, dice: random.Random) -> list[Answer]:
    """Some answers that fit a layout, the first options more often than the last."""
    answers: list[Answer] = []
    for slot in layout.slots:
        said = dice.random()
        if said < 0.08:
            answers.append(0)
        elif said < 0.16:
            answers.append(255)
        elif slot.kind == "several":
            chosen = {min(slot.size, 1 + int(dice.expovariate(0.9))) for _ in range(slot.most)}
            answers.append(tuple(sorted(chosen)))
        else:
            answers.append(min(slot.size, 1 + int(dice.expovariate(0.7))))
    return answers


def any_cell(topic: Topic, dice: random.Random) -> int:
    """The cell of some child of the audience."""
    assert topic.space is not None
    cell = Cell(
        dice.choice(topic.bands),
        dice.choice(topic.space.districts),
        dice.choice("fmx"),
        dice.choice(KINDS),
    )
    return topic.space.code(cell)


def answer(topic: Topic, count: int, *, seed: int = 1, schools: int = 7) -> None:
    """Write the sheets of `count` children of several schools, in the present unit of work."""
    dice = random.Random(seed)
    rows = [
        {
            "consultation_id": topic.id,
            "participant": dice.randbytes(16),
            "school": dice.randrange(schools).to_bytes(8, "little"),
            "cell": any_cell(topic, dice),
            "answers": pack(topic.layout, any_answers(topic.layout, dice)),
        }
        for _ in range(count)
    ]
    if rows:
        session().execute(insert(AnswerSheet), rows)


def say(topic: Topic, text: str, **changes: Any) -> OpenWords:
    """Words of some child, published and free to show unless told otherwise."""
    words = OpenWords(
        id=random_key(),
        consultation_id=topic.id,
        question_id=topic.words_questions[0].id,
        participant=random_key(),
        band="b",
        district_id=1,
        text=text,
        **{"may_quote": True, "standing": "published", **changes},
    )
    session().add(words)
    session().flush()
    return words


def work() -> None:
    """Ring every timer and do all jobs that wait, as the worker would."""
    working.ring(wiring.TIMERS)
    while jobs.run_one(wiring.HANDLERS):
        pass
    with unit_of_work():
        failed = session().scalars(select(jobs.Job).where(jobs.Job.error != "")).all()
    assert [(job.kind, job.error) for job in failed] == []


def frozen(cast: Cast, settings: Settings, *, count: int = 400, **changes: Any) -> Topic:
    """A topic that so many answered, closed by the clock and frozen; time stays where it was.

    The topic is published 40 days ago, so that its month is over now.
    """
    with time_machine.travel(now() - timedelta(days=40), tick=False):
        topic = published(cast, settings, **changes)
        with unit_of_work():
            answer(topic, count)
    work()
    with unit_of_work():
        assert session().get(Result, topic.id) is not None
    return topic
