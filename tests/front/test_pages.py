"""The pages that gather: home, topics, echoes, my page, the desk, about, open data, display."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select

from participation.consultations.actions import giving
from participation.consultations.models import OpenWords
from participation.consultations.topic import Said, Topic
from participation.front.greeting import greeting
from participation.kernel.clock import CITY_ZONE, now
from participation.kernel.database import database, session, unit_of_work
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published, who
from tests.support.browser import Browser
from tests.support.cast import Cast

STAFF = ("teacher", "moderator", "safeguarding", "secretary", "official", "administrator")
MINE = "绿灯再长一点，外婆走得慢。"


@pytest.fixture
def topic(app: Flask, cast: Cast, settings: Settings) -> Topic:
    """An open topic that the middle child has answered with words of her own."""
    made = published(cast, settings)
    with unit_of_work():
        words = {made.words_questions[0].id: Said(MINE, True)}
        giving.give_opinion(who(cast.middle_child, settings), made, (2, (1,), 1), words)
    return made


def judge(standing: str, sentence: str = "") -> None:
    with unit_of_work():
        words = session().scalars(select(OpenWords)).one()
        words.standing, words.sentence = standing, sentence


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_home_for_everybody(
    cast: Cast, settings: Settings, browser: Browser, language: str
) -> None:
    crowd.frozen(cast, settings, count=203)
    published(cast, settings, sign="车")
    shown = browser.get("/", headers={"Accept-Language": language})
    assert shown.root is not None and shown.root.get("lang") == language
    assert "205" in [text[:3] for text in shown.words("p")]
    assert "203" not in shown.text
    assert any("/topics/2" in target for target in shown.links.values())
    browser.as_(cast.official).get("/")


def test_an_empty_site_says_so_kindly(app: Flask, browser: Browser) -> None:
    for address in ("/", "/topics", "/topics?when=coming", "/topics?when=over", "/echoes"):
        browser.get(address)
    assert "还没有数据" in browser.get("/open-data").text


def test_a_childs_home(topic: Topic, cast: Cast, browser: Browser) -> None:
    shown = browser.as_(cast.middle_child).get("/")
    assert shown.h1.endswith("，林一")
    assert "你说过了" in shown.text and "现在没有等你说的话题" in shown.text
    assert "正在问的" in shown.words("h2") and "等你说一说" not in shown.words("h2")
    other = browser.as_(cast.child).get("/")
    assert "你说过了" not in other.text
    assert "1 个话题等你说。" in other.words("p") and "等你说一说" in other.words("h2")
    judge("returned", "请把电话删掉，再交一次。")
    assert "有 1 条请你改一改。" in browser.as_(cast.middle_child).get("/").text


def test_nothing_waits_for_a_child_who_may_not_answer(
    topic: Topic, cast: Cast, browser: Browser
) -> None:
    shown = browser.as_(cast.unconsented).get("/")
    assert "等你说。" not in shown.text and "等你说一说" not in shown.words("h2")
    assert "要家里的大人先同意，你才能说。现在可以先看看。" in shown.words("p")
    assert str(topic.title) in shown.links


@pytest.mark.parametrize(
    ("hour", "said"), [(5, "早上好"), (11, "早上好"), (12, "下午好"), (18, "晚上好"), (3, "晚上好")]
)
def test_the_greeting_fits_the_hour(hour: int, said: str) -> None:
    moment = now().astimezone(CITY_ZONE).replace(hour=hour, minute=0)
    assert str(greeting(moment)) == said


def test_topics_are_those_put_to_her(
    app: Flask, cast: Cast, settings: Settings, browser: Browser
) -> None:
    published(cast, settings, bands="c", district_ids=(cast.far_district.id,))
    name = "上学路上，安全又好走吗？"
    assert name in browser.get("/topics").links
    assert name in browser.as_(cast.teenager).get("/topics").links
    assert name not in browser.as_(cast.child).get("/topics").links
    assert name not in browser.as_(cast.far_child).get("/topics").links


def test_a_coming_topic_says_whom_it_asks_and_when(
    app: Flask, cast: Cast, settings: Settings, browser: Browser
) -> None:
    start = now() + crowd.timedelta(days=3)
    made = published(
        cast, settings, bands="bc", opens_at=start, closes_at=start + crowd.timedelta(days=30)
    )
    small = browser.as_(cast.child)
    for visitor in (browser, small, browser.as_(cast.teenager)):
        assert "问 10–17 岁的孩子" in visitor.get("/topics?when=coming").text
    page = small.get(f"/topics/{made.id}")
    assert "这次只问 10–17 岁的孩子。你可以看，也可以说说别的事。" in page.words("p")
    assert "到时候来说一说" not in page.text
    assert "到时候来说一说" in browser.as_(cast.teenager).get(f"/topics/{made.id}").text


def test_the_list_of_what_is_over_says_what_became_of_it(
    cast: Cast, settings: Settings, browser: Browser
) -> None:
    crowd.frozen(cast, settings, count=40)
    assert "送到市交通局了" in browser.get("/topics?when=over").text
    with time_machine.travel(now() + crowd.timedelta(days=100), tick=False):
        assert "还没有回音" in browser.get("/topics?when=over").text


def test_topics_go_from_coming_to_open_to_over(topic: Topic, browser: Browser) -> None:
    name = str(topic.title)
    assert name in browser.get("/topics").links
    assert name not in browser.get("/topics?when=over").links
    assert topic.closes_at is not None
    with time_machine.travel(topic.closes_at + crowd.timedelta(seconds=1), tick=False):
        assert name in browser.get("/topics?when=over").links
        assert name not in browser.get("/topics").links


@pytest.mark.parametrize("query", ["when=nonsense", "after=%01", "after=9~x", "when=over&after=1"])
def test_a_strange_address_is_the_first_page(topic: Topic, browser: Browser, query: str) -> None:
    browser.get(f"/topics?{query}")


@pytest.mark.parametrize("query", ["below=x", "above=-1", f"below={10**30}", "above=%F0%9F%98%80"])
def test_a_strange_key_is_the_first_page(
    cast: Cast, settings: Settings, browser: Browser, query: str
) -> None:
    crowd.frozen(cast, settings, count=0)
    browser.get(f"/echoes?{query}")
    browser.get(f"/open-data?{query}")


class TestMyPage:
    """The child's own page."""

    def test_it_is_only_for_children(self, cast: Cast, browser: Browser) -> None:
        assert browser.client.get("/me").status_code == 302
        browser.as_(cast.teacher).get("/me", status=403)

    def test_nothing_said_yet(self, cast: Cast, browser: Browser) -> None:
        assert "还没说过话" in browser.as_(cast.child).get("/me").text
        assert "还没有同意" in browser.as_(cast.unconsented).get("/me").text
        assert "你自己同意了参加。" in browser.as_(cast.teenager).get("/me").text

    def test_her_words_and_how_much_is_kept(
        self, topic: Topic, cast: Cast, browser: Browser
    ) -> None:
        shown = browser.as_(cast.middle_child).get("/me")
        assert f"“{MINE}”" in shown.words("p")
        assert "说过 1 次" in shown.text and "1 份回答，不写名字" in shown.text
        assert "1 句你写的话" in shown.text and "等老师看" in shown.text
        assert shown.response.headers["Cache-Control"] == "no-store"
        for other in (cast.child, cast.stranger, cast.teenager):
            assert MINE not in browser.as_(other).get("/me").text

    def test_what_is_to_be_mended(self, topic: Topic, cast: Cast, browser: Browser) -> None:
        judge("returned", "请把电话删掉，再交一次。")
        shown = browser.as_(cast.middle_child).get("/me")
        assert "有一条请你改一改" in shown.words("h2")
        assert "请把电话删掉，再交一次。" in shown.words("p")
        browser.as_(cast.middle_child).get(shown.links["去改"])

    def test_refused_words_stay_visible_to_her(
        self, topic: Topic, cast: Cast, browser: Browser
    ) -> None:
        judge("refused", "里面有伤到别人的话。")
        shown = browser.as_(cast.middle_child).get("/me")
        assert MINE in shown.text and "没有发出来" in shown.text

    def test_a_draft_waits_to_be_finished(
        self, topic: Topic, cast: Cast, settings: Settings, browser: Browser
    ) -> None:
        with unit_of_work():
            child = who(cast.child, settings)
            giving.save_draft(child, topic, {topic.questions[0].name: ["3"]})
        shown = browser.as_(cast.child).get("/me")
        assert "没写完的" in shown.words("h2") and "1 份没写完的" in shown.text


