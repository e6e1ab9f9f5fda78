"""One tablet, two children, a real browser: nobody comes back to what somebody wrote."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from participation.consultations.topic import Topic
from tests.consultations.test_asking_browser import signed_in
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving

pytestmark = [
    needs_chromium,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
HURT = "爸爸喝酒就打我，昨天又打了"
UNSENT = "我想多种树，可是没写完"


@pytest.fixture(scope="module")
def opened() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as where:
        yield where


def everything(page: Page) -> str:
    """All that stands on the page, and what its fields hold."""
    held = page.eval_on_selector_all("textarea", "all => all.map((one) => one.value).join('|')")
    return f"{page.content()} {held}"


def test_the_box_is_empty_after_sending(
    opened: Chromium, address: str, cast: Cast, browser: Browser, matter: Topic
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, cast.middle_child)
    page = visitor.go(f"/topics/{matter.id}/give-opinion")
    page.locator("textarea").fill(HURT)
    visitor.press("交给城市")
    expect(page.locator("h1")).to_have_text("谢谢你告诉我们")
    visitor.look()
    page.go_back()
    expect(page.locator("textarea")).to_have_value("")
    assert HURT not in everything(page)
    page.go_back()
    page.go_forward()
    assert HURT not in everything(page)
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert HURT not in kept


def test_what_is_not_sent_is_hers_alone(
    opened: Chromium, address: str, cast: Cast, browser: Browser, matter: Topic
) -> None:
    where = f"/topics/{matter.id}/give-opinion"
    visitor = signed_in(Visitor(opened, address), browser, cast.middle_child)
    page = visitor.go(where)
    page.locator("textarea").fill(UNSENT)
    page.goto(f"{address}/topics")
    page.go_back()
    expect(page.locator("textarea")).to_have_value(UNSENT)
    visitor.context.clear_cookies()  # her sign-in has ended, and nobody pressed a button
    signed_in(visitor, browser, cast.teenager)
    page.goto(f"{address}/topics")
    page.go_back()
    expect(page.locator("textarea")).to_have_value("")
    assert UNSENT not in everything(page)
    visitor.context.clear_cookies()
    page.goto(f"{address}/topics")
    page.go_back()
    assert UNSENT not in everything(page)


def test_the_help_door_keeps_nothing_either(
    opened: Chromium, address: str, cast: Cast, browser: Browser
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, cast.middle_child)
    page = visitor.go("/help")
    page.locator("textarea").first.fill(HURT)
    page.goto(f"{address}/topics")
    page.go_back()
    expect(page.locator("textarea").first).to_have_value("")
