"""The page after a message: a redirect, a secret for a while, the numbers where it is urgent."""

from datetime import timedelta
from typing import ClassVar

import pytest
import time_machine

from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from tests.accounts.test_races import statuses
from tests.safeguarding.room import concerns, on_duty
from tests.safeguarding.test_pages import opened, secret_on
from tests.support.browser import Browser
from tests.support.cast import Cast


class TestOnce:
    """A message that is sent twice is one; the page after it shows the secret for a while."""

    SENT: ClassVar = {"text": "我有点难过", "answer": "here"}

    def test_the_deed_ends_in_a_redirect_without_the_words(
        self, browser: Browser, cast: Cast
    ) -> None:
        answer = browser.client.post("/help", data=self.SENT)
        assert answer.status_code == 303
        address = answer.headers["Location"]
        assert address.startswith("/help/thanks/") and len(address) < 600
        page = browser.get(address)
        secret = secret_on(page)
        assert str(secret["letters"]) not in address
        assert secret_on(browser.get(address)) == secret
        assert page.response.headers["Cache-Control"] == "no-store"
        assert len(concerns()) == 1

    def test_after_some_minutes_the_page_keeps_quiet(self, browser: Browser, cast: Cast) -> None:
        address = browser.client.post("/help", data=self.SENT).headers["Location"]
        for minutes, shown in ((9, True), (11, False)):
            with time_machine.travel(now() + timedelta(minutes=minutes), tick=False):
                page = browser.get(address)
            assert ("你的小暗号" in page.text) == shown
            assert page.h1 == "谢谢你告诉我们"

    @pytest.mark.parametrize("odd", ["", "/x", "/AQ", "/%E5%AD%A6", f"/{'A' * 300}"])
    def test_any_other_address_thanks_and_shows_nothing(
        self, browser: Browser, cast: Cast, odd: str
    ) -> None:
        page = browser.get(f"/help/thanks{odd}")
        assert page.h1 == "谢谢你告诉我们" and "你的小暗号" not in page.text

    def test_a_complaint_s_address_opens_no_help_page_and_the_other_way_round(
        self, browser: Browser, cast: Cast
    ) -> None:
        for door, other in (("/complain", "/help"), ("/help", "/complain")):
            address = browser.client.post(door, data={"text": "这一页写错了"}).headers["Location"]
            page = browser.get(address.replace(door, other))
            assert "最晚" not in page.text and "你的小暗号" not in page.text
            assert "编号" not in page.text

    def test_the_same_visit_sends_twice(self, browser: Browser, cast: Cast) -> None:
        said = [secret_on(browser.post("/help", self.SENT)) for _twice in range(2)]
        assert said[0] == said[1] and len(concerns()) == 1
        browser.post("/help", {**self.SENT, "text": "我还是难过"})
        browser.post("/help", {**self.SENT, "whose": "friend"})
        assert len(concerns()) == 3
        with time_machine.travel(now() + timedelta(minutes=6), tick=False):
            assert secret_on(browser.post("/help", self.SENT)) != said[0]
        assert len(concerns()) == 4

    def test_a_double_tap_without_cookies(self, browser: Browser, cast: Cast) -> None:
        once = browser.get("/help").fields("/help#write")["once"]
        alone = browser.app.test_client(use_cookies=False)
        for _twice in range(2):
            alone.post("/help", data={**self.SENT, "once": once})
        assert len(concerns()) == 1
        assert browser.get("/help").fields("/help#write")["once"] != once

    def test_many_taps_at_one_moment(self, browser: Browser, cast: Cast) -> None:
        sent = {**self.SENT, "once": browser.get("/help").fields("/help#write")["once"]}
        assert statuses(browser, "/help", [sent] * 6) == [303] * 6
        assert len(concerns()) == 1

    def test_two_children_of_one_school_are_two(self, browser: Browser, cast: Cast) -> None:
        for visitor in (browser, Browser(browser.app, browser.settings)):
            visitor.post("/help", self.SENT)
        assert len(concerns()) == 2

    def test_a_complaint_of_harm_is_one_as_well(self, browser: Browser, cast: Cast) -> None:
        for _twice in range(2):
            browser.post("/complain", {"text": "老师打我"})
        assert len(concerns()) == 1

    @pytest.mark.parametrize("wish", ["", "here", "adult", "none"])
    def test_who_gave_no_name_always_gets_a_secret(
        self, browser: Browser, cast: Cast, wish: str
    ) -> None:
        sent = {"text": "我有点难过", "answer": wish, "contact": "林老师"}
        for visitor in (browser, browser.as_(cast.child)):
            secret = secret_on(visitor.post("/help", sent))
            assert "已经送到了" in browser.post("/help/answer", secret).text
        named = browser.as_(cast.child).post("/help", {**sent, "named": "y"})
        assert ("你的小暗号" in named.text) == (wish == "here")


class TestUrgent:
    @pytest.mark.parametrize(
        ("words", "large"), [("我现在想跳楼", True), ("我不想活了", True), ("同学天天骂我", False)]
    )
    def test_the_numbers_come_first_and_large(
        self, browser: Browser, cast: Cast, words: str, large: bool
    ) -> None:
        with unit_of_work():
            on_duty(cast)
        page = browser.post("/help", {"text": words})
        assert page.h1 == ("现在就打一个电话" if large else "谢谢你告诉我们")
        assert ("helps--now" in page.text) == large
        assert page.text.count('class="telno"') == 4
        assert (page.text.index('class="telno"') < page.text.index("你的小暗号")) == large
        assert opened(concerns()[0]).signs

    def test_with_nobody_on_duty_the_numbers_stand_first(
        self, browser: Browser, cast: Cast
    ) -> None:
        page = browser.post("/help", {"text": "同学天天骂我"})
        assert page.h1 == "谢谢你告诉我们"
        assert page.text.index('class="telno"') < page.text.index("你的小暗号")

    def test_words_of_danger_are_kept_though_something_is_missing(
        self, browser: Browser, cast: Cast
    ) -> None:
        browser.post("/help", {"text": "我现在想跳楼", "answer": "adult"})
        assert [one.level for one in concerns()] == [1]

    def test_what_is_promised_is_true_of_whom_it_is_said_to(
        self, browser: Browser, cast: Cast
    ) -> None:
        named, unnamed = browser.as_(cast.child).get("/help").text, browser.get("/help").text
        assert "我们就先跟你说一声" in named and "就写在回信里" in named
        assert "先跟你说一声" not in unnamed and "就写在回信里" in unnamed
        assert "不用从头说" not in browser.get("/help/answer").text