@pytest.mark.parametrize("part", STAFF)
def test_the_desk_by_role(cast: Cast, browser: Browser, part: str) -> None:
    assert browser.as_(getattr(cast, part)).get("/desk").h1 == "工作台"


def test_the_desk_shows_what_is_due_first(cast: Cast, settings: Settings, browser: Browser) -> None:
    crowd.frozen(cast, settings, count=40)
    official = browser.as_(cast.official).get("/desk")
    assert any("上学路上" in words for words in official.links)
    assert not any(
        "上学路上" in words for words in browser.as_(cast.far_official).get("/desk").links
    )
    with time_machine.travel(now() + crowd.timedelta(days=100), tick=False):
        assert "有 1 份回音过了答应孩子的日子。" in browser.as_(cast.official).get("/desk").text
    browser.as_(cast.secretary).get("/desk")


def test_the_desk_is_shut_to_children(cast: Cast, browser: Browser) -> None:
    browser.as_(cast.child).get("/desk", status=403)
    assert "/staff/sign-in" in browser.client.get("/desk").headers["Location"]


@pytest.mark.parametrize("page", ["remember", "readers", "numbers", "guardians", "accessibility"])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_about(app: Flask, browser: Browser, page: str, language: str) -> None:
    shown = browser.get(f"/about/{page}", headers={"Accept-Language": language})
    assert len(shown.words("h2")) >= 3


