"""The rota as the head enters it, and the exercises: rules, pages, the shell."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from participation.accounts.identity import Nobody
from participation.accounts.models import Person
from participation.kernel.clock import CITY_ZONE, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.safeguarding import actions, queries
from participation.safeguarding.models import Duty
from participation.safeguarding.queries.duty import drills, gaps_of, shifts_of
from participation.safeguarding.rota import week_of
from tests.safeguarding.room import (
    concerns,
    entries,
    letters,
    light,
    on_duty,
    opened_and_taken,
    second_agrees,
)
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def people(cast: Cast, unit: None) -> Cast:
    """The first officer leads."""
    actions.make_head(cast.safeguarding.id)
    return cast


@pytest.fixture
def led(cast: Cast) -> Cast:
    """The same, in the database."""
    with unit_of_work():
        actions.make_head(cast.safeguarding.id)
    return cast


def hours(count: float) -> datetime:
    return now() + timedelta(hours=count)


def the(person: Person) -> Person:
    """The row of a person in this unit of work."""
    return session().get_one(Person, person.id)


def fields(refusal: pytest.ExceptionInfo[RulesBroken]) -> set[str]:
    return {one.field for one in refusal.value.broken}


class TestRules:
    def test_entered_and_found(self, people: Cast) -> None:
        who = light(people.safeguarding)
        duty = actions.set_duty(
            who,
            people.safeguarding.id,
            hours(-1),
            hours(8),
            stand_in_id=people.second_safeguarding.id,
        )
        officer = queries.duty_officer(now())
        assert officer is not None and officer.id == people.safeguarding.id
        assert queries.duty_officer(hours(9)) is None
        monday = week_of((duty.from_at.astimezone(CITY_ZONE)).date())
        (shift,) = shifts_of(monday)
        assert (shift.officer, shift.stand_in) == ("郑安", "许宁")
        assert [entry.by for entry in entries("DutySet")] == [who.person_id]
        assert gaps_of(monday - timedelta(days=70)) == []

    def test_overlaps_are_refused_and_following_on_is_not(self, people: Cast) -> None:
        who, officer = light(people.safeguarding), people.safeguarding.id
        actions.set_duty(who, officer, hours(1), hours(8))
        for begins, ends in ((0, 2), (2, 3), (7, 9), (0, 9)):
            with pytest.raises(RuleBroken) as refusal:
                actions.set_duty(who, officer, hours(begins), hours(ends))
            assert refusal.value.field == "begins"

    def test_follow_on(self, people: Cast) -> None:
        who, officer, middle = light(people.safeguarding), people.safeguarding.id, hours(4)
        actions.set_duty(who, officer, hours(1), middle)
        actions.set_duty(who, officer, middle, hours(8))

    def test_wrong_times_are_named(self, people: Cast) -> None:
        who, officer = light(people.safeguarding), people.safeguarding.id
        for begins, ends, named in (
            (None, None, {"begins", "ends"}),
            (hours(2), None, {"ends"}),
            (hours(2), hours(1), {"ends"}),
            (hours(-5), hours(-1), {"ends"}),
            (hours(0), hours(24 * 14 + 1), {"ends"}),
        ):
            with pytest.raises(RulesBroken) as refusal:
                actions.set_duty(who, officer, begins, ends)
            assert fields(refusal) == named

    def test_nobody_unfit_is_put_on_duty(self, people: Cast) -> None:
        who = light(people.safeguarding)
        gone, stale = people.second_safeguarding, people.moderator
        the(gone).left_at = now()
        for officer, stand_in, named in (
            (gone.id, None, {"officer"}),
            (stale.id, None, {"officer"}),
            (0, None, {"officer"}),
            (people.safeguarding.id, gone.id, {"stand_in"}),
            (people.safeguarding.id, people.safeguarding.id, {"stand_in"}),
        ):
            with pytest.raises(RulesBroken) as refusal:
                actions.set_duty(who, officer, hours(1), hours(2), stand_in_id=stand_in)
            assert fields(refusal) == named
        the(people.safeguarding).trained_on = None
        with pytest.raises(RulesBroken):
            actions.set_duty(who, people.safeguarding.id, hours(1), hours(2))

    def test_with_a_head_only_the_head(self, people: Cast) -> None:
        one, two = light(people.safeguarding), light(people.second_safeguarding)
        actions.name_head(one, people.safeguarding.id)
        assert len(entries("HeadNamed")) == 1
        duty = actions.set_duty(one, two.person_id, hours(1), hours(2))
        for deed in (
            lambda: actions.set_duty(two, two.person_id, hours(3), hours(4)),
            lambda: actions.drop_duty(two, duty.id),
            lambda: actions.name_head(two, two.person_id),
        ):
            with pytest.raises(NotAllowed):
                deed()
        with pytest.raises(RuleBroken):
            actions.name_head(one, people.moderator.id)
        the(people.safeguarding).left_at = now()
        session().flush()
        assert queries.heads() == frozenset()
        with pytest.raises(NotAllowed, match="负责人"):
            actions.set_duty(two, two.person_id, hours(3), hours(4))
        with pytest.raises(NotAllowed):
            actions.name_head(two, two.person_id)

    def test_dropped_while_it_lies_ahead(self, people: Cast) -> None:
        who = light(people.safeguarding)
        duty = on_duty(people)
        actions.drop_duty(who, duty.id)
        assert queries.duty_officer(now()) is None
        with pytest.raises(Missing):
            actions.drop_duty(who, duty.id)
        past = Duty(officer_id=who.person_id, from_at=hours(-2), until_at=hours(-1))
        session().add(past)
        session().flush()
        with pytest.raises(RuleBroken):
            actions.drop_duty(who, past.id)


class TestDrills:
    def test_the_whole_road_measured(self, people: Cast) -> None:
        concern = actions.begin_drill(1)
        assert [letter.subject.count("演练") for letter in letters()] == [1, 1]
        (running,) = drills()
        assert (running.to_taken, running.met) == (None, None)
        who = opened_and_taken(people, concern)
        actions.ask_closing(who, concern, "演练完了")
        second_agrees(people, concern)
        (done,) = drills()
        assert (done.to_taken, done.to_closed, done.met) == (0.0, 0.0, True)
        assert concern.sealed is not None

    def test_missed_when_nobody_came_in_time(self, people: Cast) -> None:
        late, never = actions.begin_drill(1), actions.begin_drill(2)
        opened_and_taken(people, late)
        for one in (late, never):
            assert one.due_at is not None
            one.due_at = one.written_at - timedelta(seconds=1)
        assert [one.met for one in drills()] == [False, False]
        assert drills(before=late.id) == []

    def test_by_the_shell(self, app: Flask, cast: Cast) -> None:
        shell = app.test_cli_runner()
        said = shell.invoke(args=["safeguarding", "drill", "--level", "2"])
        assert said.exit_code == 0 and "of level 2 has begun" in said.output
        assert [(one.kind, one.level) for one in concerns()] == [("drill", 2)]
        assert shell.invoke(args=["safeguarding", "drill", "--level", "7"]).exit_code == 2
        head = shell.invoke(args=["safeguarding", "head", cast.safeguarding.email])
        assert head.exit_code == 0
        with unit_of_work(writes=False):
            assert queries.heads() == {cast.safeguarding.id}
        for email in (cast.teacher.email, "nobody@city.example"):
            assert shell.invoke(args=["safeguarding", "head", email]).exit_code == 1
        with unit_of_work() as opened:
            opened.get_one(Person, cast.second_safeguarding.id).trained_on = None
        unfit = shell.invoke(args=["safeguarding", "head", cast.second_safeguarding.email])
        assert unfit.exit_code == 1


class TestPages:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_the_head_enters_the_rota(self, browser: Browser, led: Cast, language: str) -> None:
        desk = browser.as_(led.safeguarding)
        desk.client.set_cookie("language", language)
        desk.get("/desk/duty")
        begins, ends = (
            f"{at.astimezone(CITY_ZONE):%Y-%m-%dT%H:%M}" for at in (hours(-1), hours(20))
        )
        wanted = {"officer": str(led.safeguarding.id), "begins": begins, "ends": ends}
        page = desk.post("/desk/duty", {**wanted, "ends": ""}, status=422)
        typed = next(one for one in page.all("input") if one.get("name") == "begins")
        assert typed.get("value") == begins
        desk.post("/desk/duty", {"officer": "x", "begins": "y"}, status=422)
        desk.post("/desk/duty", {**wanted, "stand_in": str(led.second_safeguarding.id)})
        page = desk.post("/desk/duty", wanted, status=422)
        page = desk.get("/desk/duty")
        assert "郑安" in "".join(page.words("table"))
        drop = next(link for link in page.links.values() if "/drop" in link)
        asked = desk.get(drop)
        assert len(asked.all("form")) >= 1 and "郑安" in asked.text
        browser.as_(led.second_safeguarding).get(drop, status=403)
        drop = drop.partition("?")[0]
        with unit_of_work():
            waiting = actions.ask_for_help(Nobody(), "有人推我").id
        desk.post(drop, {"week": "2026-06-15"})
        desk.get(drop, status=404)
        with unit_of_work():
            told = [one for one in letters() if one.key.startswith("duty_dropped")]
            reached = {led.safeguarding.email, led.second_safeguarding.email}
            assert {one.to_address for one in told} == reached
            calls = [one for one in letters() if one.key.startswith(f"concern_waits:{waiting}:")]
            # Once to who was on duty, and once more to everybody when she was not any more.
            assert [one.to_address for one in calls].count(led.second_safeguarding.email) == 1
            assert [one.to_address for one in calls].count(led.safeguarding.email) == 2
        desk.post("/desk/duty/head", {"head": str(led.safeguarding.id)})
        second = browser.as_(led.second_safeguarding)
        assert "/desk/duty/head" not in second.get("/desk/duty").text
        second.post("/desk/duty", wanted, status=403)
        second.post("/desk/duty/drill", {"level": "1"}, status=403)

    def test_nobody_on_duty_is_said_loudly(self, browser: Browser, led: Cast) -> None:
        desk = browser.as_(led.safeguarding)
        assert "现在没有人值班" in desk.get("/desk/duty").text
        assert "这些时间没有人值班" in desk.get("/desk/duty").text
        with unit_of_work():
            on_duty(led)
        page = desk.get("/desk/duty")
        assert "现在值班：郑安" in page.text
        assert "现在没有人值班" not in desk.get("/desk/concerns").text
        for week in ("x", "2026-06-17", "0001-01-01", "9999-12-31"):
            desk.get(f"/desk/duty?week={week}")

    def test_an_exercise_from_the_page(self, browser: Browser, led: Cast) -> None:
        desk = browser.as_(led.safeguarding)
        page = desk.post("/desk/duty/drill", {"level": "1"})
        assert "还在走" in page.text
        desk.post("/desk/duty/drill", {"level": "9"}, status=409)
