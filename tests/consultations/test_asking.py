"""Asked before sending: what tells too much is shown once, confirmed by its mark, never a bar."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from participation.consultations.models import AnswerDraft, AnswerSheet, OpenWords
from participation.consultations.topic import Topic
from participation.kernel.database import session, unit_of_work
from participation.moderation.actions import claim_next, decide
from participation.moderation.models import Case
from participation.screening import PERSONAL, for_child, screen
from participation.screening.asking import SAYS, ask_about, mark_of_text
from participation.screening.hints import hint
from tests.consultations.stage import QUESTIONS, published
from tests.consultations.test_lanes import Watch, lanes
from tests.consultations.test_pages import address, full
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

__all__ = ["lanes"]
PHONE = "绿灯太短，我的电话是 13800138000，打给我"
HARM = "爸爸喝酒就打我，我的电话是 13800138000"
LANGUAGES = ("zh-Hans", "en")


def given_texts() -> list[str]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(OpenWords.text)))


def hinted() -> list[list[str]]:
    """The kinds of hints of each waiting case."""
    with unit_of_work(writes=False):
        return [[str(one["what"]) for one in row] for row in session().scalars(select(Case.hints))]


def marks(page: Page) -> str:
    """What the second button confirms."""
    [value] = {one.get("value", "") for one in page.all("button") if one.get("name") == "sure"}
    return value


class TestAsk:
    @given(st.text(alphabet=st.sampled_from("我叫王语桐1380 微信abc12。\n"), max_size=60))
    def test_not_one_character_is_lost(self, text: str) -> None:
        ask = ask_about(text, for_child(screen(text)))
        assert "".join(piece.text for piece in ask.pieces) == text

    def test_each_kind_has_its_sentence_once(self) -> None:
        assert set(SAYS) == set(PERSONAL)
        hints = [hint("phone", 0, 1, "x"), hint("name", 2, 3, "called"), hint("phone", 4, 5, "x")]
        ask = ask_about("一二三四五", hints)
        assert ask.says == (SAYS["phone"], SAYS["name"])
        assert [piece.kind for piece in ask.pieces] == ["phone", "", "name", "", "phone"]
        assert ask.plain()["pieces"][0] == ["一", True]

    def test_another_text_has_another_mark(self) -> None:
        assert mark_of_text("一") == mark_of_text("一") != mark_of_text("二")


class TestOnePage:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shown_again_with_the_place_and_everything_typed(
        self, language: str, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.client.set_cookie("language", language)
        words = matter.words_questions[0]
        sent = full(matter, **{words.name: PHONE})
        page = visitor.post(address(matter, "/give-opinion"), sent, status=422)
        assert lanes.answered == 0
        assert given_texts() == []
        assert page.words("mark") == ["13800138000"]
        copy = [one for one in page.all("p") if one.get("class") == "ask__copy"]
        assert "".join(copy[0].itertext()) == PHONE
        [field] = page.all("textarea")
        assert (field.text or "").strip() == PHONE
        assert f"{words.name}-ask" in field.get("aria-describedby", "")
        said = "好像有电话号码" if language == "zh-Hans" else "phone number"
        assert said in page.text
        assert {
            one.get("value") for one in page.all("input") if one.get("checked") is not None
        } >= {
            "2",
            "1",
            "3",
        }

    def test_sent_so_it_goes_in_and_the_moderator_sees_the_place(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        path, name = address(matter, "/give-opinion"), matter.words_questions[0].name
        page = visitor.post(path, full(matter, **{name: PHONE}), status=422)
        visitor.post(path, full(matter, **{name: PHONE}, sure=marks(page)))
        assert lanes.answered == 1
        assert given_texts() == [PHONE]
        assert hinted() == [["phone"]]

    def test_a_text_changed_meanwhile_is_asked_about_anew(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        path, name = address(matter, "/give-opinion"), matter.words_questions[0].name
        mark = marks(visitor.post(path, full(matter, **{name: PHONE}), status=422))
        other = PHONE.replace("8000", "8001")
        page = visitor.post(path, full(matter, **{name: other}, sure=mark), status=422)
        assert page.words("mark") == ["13800138001"]
        visitor.post(path, full(matter, **{name: "绿灯太短"}, sure=mark))
        assert given_texts() == ["绿灯太短"]

    def test_nothing_is_asked_where_there_is_harm(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        name = matter.words_questions[0].name
        page = browser.as_(cast.middle_child).post(
            address(matter, "/give-opinion"), full(matter, **{name: HARM})
        )
        assert page.h1 == "谢谢你告诉我们" and not page.words("mark")
        assert given_texts() == [""]

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("同学总是笑我胖还抢我的书", True),
            ("作业多得想跳楼", True),
            ("被堵在厕所里要钱", False),
            ("有人叫我发照片给他", False),
        ],
    )
    def test_a_sign_of_harm_brings_a_calm_page_with_help(
        self, text: str, kept: bool, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        """Teasing waits at the front of the desk, extortion and grooming go to the officers; the
        child sees the same calm page."""
        name = matter.words_questions[0].name
        page = browser.as_(cast.middle_child).post(
            address(matter, "/give-opinion"), full(matter, **{name: text})
        )
        assert page.h1 == "谢谢你告诉我们" and any("12355" in one for one in page.words("aside"))
        assert given_texts() == ([text] if kept else [""])
        with unit_of_work(writes=False):
            [case] = session().scalars(select(Case))
            assert case.state == ("waiting" if kept else "escalated")
            assert not kept or case.queue == "care"

    def test_without_a_sign_the_page_is_the_usual_one(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        name = matter.words_questions[0].name
        page = browser.as_(cast.middle_child).post(
            address(matter, "/give-opinion"), full(matter, **{name: "红灯太长，等得我想死"})
        )
        assert page.h1 == "收到了！" and not any("12355" in one for one in page.words("aside"))

    @pytest.mark.parametrize(
        "text", ["司机真是笨蛋", "张大伟同学说红灯太长", "早上7点50分，13路车", "真他妈的堵"]
    )
    def test_words_and_unsure_places_are_not_asked_about(
        self, text: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        name = matter.words_questions[0].name
        browser.as_(cast.middle_child).post(
            address(matter, "/give-opinion"), full(matter, **{name: text})
        )
        assert given_texts() == [text]

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("我是湖滨三小的", "湖滨三小"),
            ("我生日是5月3号", "生日是5月3号"),
            ("我读五（3）班", "五（3）班"),
        ],
    )
    def test_school_class_and_birthday_are_asked_about(
        self, text: str, place: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        path, name = address(matter, "/give-opinion"), matter.words_questions[0].name
        page = browser.as_(cast.middle_child).post(path, full(matter, **{name: text}), status=422)
        assert page.words("mark") == [place]

    def test_a_name_of_her_own_school_is_asked_about(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        path, name = address(matter, "/give-opinion"), matter.words_questions[0].name
        sent = full(matter, **{name: "王小满每天都跑着过马路"})
        page = browser.as_(cast.middle_child).post(path, sent, status=422)
        assert page.words("mark") == ["王小满"]
        browser.as_(cast.teenager).post(path, sent)

    def test_what_she_sent_before_is_not_asked_about_again(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        path, name = address(matter, "/give-opinion"), matter.words_questions[0].name
        mark = marks(visitor.post(path, full(matter, **{name: PHONE}), status=422))
        visitor.post(path, full(matter, **{name: PHONE}, sure=mark))
        visitor.post(path, full(matter, **{name: PHONE, matter.questions[0].name: "5"}))
        with unit_of_work(writes=False):
            assert len(session().scalars(select(AnswerSheet)).all()) == 1

    def test_saving_for_later_asks_nothing(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        name = matter.words_questions[0].name
        browser.as_(cast.middle_child).post(
            address(matter, "/give-opinion"), full(matter, **{name: PHONE}, go="save")
        )
        assert given_texts() == []


class TestOneQuestion:
    def step(
        self, visitor: Browser, matter: Topic, step: int, status: int = 200, **sent: Any
    ) -> Page:
        return visitor.post(address(matter, "/give-opinion"), {"q": step, **sent}, status=status)

    def to_the_words(self, visitor: Browser, matter: Topic) -> int:
        """Answer everything before the words; returns their step."""
        asked = matter.questions_for("a")
        for step, question in enumerate(asked, start=1):
            if question.slot is None:
                return step
            self.step(visitor, matter, step, **{question.name: "1"})
        raise AssertionError("no words are asked")

    def test_the_last_step_asks_and_takes(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.child)
        step, name = self.to_the_words(visitor, matter), matter.words_questions[0].name
        page = self.step(visitor, matter, step, 422, **{name: PHONE})
        assert page.words("mark") == ["13800138000"]
        assert (page.all("textarea")[0].text or "").strip() == PHONE
        self.step(visitor, matter, step, **{name: PHONE}, sure=marks(page))
        assert given_texts() == [PHONE]

    def test_words_in_between_are_asked_about_at_their_step_and_not_again(
        self, browser: Browser, cast: Cast, settings: Any
    ) -> None:
        first_words = published(cast, settings, questions=(QUESTIONS[3], QUESTIONS[0]))
        visitor = browser.as_(cast.child)
        words, faces = first_words.questions_for("a")
        page = self.step(visitor, first_words, 1, 422, **{words.name: PHONE})
        with unit_of_work(writes=False):
            assert session().scalars(select(AnswerDraft)).all() == []
        page = self.step(visitor, first_words, 1, **{words.name: PHONE}, sure=marks(page))
        self.step(visitor, first_words, 2, **{faces.name: "3"})
        assert given_texts() == [PHONE]

    def test_words_that_came_by_the_draft_are_asked_about_at_the_end(
        self, browser: Browser, cast: Cast, settings: Any
    ) -> None:
        first_words = published(cast, settings, questions=(QUESTIONS[3], QUESTIONS[0]))
        visitor = browser.as_(cast.child)
        words, faces = first_words.questions_for("a")
        visitor.post(address(first_words, "/draft"), {"q": 1, words.name: PHONE}, status=204)
        page = self.step(visitor, first_words, 2, 422, **{faces.name: "3"})
        assert page.words("mark") == ["13800138000"]
        assert page.all("textarea")
        self.step(visitor, first_words, 1, **{words.name: "绿灯太短"})
        self.step(visitor, first_words, 2, **{faces.name: "3"})
        assert given_texts() == ["绿灯太短"]


class TestMending:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_mended_words_are_asked_about_too(
        self, language: str, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.client.set_cookie("language", language)
        visitor.post(address(matter, "/give-opinion"), full(matter))
        with unit_of_work():
            case = claim_next(cast.moderator)
            assert case is not None
            decide(
                cast.moderator, case.id, version=case.version, verdict="returned", reasons=["name"]
            )
            words_id = session().scalars(select(OpenWords.id)).one()
        path = f"/words/{words_id.hex()}/mend"
        page = visitor.post(path, {"text": PHONE}, status=422)
        assert page.words("mark") == ["13800138000"]
        assert (page.all("textarea")[0].text or "").strip() == PHONE
        assert given_texts() == ["把斑马线画成钢琴键"]
        visitor.post(path, {"text": PHONE + "！", "sure": marks(page)}, status=422)
        visitor.post(path, {"text": PHONE, "sure": marks(page)})
        assert given_texts() == [PHONE]
        assert hinted()[-1] == ["phone"]


class TestLooking:
    def look(self, visitor: Browser, text: str) -> Any:
        data = {"text": text, "csrf_token": visitor.token()}
        return visitor.client.post("/words/look", data=data)

    def test_what_would_be_asked_and_nothing_is_kept(
        self, matter: Topic, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(cast.child)
        found = self.look(visitor, PHONE)
        assert found.status_code == 200
        assert "".join(text for text, _marked in found.json["pieces"]) == PHONE
        assert [text for text, marked in found.json["pieces"] if marked] == ["13800138000"]
        assert found.json["says"] == ["好像有电话号码，去掉会更安全。"]
        for text in ("绿灯太短", "", HARM, "笨蛋"):
            assert self.look(visitor, text).status_code == 204
        assert self.look(visitor, "字" * 5000 + PHONE).status_code == 204
        with unit_of_work(writes=False):
            assert session().scalars(select(AnswerDraft)).all() == []

    def test_in_english(self, browser: Browser, cast: Cast) -> None:
        visitor = browser.as_(cast.child)
        visitor.client.set_cookie("language", "en")
        assert "phone" in self.look(visitor, PHONE).json["says"][0]

    @pytest.mark.parametrize("name", ["moderator", "official", "secretary", None])
    def test_only_children_are_looked_after(
        self, name: str | None, browser: Browser, cast: Cast
    ) -> None:
        visitor = browser.as_(getattr(cast, name)) if name else browser
        assert self.look(visitor, PHONE).status_code == 403
