"""The safeguarding desk as those who answer see it, and everybody else does not."""

import json

import pytest
from sqlalchemy import func, select

from participation.accounts.identity import Nobody
from participation.accounts.models import Person
from participation.audit.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.kernel.words import tidy
from participation.safeguarding import actions
from tests.safeguarding.room import concerns, light
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.shared import data


def readings() -> int:
    with unit_of_work(writes=False):
        return session().scalar(select(func.count()).where(Entry.what == "ConcernSeen")) or 0


@pytest.fixture
def asked(cast: Cast) -> int:
    with unit_of_work():
        return actions.ask_for_help(light(cast.child), "有人推我<b>", "操场").id


@pytest.fixture
def complained(cast: Cast) -> int:
    with unit_of_work():
        return actions.complain("这一页写错了").id


class TestDesk:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_lists_show_no_words(
        self, browser: Browser, cast: Cast, asked: int, complained: int, language: str
    ) -> None:
        desk = browser.as_(cast.safeguarding)
        desk.client.set_cookie("language", language)
        page = desk.get("/desk/concerns")
        rows = [link for link in page.links.values() if link.startswith("/desk/concerns/")]
        assert rows == [f"/desk/concerns/{asked}"]
        assert "有人推我" not in page.text and "王小满" not in page.text
        for state in ("new", "seen", "taken", "closing", "done", "nonsense"):
            desk.get(f"/desk/concerns?state={state}")
        page = browser.as_(cast.safeguarding).get("/desk/concerns")
        assert "还有 60 分钟" in page.text and "现在没有人值班" in page.text

    def test_what_was_found_in_a_message_stands_beside_it(
        self, browser: Browser, cast: Cast
    ) -> None:
        with unit_of_work():
            number = actions.ask_for_help(Nobody(), "爸爸喝酒就打我，昨天又打了").id
        desk = browser.as_(cast.safeguarding)
        assert "发现了" not in desk.get(f"/desk/concerns/{number}").text
        assert "发现了" in desk.post(f"/desk/concerns/{number}/read").text

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

    def test_one_officer_works_on_it(self, browser: Browser, cast: Cast, asked: int) -> None:
        desk, address = browser.as_(cast.safeguarding), f"/desk/concerns/{asked}"
        page = desk.post(f"{address}/note", {"note": "打过电话"}, status=422)
        assert "打过电话" in page.words("textarea")
        desk.post(f"{address}/read")
        assert "郑安" in desk.post(f"{address}/take").text
        desk.post(f"{address}/note", {"note": "打过电话"})
        desk.post(f"{address}/note", {"note": "长" * 4001}, status=422)
        desk.post(f"{address}/level", {"level": "1"})
        desk.post(f"{address}/level", {"level": "x"}, status=422)
        page = desk.post(f"{address}/answer", {"answer": ""}, status=422)
        desk.post(f"{address}/answer", {"answer": "我们来了。"})
        covered = desk.get(address)
        assert "打过电话" not in covered.text and "我们来了" not in covered.text
        page = desk.post(f"{address}/read")
        assert "打过电话" in page.text and "我们来了。" in page.text
        assert page.text.index("打过电话") < page.text.index("我们来了。")
        child = browser.as_(cast.child).get("/help/mine")
        assert "我们来了。" in child.text and "打过电话" not in child.text

    def test_nobody_else_comes_near(
        self, browser: Browser, cast: Cast, asked: int, complained: int
    ) -> None:
        deeds = ("read", "take", "note", "level", "answer", "report-form", "report", "close")
        more = ("close/decide", "remove", "identity", "identity/1/decide", "identity/1/see")
        for person in (
            *(cast.child, cast.stranger, cast.teacher, cast.moderator),
            *(cast.official, cast.administrator, cast.secretary),
        ):
            other = browser.as_(person)
            for address in ("/desk/concerns", f"/desk/concerns/{asked}", "/desk/duty"):
                other.get(address, status=403)
            for deed in (*deeds, *more):
                other.post(f"/desk/concerns/{asked}/{deed}", status=403)
        for deed in (*deeds, *more):
            browser.as_(cast.safeguarding).post(f"/desk/concerns/{complained}/{deed}", status=404)
        browser.post(f"/desk/concerns/{asked}/read", status=403)
        anonymous = browser.client.get("/desk/concerns")
        assert "/staff/sign-in" in anonymous.headers["Location"]
        assert readings() == 0

    def test_without_fresh_vetting_the_door_is_shut(
        self, browser: Browser, cast: Cast, asked: int
    ) -> None:
        with unit_of_work() as opened:
            opened.get_one(Person, cast.safeguarding.id).vetted_on = None
        desk = browser.as_(cast.safeguarding)
        for address in ("/desk/concerns", f"/desk/concerns/{asked}", "/desk/duty"):
            desk.get(address, status=403)
        desk.post(f"/desk/concerns/{asked}/read", status=403)

    def test_pages_by_key(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            for _number in range(21):
                actions.begin_drill(3)
        desk = browser.as_(cast.safeguarding)
        page = desk.get("/desk/concerns")
        older = next(link for link in page.links.values() if "before=" in link)
        assert len(desk.get(older).all("tr")) == 2
        for odd in ("x", "1-2", "0-1-x", f"0-1-{'9' * 40}"):
            desk.get(f"/desk/concerns?before={odd}")

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
            assert shown.split() == tidy(text[:4000]).split()

    def test_a_drill_is_told_from_a_child(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            drill = actions.begin_drill(1).id
            actions.ask_for_help(Nobody(), "有人推我")
        desk = browser.as_(cast.safeguarding)
        page = desk.get("/desk/concerns")
        assert "演练" in page.words("tr")[1] and "演练" not in page.words("tr")[2]
        assert "演练" in desk.get(f"/desk/concerns/{drill}").text
