"""Closing by the clock, with nobody pressing a button: closed, counted, frozen, sent."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from participation.audit.models import Entry
from participation.consultations.actions import closing, giving
from participation.consultations.actions.freezing import freeze
from participation.consultations.models import Consultation, OpenWords, Result
from participation.consultations.queries import topic as topic_now
from participation.consultations.tally import Matrix
from participation.consultations.topic import Said, Topic, words_subject
from participation.deliveries.models import Dossier
from participation.deliveries.queries import dossier_of, standing_of
from participation.figures.publish import Published
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import city_day
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed
from participation.kernel.jobs import Job
from participation.moderation.actions import open_case
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published, who
from tests.support.cast import Cast


@pytest.fixture
def topic(app: Flask, cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


def state_of(topic: Topic) -> str:
    with unit_of_work(writes=False):
        return (
            session().scalars(select(Consultation.state).where(Consultation.id == topic.id)).one()
        )


def after(topic: Topic, **more: Any) -> time_machine.travel:
    assert topic.closes_at is not None
    return time_machine.travel(topic.closes_at + timedelta(**more), tick=False)


def test_the_clock_closes_counts_freezes_and_sends(topic: Topic) -> None:
    with unit_of_work():
        crowd.answer(topic, 250)
    with after(topic, seconds=-60):
        crowd.work()
        assert state_of(topic) == "published"
    with after(topic, seconds=1):
        crowd.work()
        assert state_of(topic) == "frozen"
        with unit_of_work(writes=False):
            result = session().get_one(Result, topic.id)
            dossier = dossier_of(topic.subject)
            assert topic_now(topic.id).state == "frozen"
        assert (result.sheets, result.schools) == (250, 7)
        assert int(Matrix.from_bytes(result.matrix).n_by_cell.sum()) == 250
        assert dossier is not None
        assert [point.title["zh"] for point in dossier.points] == ["延长绿灯", "人行道不许停车"]
        assert "250 份回答" in dossier.title["zh"]
        assert dossier.due_on == topic.answer_due
    assert happened("ConsultationClosed", "ResultFrozen", "DossierSent") == [1, 1, 1]


def happened(*names: str) -> list[int]:
    with unit_of_work(writes=False):
        return [
            session().scalar(select(func.count()).where(Entry.what == name)) or 0 for name in names
        ]


def test_after_a_standstill_everything_due_is_caught_up(topic: Topic) -> None:
    with after(topic, days=9):
        crowd.work()
    assert state_of(topic) == "frozen"
    assert happened("ConsultationClosed", "ResultFrozen", "DossierSent") == [1, 1, 1]


def test_ringing_again_changes_nothing(topic: Topic) -> None:
    with after(topic, seconds=1):
        crowd.work()
        before = result_of(topic)
    with after(topic, days=2):
        crowd.work()
        with unit_of_work():
            assert closing.close_topic(topic.id) is False
    assert result_of(topic) == before
    assert happened("ConsultationClosed", "ResultFrozen", "DossierSent") == [1, 1, 1]


def result_of(topic: Topic) -> str:
    with unit_of_work(writes=False):
        return session().get_one(Result, topic.id).for_public


def test_two_workers_freeze_once(topic: Topic) -> None:
    with after(topic, seconds=1):
        with unit_of_work():
            closing.close_topic(topic.id)
        deeds = []
        for _ in range(2):
            with unit_of_work(writes=False):
                deeds.append(freeze(topic.id))
        for deed in deeds:
            with unit_of_work():
                deed()
    assert happened("ResultFrozen", "DossierSent") == [1, 1]


def test_nobody_answers_after_the_close(topic: Topic, cast: Cast, settings: Settings) -> None:
    with after(topic, seconds=1), unit_of_work():
        child = who(cast.middle_child, settings)
        with pytest.raises(NotAllowed):
            giving.give_opinion(child, topic, (3, (1,), 1), {})
    with after(topic, seconds=1):
        crowd.work()
        with unit_of_work():
            child = who(cast.middle_child, settings)
            with pytest.raises(NotAllowed):
                giving.withdraw_opinion(child, topic_now(topic.id))


def waiting_words(topic: Topic) -> OpenWords:
    words = crowd.say(topic, "我想走路上学。", standing="waiting")
    open_case(words_subject(words.id), about={"zh": "x"}, band="b", text=words.text)
    return words


def test_the_freeze_waits_for_unread_words(topic: Topic) -> None:
    with unit_of_work():
        words = waiting_words(topic)
    with after(topic, hours=1):
        crowd.work()
        assert state_of(topic) == "closed"
    with unit_of_work():
        session().get_one(OpenWords, words.id).standing = "published"
    with after(topic, hours=2):
        crowd.work()
    assert state_of(topic) == "frozen"
    assert unread(topic) == 0


def test_the_freeze_waits_five_working_days_and_no_longer(topic: Topic) -> None:
    with unit_of_work():
        words = waiting_words(topic)
    with after(topic, minutes=1):
        crowd.work()
    assert topic.closes_at is not None
    last = add_working_days(city_day(topic.closes_at), closing.PATIENCE).date
    assert closing.last_day_of_patience(city_day(topic.closes_at)) == last
    waited = (last - city_day(topic.closes_at)).days
    with after(topic, days=waited, minutes=2):
        crowd.work()
        assert state_of(topic) == "closed"
    with after(topic, days=waited + 1, minutes=2):
        crowd.work()
    assert state_of(topic) == "frozen"
    assert unread(topic) == 1
    assert words.text not in everything_sealed(topic)


def unread(topic: Topic) -> int:
    with unit_of_work(writes=False):
        stored = session().get_one(Result, topic.id).for_public
        return int(json.loads(stored)["unread"])


def everything_sealed(topic: Topic) -> str:
    with unit_of_work(writes=False):
        result = session().get_one(Result, topic.id)
        contents = session().scalars(select(Dossier.contents)).one()
        return result.for_public + result.for_officials + contents


def test_words_that_come_back_after_the_question_make_the_freeze_wait(topic: Topic) -> None:
    """A child mends returned words between the timer's look and the job."""
    with after(topic, minutes=1):
        with unit_of_work():
            closing.close_topic(topic.id)
            waiting_words(topic)
        with unit_of_work(writes=False):
            deed = freeze(topic.id)
        with unit_of_work():
            deed()
    assert state_of(topic) == "closed"


