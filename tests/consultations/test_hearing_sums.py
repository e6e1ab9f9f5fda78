"""Who felt heard, day after day: two sums side by side never show the newcomers (R73)."""

import time_machine
from flask import Flask
from sqlalchemy import select

from participation.consultations.models import AnswerSheet, Hearing
from participation.consultations.queries.results import hearing_figures
from participation.consultations.topic import Topic
from participation.figures.publish import Published
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.consultations import crowd
from tests.support.cast import Cast


def speak(topic: Topic, yes: int, partly: int, no: int) -> None:
    """So many more of those who answered say whether they felt heard."""
    words = ["yes"] * yes + ["partly"] * partly + ["no"] * no
    with unit_of_work():
        spoken = set(session().scalars(select(Hearing.participant)))
        answered = session().scalars(select(AnswerSheet.participant).order_by(AnswerSheet.id))
        silent = [each for each in answered if each not in spoken]
        session().add_all(
            Hearing(consultation_id=topic.id, participant=participant, listened=listened)
            for participant, listened in zip(silent, words, strict=False)
        )


def figures_after(topic: Topic, days: int) -> list[int | None]:
    """The published sum after so many days: how many spoke, and each answer."""
    with time_machine.travel(now() + crowd.timedelta(days=days), tick=False):
        crowd.work()
    with unit_of_work(writes=False):
        figures = hearing_figures(topic.id)
    assert isinstance(figures, Published)
    return [figures.reach.n.value, *(cell.value for cell in figures.questions[0].overall.cells)]


def test_a_number_moves_by_ten_or_not_at_all(app: Flask, cast: Cast, settings: Settings) -> None:
    topic = crowd.frozen(cast, settings, count=200)
    speak(topic, 31, 21, 22)
    assert figures_after(topic, 1) == [75, 30, 20, 20]
    speak(topic, 6, 2, 2)
    assert figures_after(topic, 2) == [85, 30, 20, 20]
    speak(topic, 4, 1, 6)
    assert figures_after(topic, 3) == [95, 40, 20, 30]


def test_shares_are_of_the_numbers_beside_them(app: Flask, cast: Cast, settings: Settings) -> None:
    topic = crowd.frozen(cast, settings, count=200)
    speak(topic, 31, 21, 22)
    figures_after(topic, 1)
    speak(topic, 6, 2, 2)
    figures_after(topic, 2)
    with unit_of_work(writes=False):
        figures = hearing_figures(topic.id)
    assert figures is not None
    assert [cell.share for cell in figures.questions[0].overall.cells] == [35, 24, 24]
