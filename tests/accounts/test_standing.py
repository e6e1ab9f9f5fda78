"""The light identity: what it carries, when it is looked at anew, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.actions.clearing import clear_sign_in_traces
from participation.accounts.actions.links import make_password_link
from participation.accounts.identity import Identity, Nobody
from participation.accounts.models import Person, SignIn, StandingChange
from participation.accounts.standing import note_change, present_mark
from participation.accounts.visiting import Standings
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.accounts.asking import identity
from tests.support.browser import Browser
from tests.support.cast import Cast

START = datetime(2026, 11, 25, 1, tzinfo=UTC)


class TestIdentity:
    def test_it_carries_what_policies_ask_for(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            child, teen = identity(cast.child, settings), identity(cast.teenager, settings)
            official = identity(cast.official, settings)
        assert (child.band, child.gender, child.school_kind) == ("a", "f", "primary")
        assert (child.district_id, child.class_id) == (cast.district.id, cast.school_class.id)
        assert (child.consent, child.of_age, child.vetted) == (True, False, False)
        assert (teen.band, teen.of_age, teen.consent) == ("c", True, True)
        assert (official.unit_id, official.band, official.vetted) == (cast.unit.id, "", True)

    def test_it_travels_as_text_and_comes_back(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            child = identity(cast.child, settings)
        assert Identity.parse(child.get_id()) == child

    @pytest.mark.parametrize("text", ["", "x", "[]", "{}", "null", "[1,2,3]", '"child"'])
    def test_a_text_of_another_shape_is_nobody(self, text: str) -> None:
        assert Identity.parse(text) is None

    def test_nobody_answers_every_question_that_policies_ask(self) -> None:
        nobody = Nobody()
        asked = set(Identity.__slots__) - {
            "mark", "until", "gender", "school_kind",
        }  # fmt: skip
        assert all(not getattr(nobody, name) for name in asked)
        assert nobody.get_id() is None


class TestChanges:
    def test_a_worker_hears_of_a_change_of_this_person_and_keeps_the_others(
        self, cast: Cast
    ) -> None:
        worker = Standings()
        with unit_of_work():
            assert worker.latest_of(cast.child.id) == 0
            note_change(cast.child.id)
        with unit_of_work(writes=False):
            assert worker.latest_of(cast.child.id) == present_mark()
            assert worker.latest_of(cast.stranger.id) == 0

    def test_a_number_is_never_given_twice(self, cast: Cast) -> None:
        with unit_of_work():
            note_change(cast.stranger.id)
            before = present_mark()
        with unit_of_work() as opened:
            opened.delete(opened.get_one(StandingChange, before))
        with unit_of_work():
            note_change(cast.child.id)
            assert present_mark() > before

    def test_leaving_ends_a_live_visit_at_the_next_request(
        self, browser: Browser, cast: Cast
    ) -> None:
        child = browser.as_(cast.child)
        assert child.client.get("/me/devices").status_code == 200
        with unit_of_work():
            session().get_one(Person, cast.child.id).left_at = START
            note_change(cast.child.id)
        assert child.client.get("/me/devices").status_code == 302

    def test_a_cookie_looked_at_anew_costs_one_statement_again(
        self, browser: Browser, cast: Cast, statements: list[str]
    ) -> None:
        child = browser.as_(cast.child)
        with unit_of_work():
            note_change(cast.child.id)
        child.client.get("/enter")
        statements.clear()
        child.client.get("/enter")
        assert len(statements) == 1

    def test_a_tampered_cookie_is_nobodys(self, browser: Browser, cast: Cast) -> None:
        child = browser.as_(cast.child)
        cookie = child.client.get_cookie("visit")
        assert cookie is not None
        child.client.set_cookie("visit", cookie.value[:-2] + "xx")
        assert child.client.get("/me/devices").status_code == 302


class TestClearing:
    def test_what_is_over_is_forgotten_and_the_mark_stays(
        self, cast: Cast, settings: Settings
    ) -> None:
        with time_machine.travel(START, tick=False) as clock:
            with unit_of_work():
                identity(cast.child, settings)
                make_password_link(session().get_one(Person, cast.official.id))
                note_change(cast.child.id)
                note_change(cast.child.id)
                mark = present_mark()
            clock.shift(timedelta(days=40))
            with unit_of_work() as opened:
                identity(cast.stranger, settings)
                clear_sign_in_traces()
                people = opened.scalars(select(SignIn.person_id)).all()
                changes = opened.scalars(select(StandingChange.id)).all()
        assert people == [cast.stranger.id]
        assert changes == [mark]
