"""The calls climb: duty officer, again, stand-in, head; each once, until somebody takes it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from participation import wiring
from participation.accounts.identity import Nobody
from participation.accounts.models import Person
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.safeguarding import actions
from participation.safeguarding.models import Concern, Reminder
from participation.safeguarding.queries.duty import called_people, duty_officer
from participation.safeguarding.queries.waiting import overdue_count
from tests.safeguarding.room import letters, light, on_duty, opened_and_taken
from tests.support import factories
from tests.support.cast import Cast

NIGHT = "2026-06-18T18:00:00Z"  # two in the morning in the city


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def head(cast: Cast) -> Person:
    """A third officer, who leads."""
    with unit_of_work():
        person = factories.staff("safeguarding", "何领")
        actions.make_head(person.id)
        on_duty(cast)
    return person


def addressed() -> list[str]:
    """Whom the letters so far went to, in order."""
    with unit_of_work():
        return [letter.to_address for letter in letters()]


def work() -> None:
    with unit_of_work():
        wiring.HANDLERS["remind-untaken"]({})()


def test_each_step_calls_once_and_wider(
    cast: Cast, head: Person, clock: time_machine.Traveller
) -> None:
    one, two, lead = cast.safeguarding.email, cast.second_safeguarding.email, head.email
    with unit_of_work():
        concern_id = actions.ask_for_help(Nobody(), "有人推我").id
    expected = [one]
    assert addressed() == expected
    for minutes, more in (
        (29, []),
        (1, [one]),
        (30, [one, two]),
        (60, [one, two, lead]),
        (600, []),
    ):
        clock.shift(timedelta(minutes=minutes))
        for _twice in range(2):
            work()
        expected += more
        assert addressed() == expected
    with unit_of_work():
        assert session().scalar(select(func.count()).select_from(Reminder)) == 4
        texts = [letter.subject + letter.text for letter in letters()]
    assert all("2 级" in text and "有人推我" not in text for text in texts)
    assert all(f"/desk/concerns/{concern_id}" in text for text in texts)


def test_late_work_makes_up_for_every_step_once(
    cast: Cast, head: Person, clock: time_machine.Traveller
) -> None:
    with unit_of_work():
        actions.begin_drill(1)
    clock.shift(timedelta(hours=3))
    work()
    work()
    assert len(addressed()) == 1 + 1 + 2 + 3
    with unit_of_work():
        assert all("演练" in letter.subject for letter in letters())


def test_taken_is_quiet_and_a_graver_level_calls_anew(
    cast: Cast, head: Person, clock: time_machine.Traveller
) -> None:
    with unit_of_work():
        concern = actions.ask_for_help(Nobody(), "有人推我")
        actions.set_level(light(cast.safeguarding), concern, 1)
    assert len(addressed()) == 2
    with unit_of_work():
        actions.take_concern(light(cast.safeguarding), session().get_one(Concern, concern.id))
    clock.shift(timedelta(minutes=59))
    work()
    assert len(addressed()) == 2


def test_with_nobody_on_duty_everybody_is_called(cast: Cast) -> None:
    with unit_of_work():
        assert duty_officer(now()) is None
        actions.ask_for_help(Nobody(), "有人推我")
        actions.complain("不叫人")
    assert addressed() == [cast.safeguarding.email, cast.second_safeguarding.email]


def test_whoever_left_or_is_not_vetted_is_not_on_duty(cast: Cast, head: Person) -> None:
    with unit_of_work() as opened:
        assert duty_officer(now()).id == cast.safeguarding.id
        opened.get_one(Person, cast.safeguarding.id).vetted_on = today() - timedelta(days=400)
        opened.flush()
        assert duty_officer(now()) is None
        reached = {each.id for each in called_people("first", now())}
        assert reached == {cast.second_safeguarding.id, head.id}
    with unit_of_work() as opened:
        for each in (cast.safeguarding, cast.second_safeguarding, head):
            opened.get_one(Person, each.id).trained_on = None
        opened.flush()
        assert len(called_people("first", now())) == 3, "better an unvetted one than nobody"


def test_a_missing_stand_in_or_head_is_everybody(cast: Cast) -> None:
    with unit_of_work():
        third = factories.staff("safeguarding", "何三")
        on_duty(cast, stand_in=False)
        everybody = {cast.safeguarding.id, cast.second_safeguarding.id, third.id}
        for step, reached in (
            ("half", {cast.safeguarding.id}),
            ("end", everybody),
            ("twice", everybody),
        ):
            assert {each.id for each in called_people(step, now())} == reached


class TestLying:
    """A concern that somebody has taken, and about which she does nothing any more."""

    def test_taker_then_stand_in_then_head_once_each(
        self, cast: Cast, head: Person, clock: time_machine.Traveller
    ) -> None:
        one, two, lead = cast.safeguarding.email, cast.second_safeguarding.email, head.email
        with unit_of_work():
            concern_id = actions.begin_drill(1).id
        with unit_of_work():
            actions.take_concern(light(cast.safeguarding), session().get_one(Concern, concern_id))
        before, expected = len(addressed()), []
        for minutes, more in ((59, []), (1, [one]), (60, [one, two]), (60, [one, two, lead])):
            clock.shift(timedelta(minutes=minutes))
            for _twice in range(2):
                work()
            expected += more
            assert addressed()[before:] == expected
        clock.shift(timedelta(hours=9))
        work()
        assert addressed()[before:] == expected
        with unit_of_work():
            assert "很久没有动静" in letters()[-1].subject

    def test_a_deed_of_the_taker_begins_anew_and_one_of_another_does_not(
        self, cast: Cast, head: Person, clock: time_machine.Traveller
    ) -> None:
        who, second = light(cast.safeguarding), light(cast.second_safeguarding)
        with unit_of_work():
            concern_id = opened_and_taken_now(cast)
        before = len(addressed())
        clock.shift(timedelta(minutes=50))
        with unit_of_work():
            actions.note_concern(second, session().get_one(Concern, concern_id), "我也看了")
        clock.shift(timedelta(minutes=10))
        work()
        assert len(addressed()) == before + 1
        with unit_of_work():
            actions.note_concern(who, session().get_one(Concern, concern_id), "打过电话")
        clock.shift(timedelta(minutes=59))
        work()
        assert len(addressed()) == before + 1
        clock.shift(timedelta(minutes=1))
        work()
        assert addressed()[before:] == [cast.safeguarding.email] * 2

    def test_one_who_is_no_officer_any_more_is_everybody(
        self, cast: Cast, head: Person, clock: time_machine.Traveller
    ) -> None:
        with unit_of_work():
            opened_and_taken_now(cast)
        before = len(addressed())
        with unit_of_work() as opened:
            opened.get_one(Person, cast.safeguarding.id).left_at = now()
        clock.shift(timedelta(minutes=60))
        work()
        assert addressed()[before:] == [cast.second_safeguarding.email, head.email]

    def test_less_grave_ones_wait_for_working_days(
        self, cast: Cast, head: Person, clock: time_machine.Traveller
    ) -> None:
        with unit_of_work():
            concern_id = opened_and_taken_now(cast, level=2)
        before = len(addressed())
        clock.move_to("2026-06-21T17:59:00Z")  # the 19th was a holiday, then a weekend
        work()
        assert len(addressed()) == before
        clock.shift(timedelta(minutes=1))
        work()
        assert addressed()[before:] == [cast.safeguarding.email]
        with unit_of_work():
            assert overdue_count(light(cast.safeguarding)) == 0, "a drill counts nowhere"
            concern = session().get_one(Concern, concern_id)
            concern.kind = "help"
            session().flush()
            assert overdue_count(light(cast.safeguarding)) == 1
            assert overdue_count(light(cast.second_safeguarding)) == 0


def opened_and_taken_now(cast: Cast, *, level: int = 1) -> int:
    """An exercise that the first officer has opened and taken at this moment."""
    concern = actions.begin_drill(level)
    opened_and_taken(cast, concern)
    return concern.id
