"""The calls as each person sees them: list, one call, home, in both languages, and strangers."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, insert

from participation.accounts.models import School
from participation.contests.call import ShownCall
from participation.contests.models import Entry
from participation.contests.policies import entries as rights
from participation.kernel.clock import now, today
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.tables import Words, random_key
from participation.settings import Settings
from tests.contests.calling import drafted, published, rehearsed
from tests.support.browser import Browser
from tests.support.cast import Cast

LANGUAGES = ("zh-Hans", "en")
NAME = "我家门前的路"


@pytest.fixture
def call(app: Flask, cast: Cast, settings: Settings) -> ShownCall:
    return published(cast, settings)


def address(call: ShownCall) -> str:
    return f"/calls/{call.id}"


class TestCall:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everybody_reads_what_it_is_about(
        self, language: str, call: ShownCall, browser: Browser, cast: Cast
    ) -> None:
        for person in (None, cast.middle_child, cast.teenager, cast.official, cast.juror):
            visitor = browser.as_(person) if person else browser
            visitor.client.set_cookie("language", language)
            page = visitor.get(address(call))
            assert page.h1 == call.title.in_locale(language)
            for text in ("rules", "use_for", "use_where", "prizes", "unit"):
                assert getattr(call, text).in_locale(language).splitlines()[0] in page.text
            assert call.official in page.text
            for one in call.criteria:
                assert one.title.in_locale(language) in page.words("span")

    @pytest.mark.parametrize(
        ("name", "said", "unsaid"),
        [
            ("child", "画门前的路。", "它现在什么样？"),
            ("middle_child", "它现在什么样？", "画出它可以成为的样子。"),
            ("teenager", "画出它可以成为的样子。", "它现在什么样？"),
        ],
    )
    def test_each_band_has_its_brief(
        self, name: str, said: str, unsaid: str, call: ShownCall, browser: Browser, cast: Cast
    ) -> None:
        shown = browser.as_(getattr(cast, name)).get(address(call)).words("p")
        assert said in shown and unsaid not in shown

    def test_rights_and_no_admission_are_always_said(
        self, call: ShownCall, browser: Browser
    ) -> None:
        text = browser.get(address(call)).text
        for words in (
            "作品永远是你的。",
            "我们想借它做这些：印在公交站牌上",
            "最多用 2 年，到时候就拿下来。",
            "著作权属于孩子。这是一份许可，不是转让，也不独占。",
            "印成明信片",
            "不作为中小学招生入学依据",
        ):
            assert words in text

    def test_who_may_is_led_to_hand_in(self, call: ShownCall, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.child).get(address(call))
        assert page.links["交我的作品"] == f"{address(call)}/hand-in"
        links = browser.get(address(call)).links
        assert links["进来，交作品"] == f"/enter?next={address(call)}/hand-in"

    @pytest.mark.parametrize(
        ("name", "fact"),
        [("unconsented", rights.has_guardians_consent), ("secretary", rights.is_child)],
    )
    def test_the_button_says_why_it_cannot_be_pressed(
        self, name: str, fact: Any, call: ShownCall, browser: Browser, cast: Cast
    ) -> None:
        page = browser.as_(getattr(cast, name)).get(address(call))
        assert str(fact.otherwise) in page.text
        [button] = [one for one in page.all("button") if one.get("disabled") is not None]
        assert "交我的作品" in "".join(button.itertext())

    def test_other_ages_and_districts_are_told(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        near = published(cast, settings, bands="b", district_ids=(cast.district.id,))
        for name, fact in (
            ("child", rights.is_of_asked_age),
            ("far_child", rights.is_of_asked_district),
        ):
            page = browser.as_(getattr(cast, name)).get(address(near))
            assert str(fact.otherwise) in page.text
        assert "湖滨区" in browser.get(address(near)).text

    def test_a_kindergarten_is_never_ranked(
        self, call: ShownCall, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            school: School = session().get_one(School, cast.school.id)
            school.kind = "kindergarten"
        small = browser.as_(cast.child)
        assert "交我的作品" not in small.get(address(call)).links
        shown = published(cast, settings, sign="做", ranked=False, criteria=())
        page = small.get(address(shown))
        assert "交我的作品" in page.links and "这次不评，也不排。" in page.text
        assert "公示选中的作品" not in page.text

    def test_before_and_after(self, call: ShownCall, browser: Browser, cast: Cast) -> None:
        assert call.opens_at and call.closes_at
        with time_machine.travel(call.opens_at - timedelta(hours=1), tick=False):
            early = browser.as_(cast.child).get(address(call))
            assert "开始收" in early.text and "交我的作品" not in early.links
        with time_machine.travel(call.closes_at - timedelta(minutes=1), tick=False):
            assert "今天是最后一天" in browser.as_(cast.child).get(address(call)).text
        with time_machine.travel(call.closes_at, tick=False):
            late = browser.as_(cast.child).get(address(call))
            assert "这次已经收完了。" in late.text and "交我的作品" not in late.links

    def test_drafts_rehearsals_and_none_are_no_page(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            draft = drafted(cast, settings).id
        rehearsal = rehearsed(cast, settings)
        for person in (None, cast.child, cast.stranger, cast.secretary, cast.juror):
            visitor = browser.as_(person) if person else browser
            for number in (draft, rehearsal, 999):
                visitor.get(f"/calls/{number}", status=404)


class TestLists:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_tab_leads_to_it(self, language: str, call: ShownCall, browser: Browser) -> None:
        browser.client.set_cookie("language", language)
        page = browser.get("/calls")
        here = [one.get("href") for one in page.all("a") if one.get("aria-current") == "page"]
        assert here == ["/calls"]
        assert call.title.in_locale(language) in page.links

    def test_by_phase(self, browser: Browser, cast: Cast, settings: Settings) -> None:
        start = now() + timedelta(days=3)
        published(cast, settings, title=Words(zh="已经开始"), sign="路")
        published(cast, settings, title=Words(zh="还没开始"), sign="歌", opens_at=start)
        over = published(cast, settings, title=Words(zh="早就开始"), sign="花")
        assert over.closes_at
        assert set(_named(browser, "/calls")) == {"已经开始", "早就开始"}
        assert _named(browser, "/calls?when=coming") == ["还没开始"]
        with time_machine.travel(over.closes_at + timedelta(days=1), tick=False):
            assert _named(browser, "/calls") == []
            assert _named(browser, "/calls?when=over") == ["早就开始", "还没开始", "已经开始"]
        assert "这里现在没有征集" in browser.get("/calls?when=over").text

    def test_a_child_sees_what_is_put_to_her(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        published(cast, settings, bands="c", district_ids=(cast.far_district.id,))
        assert NAME in browser.get("/calls").links
        for path in ("/calls", "/"):
            assert NAME in browser.as_(cast.teenager).get(path).links
            assert NAME not in browser.as_(cast.child).get(path).links
            assert NAME not in browser.as_(cast.far_child).get(path).links

    def test_paged_by_key(self, browser: Browser, cast: Cast, settings: Settings) -> None:
        signs = "路园餐车书水火山石田土日月木花草鸟鱼虫米豆瓜"
        for place, sign in enumerate(signs):
            published(cast, settings, title=Words(zh=f"第{place}个"), sign=sign)
        first = browser.get("/calls")
        second = browser.get(first.links["再看一些"])
        seen = [*_titles(first.links), *_titles(second.links)]
        assert len(seen) == len(set(seen)) == len(signs)
        assert "再看一些" not in second.links

    def test_home_shows_what_is_open(self, call: ShownCall, browser: Browser, cast: Cast) -> None:
        for visitor in (browser, browser.as_(cast.child), browser.as_(cast.secretary)):
            page = visitor.get("/")
            assert page.links[NAME] == address(call)
            assert "一起做" in page.words("h2")
        assert call.closes_at
        with time_machine.travel(call.closes_at, tick=False):
            assert "一起做" not in browser.get("/").words("h2")


def _named(browser: Browser, path: str) -> list[str]:
    return [
        name for name in browser.get(path).links if name.endswith("开始") and name != "快要开始"
    ]


def _titles(links: dict[str, str]) -> list[str]:
    return [name for name in links if name.startswith("第")]


class TestCost:
    def test_a_list_costs_no_more_for_more_calls(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        published(cast, settings)
        browser.get("/calls")
        one = _statements(browser, "/calls")
        for sign in "路园餐车书":
            published(cast, settings, title=Words(zh=f"再来{sign}"), sign=sign)
        browser.get("/calls")
        assert _statements(browser, "/calls") == one

    def test_the_page_of_a_call_does_not_depend_on_its_works(
        self, call: ShownCall, browser: Browser, cast: Cast
    ) -> None:
        child = browser.as_(cast.child)
        child.get(address(call))
        before = _statements(child, address(call))
        with unit_of_work():
            session().execute(insert(Entry), [_work(call, place) for place in range(300)])
        assert _statements(child, address(call)) == before

    def test_the_desk_costs_no_more_for_more_calls(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        published(cast, settings)
        secretary = browser.as_(cast.secretary)
        secretary.get("/desk/calls")
        one = _statements(secretary, "/desk/calls")
        for sign in "路园餐":
            published(cast, settings, sign=sign)
        assert _statements(secretary, "/desk/calls") == one


def _work(call: ShownCall, place: int) -> dict[str, object]:
    return {
        "id": random_key(),
        "call_id": call.id,
        "code": f"K{place:05}",
        "standing": "approved",
        "band": "b",
        "district_id": 1,
        "school": bytes(8),
        "shown": True,
        "shuffle": place,
        "handed_on": today(),
    }


def _statements(browser: Browser, path: str) -> int:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(database().engine, "before_cursor_execute", note)
    try:
        browser.get(path)
    finally:
        event.remove(database().engine, "before_cursor_execute", note)
    return len(said)
