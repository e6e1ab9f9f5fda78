"""What one keeps about oneself: the nickname."""

import json
import re

import pytest

from participation.accounts.actions.naming import choose_nickname
from participation.accounts.models import Person
from participation.accounts.nicknames import is_made_here
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed
from participation.settings import Settings
from tests.accounts.asking import identity
from tests.support.browser import Browser, Page
from tests.support.cast import Cast
from tests.support.shared import data


def offered(page: Page) -> list[str]:
    return [one.get("value", "") for one in page.all("input") if one.get("name") == "nickname"]


def nickname_of(person: Person) -> str:
    with unit_of_work():
        return session().get_one(Person, person.id).nickname


class TestNickname:
    def test_six_are_offered_and_six_others_when_asked(self, browser: Browser, cast: Cast) -> None:
        child = browser.as_(cast.child)
        page = child.get("/me/nickname")
        assert page.h1 == "挑一个笔名"
        first = offered(page)
        assert len(set(first)) == 6
        assert all(is_made_here(name) for name in first)
        other = child.get(page.links["换一批"])
        assert offered(other) != first

    def test_the_one_picked_is_hers_from_the_next_page_on(
        self, browser: Browser, cast: Cast
    ) -> None:
        child = browser.as_(cast.child)
        name = offered(child.get("/me/nickname?seed=a"))[2]
        page = child.post("/me/nickname", {"nickname": name, "seed": "a"})
        assert f"从现在起你叫“{name}”" in page.text
        assert nickname_of(cast.child) == name
        assert name in " ".join(child.get("/me/nickname").words("header"))

    @pytest.mark.parametrize("name", ["王小满", "13800138000", "爱跑的13800138000", "<b>x</b>"])
    def test_one_that_was_not_offered_is_refused_in_place(
        self, browser: Browser, cast: Cast, name: str
    ) -> None:
        page = browser.as_(cast.child).post(
            "/me/nickname", {"nickname": name, "seed": "a"}, status=422
        )
        assert "请从这些名字里挑一个" in page.text
        assert nickname_of(cast.child) == cast.child.nickname

    def test_one_that_tells_her_name_is_refused(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            session().get_one(Person, cast.child.id).legal_name = "王柚子"
        sent = {"nickname": "爱跑的柚子", "seed": "a"}
        browser.as_(cast.child).post("/me/nickname", sent, status=422)

    def test_two_children_of_a_school_do_not_share_one(self, browser: Browser, cast: Cast) -> None:
        sent = {"nickname": "爱跑的柚子", "seed": "a"}
        browser.as_(cast.middle_child).post("/me/nickname", sent)
        page = browser.as_(cast.child).post("/me/nickname", sent, status=422)
        assert "刚刚有人选了" in page.text
        browser.as_(cast.far_child).post("/me/nickname", sent)

    def test_without_a_choice_the_page_asks_again(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.child).post("/me/nickname", {"seed": "a"}, status=422)
        assert "先挑一个" in page.text
        assert len(offered(page)) == 6

    def test_no_string_breaks_it(self, browser: Browser, cast: Cast) -> None:
        child = browser.as_(cast.child)
        token = child.token()
        for text in json.loads(data("naughty/blns.json").read_text("utf-8"))[::7]:
            sent = {"csrf_token": token, "nickname": text, "seed": text}
            answer = child.client.post("/me/nickname", data=sent)
            assert answer.status_code == 422, text
            assert child.client.get("/me/nickname", query_string={"seed": text}).status_code == 200

    def test_staff_and_visitors_have_none(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        browser.as_(cast.teacher).get("/me/nickname", status=403)
        assert browser.client.get("/me/nickname").location.startswith("/enter?")
        with unit_of_work(), pytest.raises(NotAllowed):
            choose_nickname(identity(cast.teacher, settings), "爱跑的柚子")

    def test_the_page_is_complete_in_english(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.child).get("/me/nickname", headers={"Accept-Language": "en"})
        assert page.root is not None and page.root.get("lang") == "en"
        assert not re.search(r"seed=[^\"&]*[^\w\"&]", page.links.get("换一批", ""))
