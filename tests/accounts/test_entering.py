"""A child comes in with a card and goes out again, as she sees it."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from sqlalchemy import select

from participation import create_app
from participation.accounts.actions.cards import reissue_card
from participation.accounts.actions.sign_ins import end_sign_ins
from participation.accounts.cards import PICTURES, IssuedCard
from participation.accounts.models import Lockout, LoginCard, Person, SignIn
from participation.audit.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed
from participation.settings import Settings
from tests.accounts.asking import cards_of_class, identity
from tests.support.browser import Browser, Page
from tests.support.cast import Cast
from tests.support.shared import data

START = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)


def wrong(card: IssuedCard) -> list[str]:
    return [name for name in PICTURES if name not in card.pictures][:3]


def enter(browser: Browser, card: IssuedCard, *, status: int = 303, **more: object) -> Page:
    sent = {"number": card.number, "pictures": list(card.pictures), **more}
    return browser.post("/enter", sent, status=status, follow=False)


def is_in(browser: Browser) -> bool:
    return browser.client.get("/me/devices").status_code == 200


@pytest.fixture
def card(cast: Cast, settings: Settings) -> IssuedCard:
    return cards_of_class(cast, settings)[cast.child.id]


class TestByNumber:
    def test_the_page_asks_for_number_and_pictures(self, browser: Browser, cast: Cast) -> None:
        page = browser.get("/enter")
        assert page.h1 == "拿出你的童声卡"
        assert [one.get("type") for one in page.all("input")].count("checkbox") == 9
        assert page.links["家长同意书"] == "/guardian"
        assert page.response.headers["Cache-Control"] == "no-store"

    def test_in_english_it_is_complete(self, browser: Browser, cast: Cast) -> None:
        page = browser.get("/enter", headers={"Accept-Language": "en"})
        assert page.root is not None and page.root.get("lang") == "en"

    @pytest.mark.parametrize("typed", ["{0}", "{1}", " {1}-{2} ", "{1} {2}"])
    def test_number_and_pictures_open_the_door(
        self, browser: Browser, card: IssuedCard, typed: str
    ) -> None:
        low = card.number.lower()
        number = typed.format(card.number, low[:4], low[4:])
        number = number if len(number.strip()) > 4 else low
        chosen = list(reversed(card.pictures))
        page = enter(browser, card, number=number, pictures=chosen)
        assert page.response.location == "/"
        assert is_in(browser)

    @pytest.mark.parametrize("count", [0, 1, 2, 4, 9])
    def test_three_pictures_no_more_no_fewer(
        self, browser: Browser, card: IssuedCard, count: int
    ) -> None:
        page = enter(browser, card, pictures=list(PICTURES)[:count], status=422)
        assert "要点 3 个图案，不多也不少" in page.text
        assert not is_in(browser)

    def test_the_refusal_is_the_same_for_wrong_pictures_and_an_unknown_number(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        known = enter(browser, card, pictures=wrong(card), status=422)
        unknown = enter(browser, card, number="HB3X2222", status=422)
        shown = [re.sub(r"(value|content)=\"[^\"]*\"", "", page.text) for page in (known, unknown)]
        assert shown[0] == shown[1]
        assert "卡号和图案对不上" in shown[0]

    def test_what_was_typed_stays_and_the_pictures_do_not(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        page = enter(browser, card, pictures=wrong(card), status=422)
        assert page.fields("/enter")["number"] == card.number
        assert not [one for one in page.all("input") if one.get("checked") is not None]

    @pytest.mark.parametrize(
        ("onward", "landing"),
        [
            ("/topics/7?page=2", "/topics/7?page=2"),
            ("https://evil.example/", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/\t/evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("", "/"),
        ],
    )
    def test_the_way_on_stays_on_this_site(
        self, browser: Browser, card: IssuedCard, onward: str, landing: str
    ) -> None:
        assert enter(browser, card, next=onward).response.location == landing

    def test_who_was_sent_to_the_door_comes_back_to_where_she_was(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        sent = browser.client.get("/me/nickname")
        assert parse_qs(urlsplit(sent.location).query) == {"next": ["/me/nickname"]}
        page = browser.get(sent.location)
        onward = page.fields("/enter")["next"]
        assert enter(browser, card, next=onward).response.location == "/me/nickname"

    def test_of_a_child_no_one_writes_down_that_she_came(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        enter(browser, card)
        with unit_of_work() as opened:
            told = set(opened.scalars(select(Entry.what)))
        assert told == {"CardIssued"}


class TestByQR:
    def test_the_code_knows_the_card_and_asks_for_the_pictures_only(
        self, browser: Browser, card: IssuedCard, cast: Cast
    ) -> None:
        page = browser.get(f"/enter/card/{card.secret}")
        assert page.h1 == "认出你的卡了"
        assert f"{card.number[:4]}-{card.number[4:]}" in page.text
        assert cast.child.nickname not in page.text
        assert cast.child.legal_name not in page.text
        address = f"/enter/card/{card.secret}"
        browser.post(address, {"pictures": list(card.pictures)}, status=303, follow=False)
        assert is_in(browser)

    def test_wrong_pictures_are_refused(self, browser: Browser, card: IssuedCard) -> None:
        page = browser.post(f"/enter/card/{card.secret}", {"pictures": wrong(card)}, status=422)
        assert "卡号和图案对不上" in page.text
        assert not is_in(browser)

    @pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AA", "x", "童声", "%E2%80%AE", "A" * 300])
    def test_an_unknown_code_is_no_card(self, browser: Browser, cast: Cast, code: str) -> None:
        page = browser.get(f"/enter/card/{code}", status=404)
        assert page.h1 == "这张卡不能用了"
        browser.post(f"/enter/card/{code}", {"pictures": ["fish", "kite", "moon"]}, status=422)

    def test_a_new_card_ends_the_old_one_and_its_visits(
        self, browser: Browser, card: IssuedCard, cast: Cast, settings: Settings
    ) -> None:
        enter(browser, card)
        with unit_of_work():
            fresh = reissue_card(identity(cast.teacher, settings), cast.child.id)
        assert not is_in(browser)
        assert browser.client.get(f"/enter/card/{card.secret}").status_code == 404
        enter(browser, card, status=422)
        enter(browser, fresh)
        assert is_in(browser)


class TestLock:
    def test_five_failures_lock_the_card_for_a_quarter_of_an_hour(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        with time_machine.travel(START, tick=False) as clock:
            for _ in range(5):
                enter(browser, card, pictures=wrong(card), status=422)
            page = enter(browser, card, status=429)
            assert "试了好几次都没对上" in page.text
            assert int(page.response.headers["Retry-After"]) == 901
            clock.shift(timedelta(minutes=15, seconds=1))
            enter(browser, card)

    def test_an_unknown_number_is_locked_like_a_known_one(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        for _ in range(5):
            enter(browser, card, number="HB3X2222", status=422)
        enter(browser, card, number="HB3X2222", status=429)

    def test_failures_of_long_ago_do_not_count(self, browser: Browser, card: IssuedCard) -> None:
        with time_machine.travel(START, tick=False) as clock:
            for _ in range(4):
                enter(browser, card, pictures=wrong(card), status=422)
            clock.shift(timedelta(minutes=16))
            enter(browser, card, pictures=wrong(card), status=422)
            enter(browser, card)

    def test_a_right_entry_begins_the_count_anew_and_the_lock_is_told_to_audit(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        for _ in range(2):
            enter(browser, card, pictures=wrong(card), status=422)
        enter(browser, card)
        with unit_of_work() as opened:
            assert opened.scalars(select(Lockout)).all() == [], "two slips are forgiven for good"
        for _ in range(4):
            enter(browser, card, pictures=wrong(card), status=422)
        enter(browser, card)
        for _ in range(5):
            enter(Browser(browser.app, browser.settings), card, pictures=wrong(card), status=422)
        with unit_of_work() as opened:
            entry = opened.scalars(select(Entry).where(Entry.what == "SignInLocked")).one()
        assert card.number not in entry.subject_id

    def test_a_new_card_helps_at_once(
        self, browser: Browser, card: IssuedCard, cast: Cast, settings: Settings
    ) -> None:
        for _ in range(5):
            enter(browser, card, pictures=wrong(card), status=422)
        with unit_of_work():
            fresh = reissue_card(identity(cast.teacher, settings), cast.child.id)
        enter(browser, fresh)

    def test_one_address_may_slip_like_three_classes_and_no_more(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        with time_machine.travel(START, tick=False):
            for count in range(120):
                sent = {"number": f"slip{count}", "pictures": list(card.pictures)}
                browser.client.post("/enter", data={"csrf_token": browser.token(), **sent})
            enter(browser, card, status=429)
            elsewhere = {"REMOTE_ADDR": "198.51.100.9"}
            sent = {"number": card.number, "pictures": list(card.pictures)}
            browser.post("/enter", sent, status=303, follow=False, environ_base=elsewhere)


class TestSession:
    def test_signing_in_takes_nothing_over_from_the_session_before(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        with browser.client.session_transaction() as kept:
            kept["planted"] = "by an attacker"
            kept["csrf_token"] = "1" * 40
        enter(browser, card)
        with browser.client.session_transaction() as kept:
            assert "planted" not in kept
            assert kept.get("csrf_token") != "1" * 40
            assert "_id" not in kept, "no hash of the address and the browser"

    def test_leaving_ends_the_visit_here_and_for_every_copy_of_the_cookie(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        enter(browser, card)
        copied = browser.client.get_cookie("visit")
        assert copied is not None
        page = browser.post("/sign-out", status=303, follow=False)
        assert page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert browser.get(page.response.location).h1 == "你已经离开了"
        assert not is_in(browser)
        thief = Browser(browser.app, browser.settings)
        thief.client.set_cookie("visit", copied.value)
        assert not is_in(thief)
        with unit_of_work() as opened:
            assert opened.scalars(select(SignIn.ended_at)).all().count(None) == 1

    def test_leaving_twice_is_fine(self, browser: Browser, card: IssuedCard) -> None:
        enter(browser, card)
        browser.post("/sign-out")
        assert browser.post("/sign-out").h1 == "你已经离开了"

    def test_the_visit_slides_while_the_child_is_there_and_ends_when_she_is_not(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        with time_machine.travel(START, tick=False) as clock:
            enter(browser, card)
            for _ in range(4):
                clock.shift(timedelta(minutes=40))
                assert is_in(browser)
            clock.shift(timedelta(minutes=46))
            assert not is_in(browser)

    def test_no_visit_is_longer_than_the_day(self, browser: Browser, card: IssuedCard) -> None:
        with time_machine.travel(START, tick=False) as clock:
            enter(browser, card)
            for _ in range(17):
                clock.shift(timedelta(minutes=42))
                assert is_in(browser)
            clock.shift(timedelta(minutes=42))
            assert not is_in(browser)

    def test_the_cookie_is_short_strict_and_secure(
        self, settings: Settings, cast: Cast, card: IssuedCard
    ) -> None:
        strict = {**{name: getattr(settings, name) for name in Settings.__slots__}}
        app = create_app(Settings(**{**strict, "secure_cookies": True}))
        safe = Browser(app, settings)
        sent = {"number": card.number, "pictures": list(card.pictures)}
        answer = safe.client.get("/enter", base_url="https://localhost")
        token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)
        assert token is not None
        answer = safe.client.post(
            "/enter", data={**sent, "csrf_token": token[1]}, base_url="https://localhost"
        )
        assert answer.status_code == 303
        cookie = answer.headers["Set-Cookie"]
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Expires" not in cookie

    def test_a_signed_in_child_is_recognised_by_one_small_statement(
        self, browser: Browser, card: IssuedCard, statements: list[str]
    ) -> None:
        enter(browser, card)
        browser.client.get("/enter")
        statements.clear()
        assert browser.client.get("/enter").status_code == 200
        assert len(statements) == 1
        assert "accounts_standing_changes" in statements[0]

    def test_the_cookie_names_nobody(self, browser: Browser, card: IssuedCard, cast: Cast) -> None:
        enter(browser, card)
        with browser.client.session_transaction() as kept:
            held = json.dumps(dict(kept), ensure_ascii=False)
        assert cast.child.legal_name not in held
        assert card.number not in held

    def test_one_who_left_does_not_come_in(
        self, browser: Browser, card: IssuedCard, cast: Cast
    ) -> None:
        with unit_of_work():
            session().get_one(Person, cast.child.id).left_at = START
        enter(browser, card, status=422)


class TestEverywhere:
    def test_a_child_ends_all_her_visits_from_her_own_page(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        other = Browser(browser.app, browser.settings)
        enter(browser, card)
        enter(other, card)
        page = browser.get("/me/devices")
        assert page.h1 == "我在哪些设备上"
        assert len([line for line in page.words("li") if " 起" in line]) == 2
        assert browser.post("/me/leave-everywhere").h1 == "你已经离开了"
        assert not is_in(browser)
        assert not is_in(other)

    def test_her_teacher_may_end_them_and_a_stranger_may_not(
        self, browser: Browser, card: IssuedCard, cast: Cast
    ) -> None:
        enter(browser, card)
        address = f"/desk/people/{cast.child.id}/end-sign-ins"
        for other in (cast.far_teacher, cast.official, cast.moderator, cast.stranger):
            browser.as_(other).post(address, status=403)
        assert is_in(browser)
        page = browser.as_(cast.teacher).post(address, {"next": "/me/devices"})
        assert page.h1 == "我在哪些设备上"
        assert not is_in(browser)

    def test_nobody_ends_the_visits_of_somebody_unknown(self, cast: Cast, browser: Browser) -> None:
        browser.as_(cast.administrator).post("/desk/people/999999/end-sign-ins", status=404)

    def test_the_action_asks_too(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work(), pytest.raises(NotAllowed):
            end_sign_ins(identity(cast.stranger, settings), cast.child.id)

    def test_without_a_visit_there_is_no_page(self, browser: Browser, cast: Cast) -> None:
        answer = browser.client.get("/me/devices")
        assert answer.status_code == 302
        assert answer.location.startswith("/enter?")


class TestHostileInput:
    def test_no_string_breaks_the_door(self, browser: Browser, cast: Cast) -> None:
        strings = json.loads(data("naughty/blns.json").read_text("utf-8"))
        with unit_of_work() as opened:
            before = len(opened.scalars(select(LoginCard)).all())
        token = browser.token()
        for place, text in enumerate(strings):
            sent = {"csrf_token": token, "number": text, "pictures": ["fish", "kite", text]}
            if place % 2:
                sent["pictures"] = ["fish", "kite", "moon"]
            where = {"REMOTE_ADDR": f"192.0.2.{place % 250}"}
            answer = browser.client.post("/enter", data={**sent, "next": text}, environ_base=where)
            assert answer.status_code in (422, 429), text
            assert "<script>alert" not in answer.text
        with unit_of_work() as opened:
            assert len(opened.scalars(select(LoginCard)).all()) == before

    def test_without_the_proof_of_our_page_nothing_happens(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        sent = {"number": card.number, "pictures": list(card.pictures)}
        assert browser.client.post("/enter", data=sent).status_code == 400
        assert not is_in(browser)
