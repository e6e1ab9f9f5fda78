"""The door of the work desk: password, lock, links, vetting."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation import wiring
from participation.accounts.actions.links import MOST_LIVE, make_password_link
from participation.accounts.models import PasswordLink, Person
from participation.accounts.passwords import is_password
from participation.audit.models import Entry
from participation.kernel import jobs
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.accounts.asking import PASSWORD, identity, with_password
from tests.support.browser import Browser, Page
from tests.support.cast import Cast
from tests.support.shared import data

START = datetime(2026, 11, 25, 1, tzinfo=UTC)
NEW = "neun blaue Vögel im Wind"


def sign_in(
    browser: Browser, email: str | None, password: str = PASSWORD, *, status: int = 303, onward=""
) -> Page:
    sent = {"email": email, "password": password, "next": onward}
    return browser.post("/staff/sign-in", sent, status=status, follow=False)


def is_in(browser: Browser) -> bool:
    return browser.client.get("/me/devices").status_code == 200


@pytest.fixture
def official(cast: Cast) -> Person:
    return with_password(cast.official)


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


class TestSignIn:
    def test_the_right_password_opens_the_desk(self, browser: Browser, official: Person) -> None:
        assert browser.get("/staff/sign-in").h1 == "工作人员进来"
        page = sign_in(browser, official.email, onward="/desk/dossiers")
        assert page.response.location == "/desk/dossiers"
        assert is_in(browser)
        with unit_of_work() as opened:
            entry = opened.scalars(select(Entry).where(Entry.what == "SignedIn")).one()
        assert (entry.by, entry.subject_id) == (official.id, str(official.id))

    def test_the_address_may_be_written_in_capitals(
        self, browser: Browser, official: Person
    ) -> None:
        sign_in(browser, (official.email or "").upper())
        assert is_in(browser)

    @pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/\\evil"])
    def test_the_way_on_stays_on_this_site(
        self, browser: Browser, official: Person, onward: str
    ) -> None:
        location = sign_in(browser, official.email, onward=onward).response.location
        assert location.startswith("/")
        assert "evil" not in location

    def test_the_refusal_never_tells_which_was_wrong(
        self, browser: Browser, official: Person, cast: Cast
    ) -> None:
        known = sign_in(browser, official.email, "not the password", status=422)
        unknown = sign_in(browser, "nobody@city.example", "not the password", status=422)
        without = sign_in(browser, cast.secretary.email, "not the password", status=422)
        for page in (known, unknown, without):
            assert "邮箱和密码对不上" in page.text
            assert "not the password" not in page.text
        assert not is_in(browser)

    def test_a_child_has_no_password_and_one_who_left_no_door(
        self, browser: Browser, official: Person
    ) -> None:
        with unit_of_work():
            session().get_one(Person, official.id).left_at = START
        sign_in(browser, official.email, status=422)

    def test_the_session_before_is_gone(self, browser: Browser, official: Person) -> None:
        with browser.client.session_transaction() as kept:
            kept["planted"] = "x"
        sign_in(browser, official.email)
        with browser.client.session_transaction() as kept:
            assert "planted" not in kept

    def test_a_staff_visit_lasts_two_hours_without_a_sign_of_life(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        sign_in(browser, official.email)
        clock.shift(timedelta(minutes=119))
        assert is_in(browser)
        clock.shift(timedelta(minutes=121))
        assert not is_in(browser)

    def test_no_string_breaks_the_door(self, browser: Browser, cast: Cast) -> None:
        strings = json.loads(data("naughty/blns.json").read_text("utf-8"))[::9]
        token = browser.token()
        for place, text in enumerate(strings):
            sent = {"csrf_token": token, "email": text, "password": text, "next": text}
            where = {"REMOTE_ADDR": f"192.0.2.{place}"}
            answer = browser.client.post("/staff/sign-in", data=sent, environ_base=where)
            assert answer.status_code in (422, 429), text


class TestLock:
    @pytest.mark.parametrize("known", [True, False])
    def test_five_failures_lock_the_address_known_or_not(
        self, browser: Browser, official: Person, clock: time_machine.Traveller, known: bool
    ) -> None:
        email = official.email if known else "nobody@city.example"
        for _ in range(5):
            sign_in(browser, email, "wrong password", status=422)
        page = sign_in(browser, email, status=429)
        assert "过 15 分钟再来" in page.text
        clock.shift(timedelta(minutes=16))
        sign_in(browser, email, status=303 if known else 422)

    def test_a_new_password_opens_the_lock(self, browser: Browser, official: Person) -> None:
        for _ in range(5):
            sign_in(browser, official.email, "wrong password", status=422)
        with unit_of_work():
            code = make_password_link(session().get_one(Person, official.id))
        browser.post(f"/staff/password/{code}", {"password": NEW, "again": NEW})
        sign_in(browser, official.email, NEW)

    def test_one_place_may_not_try_all_addresses(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        token = browser.token()
        for count in range(60):
            sent = {"csrf_token": token, "email": f"n{count}@city.example", "password": "x"}
            browser.client.post("/staff/sign-in", data=sent)
        sign_in(browser, official.email, status=429)


class TestLinks:
    def link(self, person: Person) -> str:
        with unit_of_work():
            return make_password_link(session().get_one(Person, person.id))

    def kept(self, person: Person) -> str:
        with unit_of_work():
            return session().get_one(Person, person.id).password

    def test_a_link_sets_a_password_once(self, browser: Browser, cast: Cast) -> None:
        code = self.link(cast.secretary)
        page = browser.get(f"/staff/password/{code}")
        assert page.h1 == "设一个密码"
        page = browser.post(f"/staff/password/{code}", {"password": NEW, "again": NEW})
        assert page.h1 == "工作人员进来"
        assert is_password(self.kept(cast.secretary), NEW)
        browser.post(f"/staff/password/{code}", {"password": NEW, "again": NEW}, status=404)
        sign_in(browser, cast.secretary.email, NEW)

    def test_it_ends_after_two_days(
        self, browser: Browser, cast: Cast, clock: time_machine.Traveller
    ) -> None:
        code = self.link(cast.secretary)
        clock.shift(timedelta(hours=47))
        browser.get(f"/staff/password/{code}")
        clock.shift(timedelta(hours=2))
        browser.get(f"/staff/password/{code}", status=404)

    def test_a_newer_link_leaves_the_older_and_the_first_that_is_used_ends_them_all(
        self, browser: Browser, cast: Cast
    ) -> None:
        first, second, third = (self.link(cast.secretary) for _ in range(3))
        browser.post(f"/staff/password/{second}", {"password": NEW, "again": NEW})
        for code in (first, second, third):
            browser.get(f"/staff/password/{code}", status=404)

    def test_only_so_many_live_at_a_time_and_the_oldest_ends(
        self, browser: Browser, cast: Cast
    ) -> None:
        codes = [self.link(cast.secretary) for _ in range(MOST_LIVE + 1)]
        browser.get(f"/staff/password/{codes[0]}", status=404)
        for code in codes[1:]:
            browser.get(f"/staff/password/{code}")

    def test_only_a_fingerprint_is_kept(self, cast: Cast) -> None:
        code = self.link(cast.secretary)
        with unit_of_work() as opened:
            row = opened.scalars(select(PasswordLink)).one()
        assert code.replace("-", "").encode() not in row.code

    @pytest.mark.parametrize(
        ("password", "again", "said"),
        [
            ("kurz", "kurz", "至少要 12 个字符"),
            ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "至少要 12 个字符"),
            ("冯秘书的密码很长很长的", "冯秘书的密码很长很长的", "至少要 12 个字符"),
            ("冯秘书的密码真是很长很长", "冯秘书的密码真是很长很长", "不要有邮箱或者姓名"),
            (NEW, NEW + "x", "两遍不一样"),
            ("", "", "这里还空着"),
        ],
    )
    def test_a_poor_password_is_refused_in_place(
        self, browser: Browser, cast: Cast, password: str, again: str, said: str
    ) -> None:
        code = self.link(cast.secretary)
        sent = {"password": password, "again": again}
        page = browser.post(f"/staff/password/{code}", sent, status=422)
        assert said in page.text
        assert self.kept(cast.secretary) == ""

    def test_a_new_password_ends_every_visit(self, browser: Browser, official: Person) -> None:
        sign_in(browser, official.email)
        code = self.link(official)
        Browser(browser.app, browser.settings).post(
            f"/staff/password/{code}", {"password": NEW, "again": NEW}
        )
        assert not is_in(browser)


class TestForgetting:
    def forget(self, browser: Browser, email: str | None, *, times: int = 1) -> list[Page]:
        return [browser.post("/staff/forgot", {"email": email}) for _time in range(times)]

    def work(self) -> None:
        while jobs.run_one(wiring.HANDLERS):
            pass

    def letters(self) -> int:
        with unit_of_work() as opened:
            told = select(Entry).where(Entry.what == "PasswordForgotten")
            return len(opened.scalars(told).all())

    def living(self) -> list[PasswordLink]:
        with unit_of_work() as opened:
            found = select(PasswordLink).where(PasswordLink.used_at.is_(None))
            return list(opened.scalars(found.order_by(PasswordLink.id)))

    def test_it_tells_nobody_whether_the_address_is_known(
        self, browser: Browser, official: Person
    ) -> None:
        known, unknown = (
            self.forget(browser, email)[0].words("p")
            for email in (f" {(official.email or '').upper()} ", "nobody@city.example")
        )
        assert known == unknown
        assert any("如果这个邮箱" in words for words in known)
        self.work()
        assert self.letters() == len(self.living()) == 1
        with unit_of_work() as opened:
            entry = opened.scalars(select(Entry).where(Entry.what == "PasswordForgotten")).one()
        assert (entry.subject_id, entry.facts) == (str(official.id), "{}")

    def test_known_or_not_the_request_does_the_same_work(
        self, browser: Browser, official: Person, statements: list[str]
    ) -> None:
        """No clock: the statements are the same ones in the same order."""
        self.forget(browser, "first@city.example")
        done = []
        for email in (official.email, "nobody@city.example"):
            statements.clear()
            self.forget(browser, email)
            done.append(list(statements))
        assert done[0] == done[1]
        assert not any("accounts_people" in one for one in done[0])

    def test_nothing_that_was_typed_waits_in_clear(
        self, browser: Browser, official: Person
    ) -> None:
        self.forget(browser, official.email)
        with unit_of_work() as opened:
            kept = opened.scalars(select(jobs.Job.arguments)).all()
        assert len(kept) == 1
        assert "@" not in kept[0] and "official" not in kept[0]

    def test_strangers_end_no_invitation_and_no_link(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            invited = make_password_link(session().get_one(Person, cast.secretary.id))
        self.forget(browser, cast.secretary.email, times=MOST_LIVE + 3)
        self.work()
        assert len(self.living()) == MOST_LIVE
        assert self.letters() == MOST_LIVE - 1, "beyond that nobody's mailbox is filled"
        browser.get(f"/staff/password/{invited}")

    def test_however_often_strangers_ask_the_owner_gets_the_same_answer(
        self, browser: Browser, official: Person
    ) -> None:
        asked = self.forget(browser, official.email, times=12)
        assert {page.h1 for page in asked} == {"工作人员进来"}

    def test_one_place_may_not_ask_for_ever(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        for count in range(20):
            self.forget(browser, f"n{count}@city.example")
        browser.post("/staff/forgot", {"email": official.email}, status=429)
        sent = {"email": official.email}
        browser.post("/staff/forgot", sent, environ_base={"REMOTE_ADDR": "198.51.100.4"})

    def test_one_who_left_gets_no_letter(self, browser: Browser, official: Person) -> None:
        self.forget(browser, official.email)
        with unit_of_work():
            session().get_one(Person, official.id).left_at = START
        self.work()
        assert self.letters() == 0


class TestVetting:
    @pytest.mark.parametrize(
        ("vetted", "trained", "opens"),
        [(0, 0, True), (365, 365, True), (366, 0, False), (0, 366, False), (None, 0, False)],
    )
    def test_after_a_year_the_role_is_off_and_the_person_still_comes_in(
        self,
        browser: Browser,
        cast: Cast,
        settings: Settings,
        vetted: int | None,
        trained: int,
        opens: bool,
    ) -> None:
        today = START.date()
        with time_machine.travel(START, tick=False), unit_of_work():
            person = session().get_one(Person, cast.moderator.id)
            person.vetted_on = None if vetted is None else today - timedelta(days=vetted)
            person.trained_on = today - timedelta(days=trained)
            session().flush()
            who = identity(person, settings)
            assert who.role == "moderator"
            assert who.vetted is opens
