"""What a child is told of her words after somebody decided: announced, clear, nothing in vain."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.models import Person
from participation.consultations.models import OpenWords
from participation.consultations.topic import Topic
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.moderation.actions import claim_next, decide
from participation.moderation.redaction import BAR
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published
from tests.consultations.test_pages import address
from tests.front.test_nothing_of_it import tell
from tests.support.browser import Browser
from tests.support.cast import Cast

TEXT = "食堂的菜太难吃了"


@pytest.fixture
def matter(cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


@pytest.fixture
def child(matter: Topic, cast: Cast, browser: Browser) -> Browser:
    visitor = browser.as_(cast.middle_child)
    tell(matter, visitor, TEXT)
    return visitor


def judge(by: Person, verdict: str, *reasons: str, **more: Any) -> None:
    with unit_of_work():
        case = claim_next(by)
        assert case is not None
        decide(by, case.id, version=case.version, verdict=verdict, reasons=reasons, **more)


def words_at(deed: str) -> str:
    with unit_of_work(writes=False):
        return f"/words/{session().scalars(select(OpenWords.id)).one().hex()}/{deed}"


class TestAppeal:
    def test_is_offered_as_long_as_it_is_heard(
        self, child: Browser, cast: Cast, browser: Browser
    ) -> None:
        judge(cast.moderator, "returned", "hurtful")
        for where in ("/me", words_at("mend")):
            assert words_at("appeal") in child.get(where).text
        with time_machine.travel(now() + timedelta(days=31), tick=False):
            late = browser.as_(cast.middle_child)
            late.post(words_at("appeal"), status=409)
            for where in ("/me", words_at("mend")):
                assert words_at("appeal") not in late.get(where).text

    def test_upheld_there_is_one_thing_to_do(self, child: Browser, cast: Cast) -> None:
        judge(cast.moderator, "returned", "hurtful")
        child.post(words_at("appeal"))
        judge(cast.second_moderator, "refused", "hurtful")
        page = child.get("/me")
        assert "另一位老师看过了，也请你改一改" in page.words("h2") and "去改" in page.links
        assert "没有发出来" not in page.text
        assert words_at("appeal") not in child.get(words_at("mend")).text

    def test_granted_promises_nothing_that_she_did_not_want(
        self, child: Browser, cast: Cast
    ) -> None:
        judge(cast.moderator, "refused", "hurtful")
        child.post(words_at("appeal"))
        judge(cast.second_moderator, "approved")
        page = child.get("/me")
        assert "可以发出来" not in page.text and "不会公开引用" in page.text


class TestNews:
    def test_home_tells_of_a_refusal_for_two_weeks(
        self, child: Browser, cast: Cast, browser: Browser
    ) -> None:
        assert "没有发出来" not in child.get("/").text
        judge(cast.moderator, "refused", "hurtful")
        assert "有 1 条没有发出来" in child.get("/").text
        assert "没有发出来" not in browser.as_(cast.child).get("/").text
        with time_machine.travel(now() + timedelta(days=15), tick=False):
            assert "没有发出来" not in browser.as_(cast.middle_child).get("/").text

    @pytest.mark.parametrize("answer", ["approved", "refused"])
    def test_home_tells_that_an_appeal_was_answered(
        self, answer: str, child: Browser, cast: Cast
    ) -> None:
        judge(cast.moderator, "refused", "hurtful")
        child.post(words_at("appeal"))
        assert "没有发出来" not in child.get("/").text, "it is being looked at"
        judge(cast.second_moderator, answer, *(("hurtful",) if answer == "refused" else ()))
        page = child.get("/")
        assert "另一位老师回答你了：有 1 条又看了一次。" in page.text
        assert "没有发出来，写着" not in page.text

    def test_what_an_officer_has_is_no_news(self, child: Browser, cast: Cast) -> None:
        before = child.get("/").words("main")
        judge(cast.moderator, "escalated")
        assert child.get("/").words("main") == before


def test_the_place_that_was_meant_is_marked(matter: Topic, cast: Cast, browser: Browser) -> None:
    visitor = browser.as_(cast.middle_child)
    sent = {matter.words_questions[0].name: "<b>打给我 13800138000"}
    page = visitor.post(address(matter, "/give-opinion"), sent, status=422)
    sure = next(one.get("value") for one in page.all("button") if one.get("name") == "sure")
    visitor.post(address(matter, "/give-opinion"), {**sent, "sure": sure})
    judge(cast.moderator, "returned", "contact")
    page = visitor.get(words_at("mend"))
    assert page.words("mark") == ["13800138000"] and "&lt;b&gt;打给我" in page.text


def test_the_road_moves_on_when_they_are_read(matter: Topic, child: Browser, cast: Cast) -> None:
    def to_come() -> int:
        page = child.get(address(matter, "/thanks"))
        return sum("is-next" in (one.get("class") or "") for one in page.all("li"))

    before = to_come()
    judge(cast.moderator, "approved")
    assert to_come() == before - 1


def test_covered_words_are_said_to_be_covered(
    cast: Cast, settings: Settings, browser: Browser
) -> None:
    with time_machine.travel(now() - timedelta(days=40), tick=False):
        made = published(cast, settings)
        with unit_of_work():
            crowd.answer(made, 40)
            crowd.say(made, "绿灯再长一点。")
            covered = crowd.say(made, f"{BAR}说绿灯太短。")
    crowd.work()
    told = "有的话里遮住了几个字"
    assert told in browser.get(f"/topics/{made.id}/result").text
    with unit_of_work():
        session().get_one(OpenWords, covered.id).may_quote = False
    assert told not in browser.as_(cast.child).get(f"/topics/{made.id}/result").text
