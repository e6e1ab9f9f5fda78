"""One lasting place for the officers' answers to a child, whatever becomes of her words."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import inspect, select

from participation.accounts.models import Person
from participation.consultations.actions import closing
from participation.consultations.models import OpenWords
from participation.consultations.topic import Topic
from participation.kernel import writings
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import session, unit_of_work
from participation.moderation.actions import claim_next, decide
from participation.safeguarding import actions
from participation.safeguarding.models import Concern
from participation.safeguarding.queries import unread_count
from participation.settings import ROOT, Settings
from tests.consultations.stage import published
from tests.consultations.test_pages import address, full
from tests.safeguarding.room import entries, light, opened_and_taken
from tests.support.browser import Browser
from tests.support.cast import Cast

HURT = "爸爸喝酒就打我，昨天又打了"
ANSWER = "明天课间，去找林老师。"
LATER = "我们又想了一个办法。"


@pytest.fixture
def matter(cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


def tell(matter: Topic, visitor: Browser, text: str = HURT) -> None:
    sent = {**full(matter), matter.words_questions[0].name: text}
    visitor.post(address(matter, "/give-opinion"), sent)


def answered(cast: Cast, text: str = ANSWER) -> None:
    """The officer answers the one concern that there is."""
    with unit_of_work():
        concern = session().scalars(select(Concern)).one()
        if concern.state == "new":
            opened_and_taken(cast, concern)
        actions.answer_child(light(cast.safeguarding), concern, text)


def close(cast: Cast, outcome: str, for_child: str = "") -> None:
    with unit_of_work():
        concern = session().scalars(select(Concern)).one()
        one, two = light(cast.safeguarding), light(cast.second_safeguarding)
        if concern.state == "new":
            opened_and_taken(cast, concern)
        actions.read_concern(one, concern)
        actions.ask_closing(
            one, concern, "看过了", outcome=outcome, no_report="没有危险", for_child=for_child
        )
        actions.read_concern(two, concern)
        actions.confirm_closing(two, concern)


class TestWordsThatWereScreened:
    def test_the_answer_is_hers_and_nobody_else_s(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        page = child.get("/help/mine")
        assert "现在还没有信" in page.text and "我看过了" not in page.text
        answered(cast)
        page = child.get("/help/mine")
        assert ANSWER in page.text and "打我" not in page.text
        for person in (cast.child, cast.teenager, cast.stranger):
            assert ANSWER not in browser.as_(person).get("/help/mine").text
        browser.as_(cast.moderator).get("/help/mine", status=403)

    def test_it_stays_when_she_changes_takes_back_or_the_matter_closes(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        answered(cast)
        tell(matter, child, "多种树")
        assert ANSWER in child.get("/help/mine").text
        child.post(address(matter, "/withdraw"))
        assert ANSWER in child.get("/help/mine").text
        close(cast, "closed")
        with time_machine.travel(now() + timedelta(days=40), tick=False):
            with unit_of_work():
                closing.close_topic(matter.id)
            page = browser.as_(cast.middle_child).get("/help/mine")
        assert ANSWER in page.text and "保护老师办好了。" in page.text

    def test_passed_on_by_a_moderator(self, matter: Topic, cast: Cast, browser: Browser) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child, "食堂的菜太难吃了")
        with unit_of_work():
            case = claim_next(cast.moderator)
            assert case is not None
            decide(cast.moderator, case.id, version=case.version, verdict="escalated")
        answered(cast)
        assert ANSWER in child.get("/help/mine").text

    def test_no_concern_shows_only_what_was_answered(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        close(cast, "released")
        assert "交到了保护老师手里" not in child.get("/help/mine").text
        assert unread(cast.middle_child) == 0

    def test_no_concern_with_an_answer(self, matter: Topic, cast: Cast, browser: Browser) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        close(cast, "released", ANSWER)
        assert ANSWER in child.get("/help/mine").text
        assert unread(cast.middle_child) == 1


class TestNews:
    """The link on "mine" is the same for every child; a number stands beside it while one waits."""

    def test_every_child_has_the_same_link(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        for person in cast.children:
            page = browser.as_(person).get("/me")
            assert page.links["给我的信"] == "/help/mine" and "封新的" not in page.text
        answered(cast)
        assert "1 封新的" in child.get("/me").words("span")
        assert "封新的" not in browser.as_(cast.child).get("/me").text

    def test_until_she_has_read_it(self, matter: Topic, cast: Cast, browser: Browser) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        answered(cast)
        assert "新的" in child.get("/help/mine").words("span")
        assert "1 封新的" in child.get("/me").text, "looking writes nothing"
        read(child)
        assert "封新的" not in child.get("/me").text
        assert "新的" not in child.get("/help/mine").words("span")
        answered(cast, LATER)
        assert "1 封新的" in child.get("/me").text

    def test_one_that_came_meanwhile_is_not_read(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        answered(cast)
        answered(cast, LATER)
        child.post("/help/mine/read", {"shown": "1"})
        child.post("/help/mine/read", {"shown": "many"})
        assert unread(cast.middle_child) == 2
        browser.as_(cast.child).post("/help/mine/read", {"shown": "2"})
        assert unread(cast.middle_child) == 2

    def test_the_record_keeps_the_day_and_nobody(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        child = browser.as_(cast.middle_child)
        tell(matter, child)
        answered(cast)
        read(child)
        read(child)
        with unit_of_work(writes=False):
            (entry,) = entries("AnswersRead")
            assert (entry.by, entry.request, entry.at) == (None, "", start_of(today()))

    def test_grown_ups_and_strangers_have_no_such_page(self, cast: Cast, browser: Browser) -> None:
        browser.as_(cast.safeguarding).post("/help/mine/read", {"shown": "0"}, status=403)
        assert browser.client.post("/help/mine/read").status_code == 403


def unread(person: Person) -> int:
    with unit_of_work(writes=False):
        return unread_count(light(person))


def read(visitor: Browser) -> None:
    shown = visitor.get("/help/mine").fields("/help/mine/read").get("shown", "1")
    visitor.post("/help/mine/read", {"shown": shown})


class TestWritings:
    def test_no_key_of_her_stands_with_the_concern(
        self, matter: Topic, cast: Cast, browser: Browser
    ) -> None:
        tell(matter, browser.as_(cast.middle_child))
        with unit_of_work(writes=False):
            concern = session().scalars(select(Concern)).one()
            words = session().scalars(select(OpenWords)).one()
            kept = [getattr(concern, name) for name in inspect(Concern).columns.keys()]  # noqa: SIM118
            assert words.participant not in kept and concern.writer_mark is None

    def test_only_her_own_page_asks(self) -> None:
        """Whoever asks learns all that a person wrote."""
        found = {
            str(path.relative_to(ROOT))
            for path in (ROOT / "participation").rglob("*.py")
            if "written_by(" in path.read_text()
        }
        assert found == {
            "participation/kernel/writings.py",
            "participation/safeguarding/queries/answers.py",
        }

    def test_nothing_written_is_nothing_found(self, cast: Cast) -> None:
        with unit_of_work(writes=False):
            assert writings.written_by(cast.child.id) == []
