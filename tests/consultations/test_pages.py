"""The pages of a matter as each person sees them, in both languages, from topic to receipt."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from participation.consultations.models import AnswerDraft, AnswerSheet, OpenWords
from participation.consultations.topic import Topic
from participation.kernel.clock import CITY_ZONE, city_day, now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.consultations.stage import drafted, published
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

LANGUAGES = ("zh-Hans", "en")


def address(matter: Topic, part: str = "") -> str:
    return f"/topics/{matter.id}{part}"


def left_of(matter: Topic, *, more: int = 0) -> str:
    """How long it still is, in days of the city as they stand on a calendar."""
    assert matter.closes_at
    return f"还有 {(city_day(matter.closes_at) - today()).days + more} 天"


def full(matter: Topic, **changes: Any) -> dict[str, Any]:
    """Every question answered in the form of the older children."""
    faces, several, single, words = (question.name for question in matter.questions)
    sent = {faces: "2", several: ["1", "3"], single: "dk", words: "把斑马线画成钢琴键"}
    return sent | changes


def in_language(browser: Browser, language: str) -> Browser:
    browser.client.set_cookie("language", language)
    return browser


class TestTopic:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everybody_reads_what_it_is_about(
        self, language: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        for person in (None, cast.child, cast.middle_child, cast.teenager, cast.official):
            visitor = browser.as_(person) if person else browser
            page = in_language(visitor, language).get(address(matter))
            assert page.h1 == matter.title.in_locale(language)
            for text in ("decided", "changeable", "unit"):
                assert getattr(matter, text).in_locale(language) in page.text
            assert matter.official in page.text

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("unconsented", "要家里的大人先同意"),
            ("secretary", "这里只听孩子说"),
        ],
    )
    def test_the_button_says_why_it_cannot_be_pressed(
        self, name: str, words: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        page = browser.as_(getattr(cast, name)).get(address(matter))
        assert words in page.text
        [button] = [one for one in page.all("button") if one.get("disabled") is not None]
        assert "说一说" in "".join(button.itertext())

    def test_other_ages_and_districts_are_told(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        near = published(cast, settings, bands="b", district_ids=(cast.district.id,))
        assert "别的年龄" in browser.as_(cast.child).get(address(near)).text
        assert "别的区" in browser.as_(cast.far_child).get(address(near)).text
        assert "湖滨区" in browser.get(address(near)).text

    def test_who_is_not_signed_in_is_led_to_the_door_and_back(
        self, matter: Topic, browser: Browser
    ) -> None:
        links = browser.get(address(matter)).links
        assert links["进来，说一说"] == f"/enter?next=/topics/{matter.id}/give-opinion"

    def test_before_during_after(self, matter: Topic, browser: Browser, cast: Cast) -> None:
        assert matter.opens_at and matter.closes_at
        visitor = browser.as_(cast.child)
        assert left_of(matter) in visitor.get(address(matter)).text
        with time_machine.travel(matter.opens_at - timedelta(hours=1), tick=False):
            for person in (cast.child, None):
                visitor = browser.as_(person) if person else browser
                early = visitor.get(address(matter))
                assert "开始问，到时候来说一说。" in early.text
                assert "进来，说一说" not in early.links
        with time_machine.travel(matter.closes_at - timedelta(minutes=1), tick=False):
            assert "今天是最后一天" in browser.as_(cast.child).get(address(matter)).text
        with time_machine.travel(matter.closes_at, tick=False):
            late = browser.as_(cast.child).get(address(matter))
            assert late.links["看看后来怎么样"] == f"/topics/{matter.id}/result"

    @pytest.mark.parametrize(("days", "shown"), [(20, True), (30, False)])
    def test_a_reason_only_for_a_short_time(
        self, days: int, shown: bool, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        opens = now() - timedelta(hours=1)
        made = published(
            cast,
            settings,
            opens_at=opens,
            closes_at=opens + timedelta(days=days),
            short_reason=Words(zh="开学前要定。"),
        )
        assert ("开学前要定。" in browser.get(address(made)).text) is shown

    def test_a_draft_and_a_strange_number_do_not_exist(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            draft = drafted(cast, settings).id
        for person in (None, cast.child, cast.secretary):
            visitor = browser.as_(person) if person else browser
            visitor.get(f"/topics/{draft}", status=404)
            visitor.get("/topics/999999", status=404)

    def test_a_later_close_shows_with_the_next_request(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor, secretary = browser.as_(cast.child), browser.as_(cast.secretary)
        assert left_of(matter) in visitor.get(address(matter)).text
        assert matter.closes_at is not None
        later = matter.closes_at + timedelta(days=4)
        secretary.post(
            f"/desk/topics/{matter.id}/extend",
            {"closes_at": f"{later.astimezone(CITY_ZONE):%Y-%m-%dT%H:%M}"},
        )
        assert left_of(matter, more=4) in visitor.get(address(matter)).text


class TestOnePage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_all_questions_and_none_chosen_beforehand(
        self, language: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        page = in_language(browser.as_(cast.middle_child), language).get(
            address(matter, "/give-opinion")
        )
        assert page.h1 == matter.title.in_locale(language)
        for question in matter.questions:
            assert question.wording.in_locale(language) in page.text
        assert not [one for one in page.all("input") if one.get("checked") is not None]
        assert len([one for one in page.all("input") if one.get("value") == "dk"]) == 3
        assert len([one for one in page.all("input") if one.get("value") == "skip"]) == 3

    def test_it_is_received_and_shown_again(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        thanks = visitor.post(address(matter, "/give-opinion"), full(matter))
        assert thanks.h1 == "收到了！"
        for words in ("不太好", "路口的红绿灯、人行道", "我不知道", "把斑马线画成钢琴键"):
            assert words in thanks.text
        assert "只有读意见的大人能看到" in thanks.text
        again = visitor.get(address(matter, "/give-opinion"))
        kept = [one for one in again.all("input") if one.get("checked") is not None]
        assert [one.get("value") for one in kept] == ["2", "1", "3", "dk"]
        assert "把斑马线画成钢琴键" in again.words("textarea")
        assert "已经答了 4 个" in again.text

    def test_nothing_at_all_is_no_opinion(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        page = browser.as_(cast.middle_child).post(address(matter, "/give-opinion"), {}, status=422)
        assert "还没有说呢" in page.text

    def test_what_is_wrong_is_said_there_and_nothing_typed_is_lost(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        _faces, several, single, words = matter.questions
        sent = full(
            matter, **{several.name: ["1", "2", "3"], single.name: "9", words.name: "长" * 501}
        )
        page = browser.as_(cast.middle_child).post(
            address(matter, "/give-opinion"), sent, status=422
        )
        assert "最多选 2 个，现在选了 3 个" in page.text
        assert "请从这几个里面选" in page.text
        assert "最多 500 个字，现在有 501 个" in page.text
        assert page.links["最多选 2 个，现在选了 3 个"] == f"#{several.name}-1"
        assert page.words("textarea") == ["长" * 501]
        assert page.words("title")[0].startswith("请改一改")
        kept = [one.get("value") for one in page.all("input") if one.get("checked") is not None]
        assert kept == ["2", "1", "2", "3"]
        with unit_of_work(writes=False):
            assert session().scalars(select(AnswerSheet)).all() == []

    def test_save_for_later(self, matter: Topic, browser: Browser, cast: Cast) -> None:
        visitor = browser.as_(cast.middle_child)
        sent = full(matter, go="save")
        page = visitor.post(address(matter, "/give-opinion"), sent)
        assert "存好了" in page.text
        assert "接着写" in page.text
        again = visitor.get(address(matter, "/give-opinion"))
        assert again.words("textarea") == ["把斑马线画成钢琴键"]
        sent = full(matter, go="save", **{matter.questions[3].name: "爸爸喝酒就打我，昨天又打了"})
        page = visitor.post(address(matter, "/give-opinion"), sent)
        assert "还没有交给谁看" in page.text and "110 或者 12355" in page.text

    @pytest.mark.parametrize("name", ["unconsented", "far_child"])
    def test_who_may_not_is_led_back(
        self, name: str, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        near = published(cast, settings, district_ids=(cast.district.id,))
        visitor = browser.as_(getattr(cast, name))
        answer = visitor.client.get(address(near, "/give-opinion"))
        assert (answer.status_code, answer.location) == (302, address(near))
        visitor.post(address(near, "/give-opinion"), full(near), status=403)
        visitor.post(address(near, "/draft"), full(near), status=403)

    def test_the_door_is_for_children(self, matter: Topic, browser: Browser, cast: Cast) -> None:
        for person in (cast.teacher, cast.moderator, cast.secretary, cast.official):
            browser.as_(person).get(address(matter, "/give-opinion"), status=403)
        answer = browser.client.get(address(matter, "/give-opinion"))
        assert answer.status_code == 302 and answer.location.startswith("/enter?next=")

    def test_a_post_without_the_token_is_refused(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        answer = visitor.client.post(address(matter, "/give-opinion"), data=full(matter))
        assert answer.status_code == 400


class TestOneQuestion:
    def ask(self, visitor: Browser, matter: Topic, step: int) -> Page:
        return visitor.get(address(matter, f"/give-opinion?q={step}"))

    def answer(self, visitor: Browser, matter: Topic, step: int, **sent: Any) -> Page:
        return visitor.post(address(matter, "/give-opinion"), {"q": step, **sent})

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_only_the_easy_questions_one_by_one(
        self, language: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = in_language(browser.as_(cast.child), language)
        asked = matter.questions_for("a")
        assert [question.kind for question in asked] == ["faces", "several", "words"]
        for step, question in enumerate(asked, start=1):
            page = self.ask(visitor, matter, step)
            assert page.h1 == question.easy.in_locale(language)
        assert self.ask(visitor, matter, 9).h1 == asked[2].easy.in_locale(language)

    def test_the_whole_way_by_tapping(self, matter: Topic, browser: Browser, cast: Cast) -> None:
        faces, several, words = matter.questions_for("a")
        visitor = browser.as_(cast.child)
        second = self.answer(visitor, matter, 1, **{faces.name: "5", "go": "next"})
        assert second.h1 == "先改哪里？"
        assert "红绿灯" in second.text and "走的路" in second.text
        third = self.answer(visitor, matter, 2, **{several.name: ["2"], "go": "next"})
        assert third.h1 == "你想说什么？"
        kept = self.ask(visitor, matter, 1)
        assert [o.get("value") for o in kept.all("input") if o.get("checked") is not None] == ["5"]
        thanks = self.answer(visitor, matter, 3, **{words.name: "绿灯太短", "go": "next"})
        assert thanks.h1 == "收到了！"
        assert "很好" in thanks.text and "斑马线" in thanks.text and "绿灯太短" in thanks.text
        with unit_of_work(writes=False):
            assert session().scalars(select(AnswerDraft)).all() == []

    def test_not_knowing_and_passing_over(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.child)
        self.answer(visitor, matter, 1, go="dk")
        self.answer(visitor, matter, 2, go="skip")
        thanks = self.answer(visitor, matter, 3, go="skip")
        assert thanks.h1 == "收到了！"
        assert "我不知道" in thanks.text

    def test_what_she_does_not_know_stays_until_she_chooses(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        faces = matter.questions_for("a")[0]
        visitor = browser.as_(cast.child)
        self.answer(visitor, matter, 1, go="dk")
        self.answer(visitor, matter, 2, go="skip")
        self.answer(visitor, matter, 3, go="skip")
        assert "你说过“我不知道”" in self.ask(visitor, matter, 1).text
        for step in (1, 2):
            self.answer(visitor, matter, step, go="next")
        assert "我不知道" in self.answer(visitor, matter, 3, go="next").text
        self.answer(visitor, matter, 1, **{faces.name: "5", "go": "next"})
        assert "你说过“我不知道”" not in self.ask(visitor, matter, 1).text

    def test_going_on_without_a_tap_is_no_skip(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        page = browser.as_(cast.child).post(
            address(matter, "/give-opinion?q=1"), {"q": 1, "go": "next"}, status=422
        )
        assert "先点一个" in page.text and page.h1 == matter.questions_for("a")[0].easy["zh"]

    def test_she_goes_on_where_she_stopped(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        faces, several, words = matter.questions_for("a")
        visitor = browser.as_(cast.child)
        for step, sent, following in (
            (1, {faces.name: "5", "go": "next"}, several),
            (2, {"go": "skip"}, words),
        ):
            self.answer(visitor, matter, step, **sent)
            page = visitor.get(address(matter, "/give-opinion"))
            assert page.h1 == following.easy["zh"]

    @pytest.mark.parametrize("typed", ["", "绿灯太短"])
    def test_passing_over_the_writing_sends_no_words(
        self, typed: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        faces, _several, words = matter.questions_for("a")
        visitor = browser.as_(cast.child)
        self.answer(visitor, matter, 1, **{faces.name: "5", "go": "next"})
        self.answer(visitor, matter, 2, go="skip")
        self.answer(visitor, matter, 3, **{words.name: typed, "go": "skip"})
        with unit_of_work(writes=False):
            assert session().scalars(select(OpenWords)).all() == []
            assert len(session().scalars(select(AnswerSheet)).all()) == 1

    def test_passing_over_everything_is_no_opinion(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.child)
        self.answer(visitor, matter, 1, go="skip")
        self.answer(visitor, matter, 2, go="skip")
        page = visitor.post(address(matter, "/give-opinion"), {"q": 3, "go": "next"}, status=422)
        assert "还没有说呢" in page.text

    def test_too_many_is_said_on_that_screen(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        several = matter.questions_for("a")[1]
        page = browser.as_(cast.child).post(
            address(matter, "/give-opinion"),
            {"q": 2, several.name: ["1", "2", "3"], "go": "next"},
            status=422,
        )
        assert page.h1 == "先改哪里？"
        assert "最多选 2 个，现在选了 3 个" in page.text
