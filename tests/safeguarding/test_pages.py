"""The help door and the complaint page as anyone sees them; the desk as those who answer see it."""

import json

import pytest
from sqlalchemy import func, select

from participation.audit.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.safeguarding import actions, views
from participation.safeguarding.models import Concern
from tests.safeguarding.test_actions import light
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.shared import data


def concerns() -> list[Concern]:
    with unit_of_work():
        return list(session().scalars(select(Concern).order_by(Concern.id)))


def readings() -> int:
    with unit_of_work(writes=False):
        return session().scalar(select(func.count()).where(Entry.what == "ConcernSeen")) or 0


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
            assert {"tel:12355", "tel:12356", "tel:110"} <= set(targets)
            assert any(link.get("data-leave") is not None for link in page.all("a"))

    def test_a_child_learns_who_helps_at_her_school(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.child).get("/help")
        assert page.h1 == "你不用一个人扛着"
        assert "林老师" in page.text
        assert "林老师" not in browser.get("/help").text

    def test_anyone_writes_without_a_name(self, browser: Browser, cast: Cast) -> None:
        page = browser.post("/help", {"text": " 有人推我 ", "contact": "", "named": "y"})
        assert page.h1 == "谢谢你告诉我们"
        (concern,) = concerns()
        assert (concern.text, concern.person_id, concern.school_id) == ("有人推我", None, None)

    def test_a_child_without_consent_is_heard(self, browser: Browser, cast: Cast) -> None:
        child = browser.as_(cast.unconsented)
        assert child.get("/help").fields("/help#write")["named"] == "y"
        child.post("/help", {"text": "有人推我", "contact": "操场", "named": "y"})
        (concern,) = concerns()
        assert (concern.person_id, concern.contact) == (cast.unconsented.id, "操场")

    def test_a_child_may_keep_her_name(self, browser: Browser, cast: Cast) -> None:
        browser.as_(cast.child).post("/help", {"text": "有人推我"})
        assert concerns()[0].person_id is None

    def test_nothing_is_lost_when_something_is_missing(self, browser: Browser, cast: Cast) -> None:
        page = browser.post("/help", {"text": "", "contact": "操场边"}, status=422)
        assert "写一句也行，我们才知道怎么帮你" in page.text
        assert page.fields("/help#write")["contact"] == "操场边"
        long = "长" * 4001
        page = browser.post("/help", {"text": long}, status=422)
        assert page.words("textarea") == [long]
        assert concerns() == []

    def test_too_many_are_asked_to_wait_and_keep_their_words(
        self, browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views, "A_SCHOOL_AN_HOUR", 1)
        browser.post("/help", {"text": "一"})
        page = browser.post("/help", {"text": "二"}, status=429)
        assert page.words("textarea") == ["二"]
        assert len(concerns()) == 1

    def test_without_a_token_nothing_is_kept(self, browser: Browser, cast: Cast) -> None:
        browser.post("/help", {"text": "一", "csrf_token": ""}, status=400)
        assert concerns() == []


class TestComplaint:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_anyone_complains(self, browser: Browser, cast: Cast, language: str) -> None:
        for visitor in (browser, browser.as_(cast.child)):
            visitor.client.set_cookie("language", language)
            assert "15" in visitor.get("/complain").text
            visitor.post("/complain", {"text": "这一页写错了", "contact": ""})
        assert [(one.kind, one.person_id) for one in concerns()] == [("complaint", None)] * 2

    def test_an_empty_one_is_sent_back(self, browser: Browser, cast: Cast) -> None:
        page = browser.post("/complain", {"text": "\x00 ", "contact": "x@city.example"}, status=422)
        assert page.fields("/complain")["contact"] == "x@city.example"


