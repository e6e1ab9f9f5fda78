"""What the desk says before anything is opened: how much waits, since when, who is on duty."""

from datetime import timedelta

import pytest

from participation.accounts.identity import Nobody
from participation.kernel.clock import at, now
from participation.kernel.database import session, unit_of_work
from participation.safeguarding import actions, queries
from participation.safeguarding.models import Concern
from tests.safeguarding.room import light, on_duty, opened_and_taken
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast

LONG_AGO = timedelta(days=40)


@pytest.fixture
def people(cast: Cast, unit: None) -> Cast:
    return cast


class TestCounting:
    def test_unopened_untaken_and_mine_that_lie(self, people: Cast) -> None:
        one, two = light(people.safeguarding), light(people.second_safeguarding)
        actions.ask_for_help(Nobody(), "一")
        opened = actions.ask_for_help(Nobody(), "二")
        actions.read_concern(one, opened)
        assert (queries.waiting_count(one), queries.waiting_count(two)) == (2, 2)
        actions.begin_drill(1)
        with at(now() - LONG_AGO):
            lying = actions.ask_for_help(Nobody(), "三")
            opened_and_taken(people, lying)
            opened_and_taken(people, actions.begin_drill(1))
        assert (queries.waiting_count(one), queries.waiting_count(two)) == (3, 2)
        actions.note_concern(one, lying, "打过电话")
        assert queries.waiting_count(one) == 2

    def test_a_secretary_counts_complaints(self, people: Cast) -> None:
        actions.complain("这一页写错了")
        actions.ask_for_help(Nobody(), "一")
        assert queries.waiting_count(light(people.secretary)) == 1
        assert queries.waiting_count(light(people.moderator)) == 0

    def test_the_board(self, people: Cast) -> None:
        one, two = light(people.safeguarding), light(people.second_safeguarding)
        board = queries.board_of(one)
        assert (board.untaken, board.oldest, board.clock, board.on_duty) == (0, 0, "", "")
        with at(now() - timedelta(minutes=5)):
            first = actions.ask_for_help(Nobody(), "一")
        actions.ask_for_help(Nobody(), "二")
        asked = actions.ask_for_help(Nobody(), "三")
        opened_and_taken(people, asked)
        actions.ask_closing(one, asked, "没事了", no_report="是误会")
        on_duty(people)
        board = queries.board_of(one)
        assert (board.untaken, board.closing, board.oldest) == (2, 0, first.id)
        assert (board.clock, board.on_duty) == ("还有 55 分钟", "郑安")
        with at(now() + timedelta(minutes=56)):
            assert queries.board_of(one).clock == "过了 1 分钟，还没有人接手"
        assert queries.board_of(two).closing == 1

    def test_a_head_sees_who_waits_for_her(self, people: Cast) -> None:
        actions.make_head(people.safeguarding.id)
        new = factories.staff("safeguarding", "何三", confirmed=False)
        assert queries.board_of(light(people.safeguarding)).asked == 1
        assert queries.board_of(light(people.second_safeguarding)).asked == 0
        actions.confirm_officer(light(people.safeguarding), new.id, agreed=False)
        assert queries.board_of(light(people.safeguarding)).asked == 0


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_desk(browser: Browser, cast: Cast, language: str) -> None:
    desk = browser.as_(cast.safeguarding)
    desk.client.set_cookie("language", language)
    assert "stats" in desk.get("/desk").text
    with unit_of_work():
        number = actions.ask_for_help(light(cast.child), "有人推我").id
        on_duty(cast)
    page = desk.get("/desk")
    assert f"/desk/concerns/{number}" in page.links.values()
    assert "有人推我" not in page.text and "王小满" not in page.text and "郑安" in page.text
    assert list(page.links.values()).count("/desk/duty") == 1
    with unit_of_work():
        actions.make_head(cast.safeguarding.id)
        factories.staff("safeguarding", "何三", confirmed=False)
    assert list(desk.get("/desk").links.values()).count("/desk/duty") == 2
    for other in (cast.moderator, cast.administrator, cast.secretary):
        assert f"/desk/concerns/{number}" not in browser.as_(other).get("/desk").links.values()


def test_the_badge(browser: Browser, cast: Cast) -> None:
    with unit_of_work():
        number = actions.ask_for_help(Nobody(), "有人推我").id
    desk = browser.as_(cast.safeguarding)
    desk.post(f"/desk/concerns/{number}/read")
    tab = next(words for words in desk.get("/desk").words("a") if words.startswith("求助"))
    assert tab.endswith("1")
    desk.post(f"/desk/concerns/{number}/take")
    with unit_of_work():
        assert session().get_one(Concern, number).state == "taken"
    tab = next(words for words in desk.get("/desk").words("a") if words.startswith("求助"))
    assert not tab.endswith("1")
