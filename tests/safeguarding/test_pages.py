"""The help door, the answers and the complaint page as anyone sees them."""

import re

import pytest
from flask import Flask, render_template_string

from participation.audit.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.safeguarding import actions
from participation.safeguarding.models import Concern
from participation.safeguarding.sealing import Contents, contents_of
from participation.safeguarding.views import answers
from participation.safeguarding.views import door as door_views
from tests.safeguarding.room import concerns, light, on_duty, opened_and_taken
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


def opened(concern: Concern) -> Contents:
    with unit_of_work():
        return contents_of(concern)


def secret_on(page: Page) -> dict[str, object]:
    """The pictures and letters that the thanks page shows."""
    pictures = [
        found.get("src", "").rpartition("pic-")[2].partition(".")[0]
        for found in page.all("img")
        if "pic-" in found.get("src", "")
    ]
    letters = re.search(r"</span>([A-Z0-9]{4})</p>", page.text)
    assert letters is not None
    return {"pictures": pictures, "letters": letters[1]}


class TestHelp:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_the_door_stands_open_to_anyone(
        self, browser: Browser, cast: Cast, language: str
    ) -> None:
        for visitor in (browser, browser.as_(cast.unconsented), browser.as_(cast.moderator)):
            visitor.client.set_cookie("language", language)
            page = visitor.get("/help")
            assert page.response.headers["Cache-Control"] == "no-store"
            targets = page.links.values()
            assert {"tel:12355", "tel:12356", "tel:110", "tel:120"} <= set(targets)
            assert {"#write", "#school", "#friend", "/help/answer"} <= set(targets)
            leave = [link for link in page.all("a") if link.get("data-leave") is not None]
            assert [link.get("href") for link in leave] == ["/"]

    def test_a_child_learns_who_helps_at_her_school(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.child).get("/help")
        assert page.h1 == "你不用一个人扛着"
        assert "林老师" in page.text
        assert "/help/mine" in page.links.values()
        anonymous = browser.get("/help")
        assert "林老师" not in anonymous.text and "班主任或者校医" in anonymous.text
        assert "/help/mine" not in anonymous.links.values()

    def test_it_says_what_the_rota_holds(self, browser: Browser, cast: Cast) -> None:
        assert "这会儿没有人值班" in browser.get("/help").text
        with unit_of_work():
            on_duty(cast)
        page = browser.get("/help")
        assert "这会儿没有人值班" not in page.text
        assert re.search(r"现在写，最晚 (今天|明天) \d\d:\d\d 有人看到", page.text)
        assert "等不了，就打上面的电话" in page.text

    def test_anyone_writes_without_a_name(self, browser: Browser, cast: Cast) -> None:
        page = browser.post("/help", {"text": " 我有点难过 ", "contact": "", "named": "y"})
        assert page.h1 == "谢谢你告诉我们"
        (concern,) = concerns()
        assert (opened(concern).text, opened(concern).name) == ("我有点难过", "")

    def test_a_child_without_consent_is_heard(self, browser: Browser, cast: Cast) -> None:
        child = browser.as_(cast.unconsented)
        assert "named" not in child.get("/help").fields("/help#write")
        child.post("/help", {"text": "我有点难过", "contact": "操场", "named": "y"})
        (concern,) = concerns()
        assert (opened(concern).name, opened(concern).contact) == ("孙阿柚", "操场")

    def test_a_child_may_keep_her_name(self, browser: Browser, cast: Cast) -> None:
        browser.as_(cast.child).post("/help", {"text": "我有点难过"})
        (concern,) = concerns()
        assert (opened(concern).name, concern.writer_mark) == ("", None)

    def test_a_friend_is_worried_about(self, browser: Browser, cast: Cast) -> None:
        page = browser.get("/help?for=friend")
        assert page.fields("/help#write")["whose"] == "friend"
        browser.post("/help", {"text": "他不想上学", "whose": "friend", "answer": "none"})
        assert opened(concerns()[0]).whose == "friend"

    def test_nothing_is_lost_when_something_is_missing(self, browser: Browser, cast: Cast) -> None:
        page = browser.post("/help", {"text": "", "contact": "操场边"}, status=422)
        assert page.links["发生了什么？ 写一句也行，我们才知道怎么帮你"] == "#text"
        (section,) = [part for part in page.all("section") if part.get("id") == "write"]
        assert [1 for part in section.iter() if part.get("data-error-summary") is not None]
        assert page.fields("/help#write")["contact"] == "操场边"
        page = browser.post("/help", {"text": "我有点难过", "answer": "adult"}, status=422)
        assert page.words("textarea") == ["我有点难过"]
        assert page.fields("/help#write")["answer"] == "adult"
        long = "长" * 4001
        page = browser.post("/help", {"text": long}, status=422)
        assert page.words("textarea") == [long]
        assert concerns() == []

    def test_too_many_are_asked_to_wait_and_keep_their_words(
        self, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(door_views, "A_SCHOOL_AN_HOUR", 1)
        browser.post("/help", {"text": "一"})
        page = browser.post("/help", {"text": "二"}, status=429)
        assert "歇一会儿再来" in page.text
        assert page.words("textarea") == ["二"]
        assert len(concerns()) == 1

    def test_whoever_keeps_no_cookies_is_heard(self, browser: Browser, cast: Cast) -> None:
        answer = browser.app.test_client(use_cookies=False).post("/help", data={"text": "一"})
        assert answer.status_code == 303
        assert [opened(one).text for one in concerns()] == ["一"]

    def test_another_site_does_not_write_here(self, browser: Browser, cast: Cast) -> None:
        for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
            for address in ("/help", "/complain", "/help/answer"):
                browser.post(address, {"text": "一"}, status=400, headers=header)
        assert concerns() == []


class TestAnswer:
    @pytest.fixture
    def asked(self, browser: Browser, cast: Cast) -> dict[str, object]:
        page = browser.post("/help", {"text": "我有点难过", "answer": "here"})
        assert page.h1 == "谢谢你告诉我们"
        assert page.response.headers["Cache-Control"] == "no-store"
        return secret_on(page)

    def test_any_browser_reads_it_by_the_secret(
        self, browser: Browser, cast: Cast, asked: dict[str, object]
    ) -> None:
        other = Browser(browser.app, browser.settings)
        page = other.post("/help/answer", asked)
        assert "已经送到了，保护老师会来看" in page.text and "我有点难过" not in page.text
        with unit_of_work():
            (concern,) = session().query(Concern).all()
            actions.answer_child(opened_and_taken(cast, concern), concern, "我们明天来。<b>")
        turned = {
            "pictures": [*reversed(asked["pictures"])],
            "letters": str(asked["letters"]).lower(),
        }
        page = other.post("/help/answer", turned)
        assert "我们明天来。&lt;b&gt;" in page.text
        assert page.response.headers["Cache-Control"] == "no-store"

    def test_a_wrong_one_says_nothing_and_keeps_what_was_typed(
        self, browser: Browser, cast: Cast, asked: dict[str, object]
    ) -> None:
        said, letters = set(), str(asked["letters"])
        for wrong in ("AAAA", ("C" if letters[0] == "B" else "B") + letters[1:]):
            page = browser.post("/help/answer", {**asked, "letters": wrong}, status=422)
            said.add("这个小暗号打不开" in page.text)
            assert page.fields("/help/answer")["letters"] == wrong
        assert said == {True}
        browser.post("/help/answer", {"letters": "AAAA", "pictures": ["fish"]}, status=422)
        browser.post("/help/answer", {}, status=422)

    def test_guessing_is_stopped_by_place_and_by_letters(
        self,
        browser: Browser,
        cast: Cast,
        asked: dict[str, object],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        wrong = {"letters": "AAAA", "pictures": ["fish", "kite", "moon", "leaf"]}
        monkeypatch.setattr(answers, "TRIES_OF_LETTERS", 2)
        for status in (422, 422, 429):
            browser.post("/help/answer", wrong, status=status)
        for _again in range(4):
            browser.post("/help/answer", asked)
        monkeypatch.setattr(answers, "TRIES_HERE", 3)
        browser.post("/help/answer", {**wrong, "letters": "BBBB"}, status=422)
        browser.post("/help/answer", {**wrong, "letters": "CCCC"}, status=429)

    def test_her_own_page_is_behind_the_door(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            concern = actions.ask_for_help(light(cast.child), "我有点难过")
            actions.answer_child(opened_and_taken(cast, concern), concern, "我们来了。")
        page = browser.as_(cast.child).get("/help/mine")
        assert "我们来了。" in page.text and "我有点难过" not in page.text
        assert "我们来了。" not in browser.as_(cast.middle_child).get("/help/mine").text
        browser.as_(cast.teacher).get("/help/mine", status=403)
        assert "/enter" in browser.client.get("/help/mine").headers["Location"]
        assert "/help/mine" not in browser.as_(cast.child).get("/").links.values()


class TestComplaint:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_anyone_complains(self, browser: Browser, cast: Cast, language: str) -> None:
        for visitor in (browser, browser.as_(cast.child)):
            visitor.client.set_cookie("language", language)
            assert "15" in visitor.get("/complain").text
            visitor.post("/complain", {"text": "这一页写错了", "contact": ""})
        assert [(one.kind, opened(one).person_id) for one in concerns()] == [("complaint", 0)] * 2

    def test_an_empty_one_is_sent_back(self, browser: Browser, cast: Cast) -> None:
        page = browser.post("/complain", {"text": "\x00 ", "contact": "x@city.example"}, status=422)
        assert page.fields("/complain")["contact"] == "x@city.example"

    def test_the_record_keeps_the_day_alone(self, browser: Browser, cast: Cast) -> None:
        browser.post("/complain", {"text": "这一页写错了"})
        with unit_of_work():
            (entry,) = session().query(Entry).filter(Entry.what == "ComplaintMade").all()
            assert entry.only_day and entry.request == ""


class TestHelpcard:
    """The card that other pages show after a sign of harm."""

    PAGE = (
        '{% from "components/helpcard.html" import helpcard %}'
        "<!doctype html><html lang=zh-Hans><title>x</title><h1>x</h1>{{ helpcard(site, band) }}"
    )

    @pytest.mark.parametrize(("band", "large"), [("a", 2), ("b", 0), ("c", 0), ("", 0)])
    def test_numbers_the_way_to_help_and_one_calm_sentence(
        self, app: Flask, band: str, large: int
    ) -> None:
        with app.test_request_context("/"):
            app.preprocess_request()
            page = render_template_string(self.PAGE, band=band)
        assert page.count('href="tel:') == 4
        assert page.count("helpcard__large") == large
        assert 'href="/help"' in page and page.count("<p>") == 2
