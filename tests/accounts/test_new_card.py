"""A child is told that her card was made anew: whoever made it could come in with it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from participation.accounts.actions.cards import know_new_card, reissue_card
from participation.accounts.cards import IssuedCard
from participation.kernel.database import unit_of_work
from participation.kernel.errors import NotAllowed
from participation.settings import Settings
from tests.accounts.asking import cards_of_class, identity
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

START = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


@pytest.fixture
def first(clock: time_machine.Traveller, cast: Cast, settings: Settings) -> IssuedCard:
    return cards_of_class(cast, settings)[cast.child.id]


@pytest.fixture
def fresh(first: IssuedCard, cast: Cast, settings: Settings) -> IssuedCard:
    with unit_of_work():
        return reissue_card(identity(cast.teacher, settings), cast.child.id)


def enter(browser: Browser, card: IssuedCard, onward: str = "/echoes") -> Page:
    """Come in from a device of one's own, and see the page on which one lands."""
    own = Browser(browser.app, browser.settings)
    sent = {"number": card.number, "pictures": list(card.pictures), "next": onward}
    page = own.post("/enter", sent)
    page.browser = own  # type: ignore[attr-defined]
    return page


def read_it(page: Page) -> Page:
    """Say that one knows, and see where that leads."""
    own: Browser = page.browser  # type: ignore[attr-defined]
    return own.post("/me/card", page.fields("/me/card"))


def is_told(page: Page) -> bool:
    return page.h1 == "你的卡是新的"


def test_a_first_card_is_no_news(browser: Browser, first: IssuedCard) -> None:
    page = enter(browser, first)
    assert not is_told(page)
    assert page.browser.get("/me/card").h1 != "你的卡是新的"  # type: ignore[attr-defined]


@pytest.mark.parametrize("road", ["number", "qr"])
def test_after_another_card_she_is_told_at_the_door_and_then_goes_on(
    browser: Browser, fresh: IssuedCard, road: str
) -> None:
    sent = {"number": fresh.number, "pictures": list(fresh.pictures), "next": "/echoes"}
    page = browser.post("/enter" if road == "number" else f"/enter/card/{fresh.secret}", sent)
    assert is_told(page)
    assert "11 月 25 日" in page.text
    assert page.links["我要帮助"].startswith("/help")
    assert page.fields("/me/card")["next"] == "/echoes"
    page = browser.post("/me/card", page.fields("/me/card"))
    assert page.response.request.path == "/echoes"


def test_in_english_there_is_a_page_too(browser: Browser, fresh: IssuedCard) -> None:
    page = enter(browser, fresh)
    shown = page.browser.get("/me/card", headers={"Accept-Language": "en"})  # type: ignore[attr-defined]
    assert shown.root is not None and shown.root.get("lang") == "en"


def test_she_is_told_until_she_has_read_it_and_two_weeks_in_any_case(
    browser: Browser, fresh: IssuedCard, clock: time_machine.Traveller
) -> None:
    """The first to read it may be whoever made the card."""
    assert is_told(read_it(enter(browser, fresh))) is False
    clock.shift(timedelta(days=13))
    assert is_told(enter(browser, fresh))
    clock.shift(timedelta(days=2))
    assert not is_told(enter(browser, fresh))


def test_unread_it_waits_for_her(
    browser: Browser, fresh: IssuedCard, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=100))
    page = enter(browser, fresh)
    assert is_told(page)
    read_it(page)
    assert not is_told(enter(browser, fresh))


def test_who_came_in_before_her_stands_on_the_page(
    browser: Browser, fresh: IssuedCard, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=2))
    read_it(enter(browser, fresh))
    clock.shift(timedelta(days=1))
    page = enter(browser, fresh)
    times = [words for words in page.words("li") if ":30" in words]
    assert times == ["11 月 25 日 10:30"], "the other visit, and not her own"


def test_what_came_before_the_new_card_does_not(
    browser: Browser,
    first: IssuedCard,
    cast: Cast,
    settings: Settings,
    clock: time_machine.Traveller,
) -> None:
    enter(browser, first)
    clock.shift(timedelta(hours=2))
    with unit_of_work():
        card = reissue_card(identity(cast.teacher, settings), cast.child.id)
    clock.shift(timedelta(hours=2))
    assert "还进来过" not in enter(browser, card).text


def test_the_way_on_stays_on_this_site(browser: Browser, fresh: IssuedCard) -> None:
    page = enter(browser, fresh, onward="https://evil.example/")
    assert page.fields("/me/card")["next"] == "/"
    own: Browser = page.browser  # type: ignore[attr-defined]
    answer = own.post("/me/card", {"next": "//evil.example"}, status=303, follow=False)
    assert answer.response.location == "/"


def test_it_is_for_children_alone(browser: Browser, cast: Cast, settings: Settings) -> None:
    browser.as_(cast.teacher).get("/me/card", status=403)
    browser.as_(cast.teacher).post("/me/card", status=403)
    assert browser.client.get("/me/card").status_code == 302
    with unit_of_work(), pytest.raises(NotAllowed):
        know_new_card(identity(cast.teacher, settings))