def test_other_texts_are_not_there(app: Flask, browser: Browser) -> None:
    browser.get("/about/secret", status=404)
    assert browser.get("/about/components").h1 == "组件总表"


class TestDisplay:
    """Light, size and language are kept in cookies of the device."""

    def test_each_choice(self, app: Flask, browser: Browser) -> None:
        for name, value in (("theme", "dark"), ("size", "big"), ("language", "en")):
            page = browser.client.post("/display", data={name: value, "next": "/topics"})
            assert (page.status_code, page.headers["Location"]) == (303, "/topics")
            cookie = browser.client.get_cookie(name)
            assert cookie is not None and cookie.value == value and cookie.http_only
        shown = browser.get("/topics")
        assert shown.root is not None
        assert [shown.root.get(name) for name in ("lang", "data-theme", "data-size")] == [
            "en",
            "dark",
            "big",
        ]

    def test_back_to_usual(self, app: Flask, browser: Browser) -> None:
        browser.client.post("/display", data={"theme": "dark"})
        browser.client.post("/display", data={"theme": ""})
        assert browser.client.get_cookie("theme") is None

    def test_anything_else_is_not_kept(self, app: Flask, browser: Browser) -> None:
        page = browser.client.post(
            "/display", data={"theme": "evil", "visit": "x", "next": "https://evil.example/"}
        )
        assert page.headers["Location"] == "/"
        assert browser.client.get_cookie("theme") is None

    def test_not_from_another_site(self, app: Flask, browser: Browser) -> None:
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            page = browser.client.post("/display", data={"theme": "dark"}, headers=headers)
            assert page.status_code == 400


def test_small_addresses(app: Flask, browser: Browser) -> None:
    assert json.loads(browser.client.get("/health").data) == {"status": "ok", "database": "ok"}
    assert "Disallow: /me" in browser.client.get("/robots.txt").get_data(as_text=True)
    icon = browser.client.get("/favicon.ico", follow_redirects=True)
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize("address", ["/", "/topics", "/echoes", "/open-data"])
def test_no_page_for_everybody_starts_a_session(app: Flask, browser: Browser, address: str) -> None:
    assert "Set-Cookie" not in browser.client.get(address).headers


def test_pages_cost_few_statements(topic: Topic, cast: Cast, browser: Browser) -> None:
    child = browser.as_(cast.middle_child)
    for visitor, address, most in (
        (child, "/", 13),
        (child, "/me", 17),
        (child, "/topics", 5),
        (browser, "/", 11),
        (browser, "/echoes", 5),
    ):
        visitor.get(address)
        assert count(lambda v=visitor, a=address: v.client.get(a)) <= most, address


def count(deed: Callable[[], Any]) -> int:
    """How many statements a deed sends."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(database().engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(database().engine, "before_cursor_execute", note)
    return len(sent)