class TestDesk:
    @pytest.fixture
    def asked(self, cast: Cast) -> int:
        with unit_of_work():
            return actions.ask_for_help(light(cast.child), "有人推我<b>", "操场").id

    @pytest.fixture
    def complained(self, cast: Cast) -> int:
        with unit_of_work():
            return actions.complain("这一页写错了").id

    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_lists_show_no_words(
        self, browser: Browser, cast: Cast, asked: int, complained: int, language: str
    ) -> None:
        for person, own in ((cast.safeguarding, asked), (cast.secretary, complained)):
            desk = browser.as_(person)
            desk.client.set_cookie("language", language)
            page = desk.get("/desk/concerns")
            rows = [link for link in page.links.values() if link.startswith("/desk/concerns/")]
            assert rows == [f"/desk/concerns/{own}"]
            assert "有人推我" not in page.text and "写错了" not in page.text
            assert "王小满" not in page.text
            for state in ("new", "seen", "done", "nonsense"):
                desk.get(f"/desk/concerns?state={state}")

    def test_opening_is_a_deed(self, browser: Browser, cast: Cast, asked: int) -> None:
        desk = browser.as_(cast.safeguarding)
        page = desk.get(f"/desk/concerns/{asked}")
        assert "有人推我" not in page.text and "王小满" not in page.text
        assert readings() == 0
        page = desk.post(f"/desk/concerns/{asked}/read")
        assert "有人推我&lt;b&gt;" in page.text
        assert "王小满" in page.text and "湖滨路第三小学" in page.text and "操场" in page.text
        assert readings() == 1
        assert "有人推我" not in desk.get(f"/desk/concerns/{asked}").text

    def test_noted_then_done(self, browser: Browser, cast: Cast, complained: int) -> None:
        desk, address = browser.as_(cast.secretary), f"/desk/concerns/{complained}/note"
        page = desk.post(address, {"note": "好了", "done": "1"}, status=422)
        assert page.words("textarea") == ["好了"]
        desk.post(f"/desk/concerns/{complained}/read")
        page = desk.post(address, {"note": "去查了"})
        assert page.words("textarea") == ["去查了"]
        desk.post(address, {"note": "长" * 4001}, status=422)
        page = desk.post(address, {"note": "改好了", "done": "1"})
        assert page.all("textarea") == []
        assert "改好了" in page.text
        desk.post(address, {"note": "再写"}, status=403)

    def test_nobody_else_comes_near(
        self, browser: Browser, cast: Cast, asked: int, complained: int
    ) -> None:
        for person in (cast.child, cast.stranger, cast.teacher, cast.moderator, cast.official):
            other = browser.as_(person)
            other.get("/desk/concerns", status=403)
            other.get(f"/desk/concerns/{asked}", status=403)
            other.post(f"/desk/concerns/{asked}/read", status=403)
        browser.as_(cast.secretary).get(f"/desk/concerns/{asked}", status=404)
        browser.as_(cast.secretary).post(f"/desk/concerns/{asked}/read", status=404)
        browser.as_(cast.safeguarding).post(f"/desk/concerns/{complained}/note", status=404)
        browser.post(f"/desk/concerns/{asked}/read", status=403)
        anonymous = browser.client.get("/desk/concerns")
        assert "/staff/sign-in" in anonymous.headers["Location"]
        assert readings() == 0

    def test_pages_by_key(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            for number in range(21):
                actions.complain(str(number))
        desk = browser.as_(cast.secretary)
        page = desk.get("/desk/concerns")
        older = next(link for link in page.links.values() if "before=" in link)
        assert len(desk.get(older).all("tr")) == 2

    def test_hostile_strings_are_shown_unchanged(self, browser: Browser, cast: Cast) -> None:
        hostile = [
            text for text in json.loads(data("naughty/blns.json").read_text()) if text.strip()
        ]
        desk = browser.as_(cast.safeguarding)
        for text in hostile[::25]:
            browser.post("/help", {"text": text[:4000]}, status=200)
            concern = concerns()[-1]
            page = desk.post(f"/desk/concerns/{concern.id}/read")
            said = next(part for part in page.all("p") if part.get("class") == "said")
            shown = "".join(said.itertext())
            assert shown.split() == concern.text.split()