def test_an_extended_consultation_is_not_closed_by_an_old_job(topic: Topic) -> None:
    with after(topic, seconds=1):
        with unit_of_work(writes=False):
            ask = closing.close_due({})
        with unit_of_work():
            ask()
            row = session().get_one(Consultation, topic.id)
            assert row.closes_at is not None
            row.closes_at += timedelta(days=5)
        crowd.work()
        assert state_of(topic) == "published"
    with after(topic, days=5, seconds=1):
        crowd.work()
    assert state_of(topic) == "frozen"


def test_every_consultation_closes_by_itself(topic: Topic, cast: Cast, settings: Settings) -> None:
    other = published(cast, settings, sign="车")
    with after(topic, minutes=5):
        crowd.work()
    assert [state_of(topic), state_of(other)] == ["frozen", "frozen"]
    with unit_of_work(writes=False):
        kinds = session().scalars(select(Job.kind).where(Job.kind == closing.CLOSE)).all()
    assert len(kinds) == 2


def test_what_is_frozen_can_be_read_back(topic: Topic) -> None:
    with unit_of_work():
        crowd.answer(topic, 120)
    with after(topic, seconds=1):
        crowd.work()
    with unit_of_work(writes=False):
        result = session().get_one(Result, topic.id)
        public = Published.from_json(json.loads(result.for_public)["figures"])
        official = Published.from_json(json.loads(result.for_officials))
        standing = standing_of(topic.subject)
    assert (public.profile.name, official.profile.name) == ("public", "official")
    assert official.reach.n.value == 120
    assert public.reach.n.value == 120
    assert standing is not None and standing.state == "sent"


def test_the_tally_kept_by_folding_is_the_one_frozen(
    topic: Topic, cast: Cast, settings: Settings
) -> None:
    """Given, replaced and withdrawn through the actions, folded between, frozen at the end."""
    with unit_of_work():
        giving.give_opinion(who(cast.child, settings), topic, (3, (1,), 0), {})
        giving.give_opinion(who(cast.middle_child, settings), topic, (4, (1, 2), 1), {})
    crowd.work()
    with unit_of_work():
        giving.give_opinion(who(cast.middle_child, settings), topic, (5, (3,), 2), {})
        giving.withdraw_opinion(who(cast.child, settings), topic)
        words = {topic.words_questions[0].id: Said("多种树。", True)}
        giving.give_opinion(who(cast.teenager, settings), topic, (1, (), 255), words)
        session().scalars(select(OpenWords)).one().standing = "published"
    with after(topic, days=20):
        crowd.work()
    with unit_of_work(writes=False):
        result = session().get_one(Result, topic.id)
    assert (result.sheets, result.schools) == (2, 2)
