"""Words that went to the safeguarding officers show on no page of the child who wrote them, and
every number is as if they were not there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.consultations.actions.closing import close_topic
from participation.consultations.models import AnswerDraft, OpenWords
from participation.consultations.topic import Topic
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.moderation.actions import claim_next, decide
from participation.safeguarding.models import Concern
from participation.settings import Settings
from tests.consultations.stage import published
from tests.consultations.test_pages import address, full
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

HURT = "鼯鼠看见了：爸爸喝酒就打我，昨天又打了"
CALM = "鼯鼠觉得食堂的菜不好吃"
NEVER = ("鼯鼠", "打我", "食堂", "escalated", "没有公开", "保护老师在处理")
"""Letters of the words, and what the site says about words that it passed on."""

Shown = dict[str, list[str]]
Tell = Callable[[Topic, Browser, str], Page]


@pytest.fixture
def matter(cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


def tell(matter: Topic, visitor: Browser, text: str) -> Page:
    """The same opinion with these words, or with none."""
    fields = {**full(matter), matter.words_questions[0].name: text}
    return visitor.post(address(matter, "/give-opinion"), fields)


def tell_step_by_step(matter: Topic, visitor: Browser, text: str) -> Page:
    for step, question in enumerate(matter.questions_for("a"), start=1):
        said = {question.name: text if question.slot is None else "1", "q": step, "go": "next"}
        page = visitor.post(address(matter, "/give-opinion"), said)
    return page


def own_pages(matter: Topic) -> list[str]:
    with unit_of_work(writes=False):
        ids = [words_id.hex() for words_id in session().scalars(select(OpenWords.id))]
    parts = ("", "/thanks", "/give-opinion", "/give-opinion?q=3", "/withdraw", "/mended", "/result")
    alone = ("/", "/me", "/topics", "/topics?when=over", "/echoes", "/help", "/me/devices")
    words = [f"/words/{each}/{deed}" for each in ids for deed in ("mend", "report")]
    return [*alone, *(address(matter, part) for part in parts), *words]


def shown(visitor: Browser, matter: Topic) -> Shown:
    """What she reads on every page of her own; not one letter of the words is among it."""
    found = {}
    for where in own_pages(matter):
        answer = visitor.client.get(where, follow_redirects=True)
        text = answer.get_data(as_text=True)
        assert [letters for letters in NEVER if letters in text] == [], where
        if not where.startswith("/words/"):
            found[where] = Page(answer).words("main")
    return found


@pytest.mark.parametrize(
    ("teller", "tells"), [("middle_child", tell), ("child", tell_step_by_step)]
)
class TestScreened:
    def test_every_page_is_as_it_was_without_them(
        self, teller: str, tells: Tell, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        visitor = browser.as_(getattr(cast, teller))
        tells(matter, visitor, "")
        before = shown(visitor, matter)
        page = tells(matter, visitor, HURT)
        assert "谢谢你告诉我们" in page.h1 and "鼯鼠" not in page.text
        assert page.links["给我的信"] == "/help/mine"
        assert shown(visitor, matter) == before
        with unit_of_work(writes=False):
            assert session().scalars(select(Concern.kind)).all() == ["sign"]

    def test_nor_after_she_changed_the_rest_or_took_it_back(
        self, teller: str, tells: Tell, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        visitor = browser.as_(getattr(cast, teller))
        tells(matter, visitor, HURT)
        before = shown(visitor, matter)
        assert tells(matter, visitor, "").h1 != "谢谢你告诉我们"
        assert shown(visitor, matter) == before
        page = visitor.post(address(matter, "/withdraw"))
        assert "鼯鼠" not in page.text
        shown(visitor, matter)

    def test_nor_after_the_close(
        self, teller: str, tells: Tell, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        tells(matter, browser.as_(getattr(cast, teller)), HURT)
        with time_machine.travel(now() + timedelta(days=40), tick=False):
            with unit_of_work():
                assert close_topic(matter.id)
            shown(browser.as_(getattr(cast, teller)), matter)


def test_passed_on_by_a_moderator(matter: Topic, cast: Cast, browser: Browser) -> None:
    visitor = browser.as_(cast.middle_child)
    tell(matter, visitor, "")
    before = shown(visitor, matter)
    tell(matter, visitor, CALM)
    with unit_of_work():
        case = claim_next(cast.moderator)
        assert case is not None
        decide(cast.moderator, case.id, version=case.version, verdict="escalated")
    assert shown(visitor, matter) == before


class TestDrafts:
    def draft(self, visitor: Browser, matter: Topic, text: str) -> None:
        name = matter.words_questions[0].name
        visitor.post(address(matter, "/draft"), {name: text}, status=204)

    def kept(self) -> str:
        with unit_of_work(writes=False):
            return " ".join(session().scalars(select(AnswerDraft.fields)))

    def test_one_that_comes_late_does_not_bring_sent_words_back(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        self.draft(visitor, matter, HURT)
        assert HURT in self.kept(), "not sent yet, it is hers to finish"
        tell(matter, visitor, HURT)
        self.draft(visitor, matter, HURT)
        assert HURT not in self.kept()
        self.draft(visitor, matter, "多种树")
        assert "多种树" in self.kept(), "she goes on"

    def test_nothing_that_is_typed_while_sending_step_by_step_is_lost(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        visitor = browser.as_(cast.child)
        tell_step_by_step(matter, visitor, HURT)
        tell_step_by_step(matter, visitor, HURT + "，他还锁门")
        with unit_of_work(writes=False):
            assert session().scalars(select(Concern.state)).all() == ["new"]
            assert session().scalars(select(OpenWords.turns)).one() == 2

    def test_they_end_with_the_matter(self, matter: Topic, cast: Cast, browser: Browser) -> None:
        visitor = browser.as_(cast.middle_child)
        self.draft(visitor, matter, "多种树")
        assert "1 份没写完的" in visitor.get("/me").text
        with time_machine.travel(now() + timedelta(days=40), tick=False):
            with unit_of_work():
                close_topic(matter.id)
            assert self.kept() == ""
            assert "0 份没写完的" in browser.as_(cast.middle_child).get("/me").text
