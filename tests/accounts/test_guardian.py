"""A guardian decides on a page, by a one-time code and without an account."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.consent import order_of
from participation.accounts.models import Consent, ConsentCode, Person
from participation.accounts.notice import present_notice
from participation.audit.models import Entry
from participation.kernel.codes import new_code
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.accounts.asking import consent_codes, standing, takes_part
from tests.support.browser import Browser, Page
from tests.support.cast import Cast
from tests.support.shared import data

START = datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


@pytest.fixture
def code(cast: Cast, settings: Settings) -> str:
    """A fresh code for the guardian of the child who has no consent yet."""
    return consent_codes(cast, settings)[cast.unconsented.id]


def decide(browser: Browser, code: str, wish: str, *, status: int = 200) -> Page:
    sent = {"decision": wish, "guardian": "y"}
    return browser.post(f"/guardian/{code}", sent, status=status)


class TestGuardianByCode:
    def test_the_page_shows_the_six_items_the_nickname_and_no_name(
        self, browser: Browser, cast: Cast, code: str
    ) -> None:
        page = browser.get(f"/guardian/{code}")
        assert page.h1 == "请您决定"
        for item in present_notice().items:
            assert item.heading["zh"] in page.words("h3")
            assert item.text["zh"] in page.text
        assert "告知书第 1 版" in page.text
        assert cast.unconsented.nickname in page.text
        for hidden in (cast.unconsented.legal_name, cast.school.name["zh"]):
            assert hidden not in page.text

    def test_in_english_it_is_complete(self, browser: Browser, code: str) -> None:
        page = browser.get(f"/guardian/{code}", headers={"Accept-Language": "en"})
        for item in present_notice().items:
            assert item.heading["en"] in page.words("h3")

    def test_both_answers_look_the_same_and_their_order_is_by_chance(
        self, browser: Browser, code: str
    ) -> None:
        pages = [browser.get(f"/guardian/{code}") for _ in range(2)]
        shown = [
            [(one.get("value"), one.get("class")) for one in page.all("button")
             if one.get("name") == "decision"]
            for page in pages
        ]  # fmt: skip
        assert shown[0] == shown[1]
        assert tuple(value for value, _look in shown[0]) == order_of(code)
        assert len({look for _value, look in shown[0]}) == 1

    def test_agreeing_is_on_record_at_once_and_gives_a_new_code(
        self, browser: Browser, cast: Cast, code: str
    ) -> None:
        child = browser.as_(cast.unconsented)
        assert not takes_part(child)
        page = decide(browser, code, "agreed")
        assert page.h1 == "谢谢，记下了"
        assert standing(cast.unconsented) == "agreed"
        assert takes_part(child)
        fresh = re.search(r"data-fresh-code>([A-Z2-9-]+)<", page.text)
        assert fresh is not None
        assert fresh[1] != code
        assert "现在：" in browser.get(f"/guardian/{fresh[1]}").text

    def test_a_code_works_once(self, browser: Browser, cast: Cast, code: str) -> None:
        decide(browser, code, "refused")
        assert decide(browser, code, "agreed", status=404).h1 == "这个码用不了"
        assert standing(cast.unconsented) == "refused"

    def test_withdrawal_takes_effect_at_the_next_request(
        self, browser: Browser, cast: Cast, code: str
    ) -> None:
        child = browser.as_(cast.unconsented)
        page = decide(browser, code, "agreed")
        assert takes_part(child)
        fresh = re.search(r"data-fresh-code>([A-Z2-9-]+)<", page.text)
        assert fresh is not None
        decide(browser, fresh[1], "refused")
        assert not takes_part(child)
        assert standing(cast.unconsented) == "withdrawn"
        with unit_of_work() as opened:
            rows = opened.scalars(select(Consent).order_by(Consent.id)).all()
            of_consent = select(Entry.what).where(Entry.what.startswith("Consent"))
            told = opened.scalars(of_consent.order_by(Entry.id)).all()
        assert [row.decision for row in rows[-2:]] == ["agreed", "withdrawn"]
        assert {row.channel for row in rows[-2:]} == {"code"}
        assert told[-2:] == ["ConsentRecorded", "ConsentWithdrawn"]

    def test_without_the_tick_or_an_answer_nothing_is_recorded(
        self, browser: Browser, cast: Cast, code: str
    ) -> None:
        page = browser.post(f"/guardian/{code}", {"decision": "agreed"}, status=422)
        assert "请先打勾" in page.text
        for odd in ("", "maybe", "withdrawn", "agreed' OR 1=1"):
            decide(browser, code, odd, status=422)
        assert standing(cast.unconsented) == ""

    def test_a_code_ends_after_its_days(
        self, browser: Browser, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        code = consent_codes(cast, settings)[cast.unconsented.id]
        clock.shift(timedelta(days=settings.consent_days, seconds=1))
        browser.get(f"/guardian/{code}", status=404)

    def test_once_the_child_is_fourteen_the_code_decides_nothing(
        self, browser: Browser, cast: Cast, code: str
    ) -> None:
        with unit_of_work():
            child = session().get_one(Person, cast.unconsented.id)
            child.born = date(START.year - 15, 1, 1)
        page = browser.get(f"/guardian/{code}")
        assert "由孩子自己决定" in page.text
        assert not [one for one in page.all("button") if one.get("name") == "decision"]
        decide(browser, code, "agreed", status=409)

    def test_a_child_who_left_has_no_page(self, browser: Browser, cast: Cast, code: str) -> None:
        with unit_of_work():
            session().get_one(Person, cast.unconsented.id).left_at = START
        browser.get(f"/guardian/{code}", status=404)

    def test_only_fingerprints_are_kept(self, cast: Cast, code: str) -> None:
        with unit_of_work() as opened:
            kept = opened.scalars(select(ConsentCode.code)).all()
        assert all(code.replace("-", "").encode() not in row for row in kept)


class TestTypingTheCode:
    def test_a_typed_code_leads_to_the_page(self, browser: Browser, code: str) -> None:
        page = browser.get("/guardian")
        assert page.h1 == "家长来决定"
        typed = f" {code.lower().replace('-', ' ')} "
        assert browser.post("/guardian", {"code": typed}).h1 == "请您决定"

    @pytest.mark.parametrize("text", ["", "x", "AAAA-AAAA-AAAA-AA", "童声", "A" * 61])
    def test_another_code_is_refused_in_place(
        self, browser: Browser, cast: Cast, text: str
    ) -> None:
        page = browser.post("/guardian", {"code": text}, status=422)
        assert page.fields("/guardian")["code"] == text

    def test_guessing_is_stopped_and_slips_are_not_counted(
        self, browser: Browser, code: str, clock: time_machine.Traveller
    ) -> None:
        token = browser.token()
        slip = code[:-1] + ("A" if code[-1] != "A" else "B")
        for _ in range(31):
            sent = {"csrf_token": token, "code": slip}
            assert browser.client.post("/guardian", data=sent).status_code == 422
        for _ in range(30):
            sent = {"csrf_token": token, "code": new_code()}
            assert browser.client.post("/guardian", data=sent).status_code == 422
        browser.post("/guardian", {"code": code}, status=429)

    def test_no_string_breaks_it(self, browser: Browser, cast: Cast) -> None:
        token = browser.token()
        for text in json.loads(data("naughty/blns.json").read_text("utf-8"))[::7]:
            sent = {"csrf_token": token, "code": text}
            assert browser.client.post("/guardian", data=sent).status_code == 422, text
