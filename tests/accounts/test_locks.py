"""Locks as people meet them: who is kept out, for how long, by whom not, and who opens them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.actions.cards import issue_cards, open_card, reissue_card
from participation.accounts.actions.clearing import clear_sign_in_traces
from participation.accounts.actions.lockouts import reserve, window_of
from participation.accounts.cards import PICTURES, IssuedCard
from participation.accounts.models import Lockout, Person
from participation.audit.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed
from participation.settings import Settings
from tests.accounts.asking import PASSWORD, cards_of_class, identity, with_password
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

START = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
OFFICE, STRANGER = "198.51.100.4", "203.0.113.99"


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


@pytest.fixture
def card(clock: time_machine.Traveller, cast: Cast, settings: Settings) -> IssuedCard:
    return cards_of_class(cast, settings)[cast.child.id]


@pytest.fixture
def official(cast: Cast) -> Person:
    return with_password(cast.official)


def wrong(card: IssuedCard) -> list[str]:
    return [name for name in PICTURES if name not in card.pictures][:3]


def enter(browser: Browser, card: IssuedCard, *, right: bool = True, qr: bool = False) -> Page:
    sent = {"number": card.number, "pictures": list(card.pictures) if right else wrong(card)}
    address = f"/enter/card/{card.secret}" if qr else "/enter"
    token = {"csrf_token": browser.token()}
    return Page(browser.client.post(address, data={**token, **sent}))


def slip(browser: Browser, card: IssuedCard, times: int, *, qr: bool = False) -> None:
    for _time in range(times):
        assert enter(browser, card, right=False, qr=qr).status == 422


def close(browser: Browser, card: IssuedCard, clock: time_machine.Traveller) -> None:
    """Try on until nobody but a keeper can open the card."""
    for times, rest in ((5, QUARTER), (3, timedelta(hours=1)), (3, timedelta(days=1))):
        slip(browser, card, times)
        assert enter(browser, card).status == 429
        clock.shift(rest)
    slip(browser, card, 3)


def entries(what: str) -> list[Entry]:
    with unit_of_work() as opened:
        return list(opened.scalars(select(Entry).where(Entry.what == what).order_by(Entry.id)))


class TestGrowing:
    def test_each_lock_is_longer_says_so_and_is_on_record(
        self, browser: Browser, card: IssuedCard, clock: time_machine.Traveller
    ) -> None:
        said = []
        for times, rest in ((5, QUARTER), (3, timedelta(hours=1)), (3, timedelta(days=1))):
            slip(browser, card, times)
            page = enter(browser, card)
            assert page.status == 429
            said.append(page.text)
            assert int(page.response.headers["Retry-After"]) <= rest.total_seconds() + 1
            clock.shift(rest)
        assert "过 15 分钟再来" in said[0]
        assert "过 60 分钟再来" in said[1]
        assert "过 23 小时再来" in said[2]
        assert all("扫卡上的二维码" in text for text in said)
        assert len(entries("SignInLocked")) == 3

    def test_the_fourth_ends_when_a_keeper_opens_it_and_not_by_waiting(
        self, browser: Browser, card: IssuedCard, clock: time_machine.Traveller
    ) -> None:
        close(browser, card, clock)
        for _month in range(3):
            clock.shift(timedelta(days=31))
            with unit_of_work():
                clear_sign_in_traces()
            page = enter(browser, card)
            assert page.status == 429
            assert "请老师点一下“重新打开”" in page.text

    def test_a_patient_stranger_ends_at_the_day_and_leaves_an_entry(
        self, browser: Browser, card: IssuedCard, clock: time_machine.Traveller
    ) -> None:
        judged = 0
        for _quarter in range(96):
            for _time in range(4):
                judged += enter(browser, card, right=False).status == 422
            clock.shift(QUARTER)
        assert judged == 11
        assert len(entries("SignInLocked")) == 1

    def test_a_crash_between_counting_and_judging_stays_counted(
        self, browser: Browser, card: IssuedCard, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def burn(*_args: object) -> bytes:
            raise OSError("the disk is full")

        with monkeypatch.context() as broken:
            broken.setattr("participation.accounts.cards.pictures_key", burn)
            assert [enter(browser, card).status for _ in range(5)] == [500] * 5
        assert enter(browser, card).status == 429

    def test_a_try_is_never_counted_behind_a_write_lock(self, cast: Cast) -> None:
        with unit_of_work() as opened:
            opened.get(Person, cast.child.id)
            with pytest.raises(RuntimeError, match="before the transaction"):
                reserve(window_of("enter", OFFICE, 9))

    def test_somebody_signed_in_long_ago_may_try_another_card(
        self, browser: Browser, card: IssuedCard, cast: Cast
    ) -> None:
        """Her cookie is read anew in this request, which must not begin its transaction."""
        other = browser.as_(cast.middle_child)
        with unit_of_work():
            reissue_card(identity(cast.teacher, other.settings), cast.middle_child.id)
        assert enter(other, card).status == 303

    def test_what_was_tried_is_forgotten_after_a_month(
        self, browser: Browser, card: IssuedCard, clock: time_machine.Traveller
    ) -> None:
        slip(browser, card, 1)
        clock.shift(timedelta(days=31))
        with unit_of_work() as opened:
            clear_sign_in_traces()
            assert opened.scalars(select(Lockout)).all() == []


class TestTwoRoads:
    def test_whoever_read_the_number_does_not_lock_out_who_holds_the_card(
        self, browser: Browser, card: IssuedCard, clock: time_machine.Traveller
    ) -> None:
        close(browser, card, clock)
        assert enter(browser, card).status == 429
        assert enter(browser, card, qr=True).status == 303

    def test_behind_a_qr_code_the_pictures_are_counted_as_well(
        self, browser: Browser, card: IssuedCard
    ) -> None:
        slip(browser, card, 5, qr=True)
        page = enter(browser, card, qr=True)
        assert page.status == 429
        assert "二维码" not in page.text
        assert enter(browser, card).status == 303


class TestOpening:
    def open_address(self, cast: Cast) -> str:
        return f"/desk/children/{cast.child.id}/open-card"

    def test_the_class_page_shows_the_lock_and_one_tap_opens_it(
        self, browser: Browser, card: IssuedCard, cast: Cast, clock: time_machine.Traveller
    ) -> None:
        close(browser, card, clock)
        teacher = browser.as_(cast.teacher)
        page = teacher.get(f"/desk/classes/{cast.school_class.id}")
        assert page.words("button").count("重新打开王小满") == 1
        page = teacher.post(self.open_address(cast))
        assert page.h1 == "3 年级 2 班"
        assert "卡重新打开了" in page.text
        assert "重新打开" not in " ".join(page.words("button"))
        assert enter(browser, card).status == 303
        entry = entries("CardOpened")[0]
        assert (entry.by, entry.subject_id) == (cast.teacher.id, str(cast.child.id))

    def test_the_qr_road_is_opened_too(
        self, browser: Browser, card: IssuedCard, cast: Cast
    ) -> None:
        slip(browser, card, 5, qr=True)
        browser.as_(cast.teacher).post(self.open_address(cast))
        assert enter(browser, card, qr=True).status == 303

    def test_what_is_open_is_not_opened_on_record(
        self, browser: Browser, card: IssuedCard, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            assert open_card(identity(cast.teacher, settings), cast.child.id) is False
        assert entries("CardOpened") == []

    def test_others_may_not(self, browser: Browser, card: IssuedCard, cast: Cast) -> None:
        slip(browser, card, 5)
        for other in (cast.far_teacher, cast.official, cast.moderator, cast.stranger, cast.child):
            browser.as_(other).post(self.open_address(cast), status=403)
        assert enter(browser, card).status == 429

    def test_a_child_without_a_card_has_none_to_open(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            teacher = identity(cast.teacher, settings)
            with pytest.raises(Missing):
                open_card(teacher, cast.child.id)
            with pytest.raises(NotAllowed):
                open_card(teacher, cast.official.id)

    def test_making_cards_anew_takes_the_old_locks_away(
        self, browser: Browser, card: IssuedCard, cast: Cast, settings: Settings
    ) -> None:
        slip(browser, card, 5)
        with unit_of_work() as opened:
            teacher = identity(cast.teacher, settings)
            issue_cards(teacher, cast.school_class.id, only_missing=False)
            assert opened.scalars(select(Lockout)).all() == []


class TestStaff:
    def sign_in(self, browser: Browser, email: str | None, password: str, place: str) -> int:
        sent = {"csrf_token": browser.token(), "email": email, "password": password}
        where = {"REMOTE_ADDR": place}
        return browser.client.post("/staff/sign-in", data=sent, environ_base=where).status_code

    def test_a_stranger_locks_himself_out_and_not_the_owner(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        for _ in range(5):
            assert self.sign_in(browser, official.email, "guess", STRANGER) == 422
        assert self.sign_in(browser, official.email, PASSWORD, STRANGER) == 429
        assert self.sign_in(browser, official.email, PASSWORD, OFFICE) == 303

    def test_many_places_end_at_the_ceiling_but_for_where_the_owner_was_lately(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        assert self.sign_in(browser, official.email, PASSWORD, OFFICE) == 303
        found = [
            self.sign_in(browser, official.email, "guess", f"10.{place}.0.1") for place in range(60)
        ]
        assert found == [422] * 50 + [429] * 10
        assert len(entries("SignInLocked")) == 1
        assert self.sign_in(browser, official.email, PASSWORD, "10.99.0.1") == 429
        near = OFFICE.removesuffix("4") + "77"
        assert self.sign_in(browser, official.email, PASSWORD, near) == 303

    def test_a_place_is_known_for_a_month(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        assert self.sign_in(browser, official.email, PASSWORD, OFFICE) == 303
        clock.shift(timedelta(days=31))
        for place in range(50):
            self.sign_in(browser, official.email, "guess", f"10.{place}.0.1")
        assert self.sign_in(browser, official.email, PASSWORD, OFFICE) == 429

    def test_a_known_place_is_counted_too(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        assert self.sign_in(browser, official.email, PASSWORD, OFFICE) == 303
        for _ in range(5):
            assert self.sign_in(browser, official.email, "guess", OFFICE) == 422
        assert self.sign_in(browser, official.email, PASSWORD, OFFICE) == 429

    def test_places_stand_nowhere_in_clear(
        self, browser: Browser, official: Person, clock: time_machine.Traveller
    ) -> None:
        self.sign_in(browser, official.email, PASSWORD, OFFICE)
        self.sign_in(browser, official.email, "guess", STRANGER)
        with unit_of_work():
            names = " ".join(session().scalars(select(Lockout.name)))
        assert names
        assert not any(part in names for part in (OFFICE, STRANGER, "198.51", "official"))
