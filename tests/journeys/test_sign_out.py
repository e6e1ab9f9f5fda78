"""A tablet without a net in a real browser: who says that she goes leaves nothing on the screen."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving

pytestmark = [
    needs_chromium,
    pytest.mark.journey,
    pytest.mark.xdist_group("journey"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture(scope="module")
def browser_window() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(app: Flask, cast: Cast, browser: Browser, browser_window: Chromium) -> Iterator[Visitor]:
    """The child's window, in which she is signed in."""
    cookie = browser.as_(cast.child).client.get_cookie("visit")
    assert cookie is not None
    with serving(app) as address:
        made = Visitor(browser_window, address)
        made.context.add_cookies([{"name": "visit", "value": cookie.value, "url": address}])
        yield made
        made.context.close()


def press_leave(page: Page) -> None:
    page.get_by_role("button", name="我走了").first.click()


def test_without_a_net_the_page_is_locked_until_signing_out_works(
    visit: Visitor, cast: Cast
) -> None:
    page = visit.go("/me")
    assert cast.child.nickname in page.content()
    visit.context.set_offline(True)
    press_leave(page)
    page.get_by_role("heading", name="现在没有网").wait_for()
    assert cast.child.nickname not in page.content()
    visit.context.set_offline(False)
    page.wait_for_url("**/left")
    visit.go("/")
    assert cast.child.nickname not in page.content()


def test_another_page_that_opens_meanwhile_signs_out_first(visit: Visitor, cast: Cast) -> None:
    page = visit.go("/me")
    page.evaluate("localStorage.setItem('leaving', '1')")  # what a page without a net left behind
    page.goto(visit.address + "/me", wait_until="commit")
    page.wait_for_url("**/left")
    page.goto(visit.address + "/")
    assert cast.child.nickname not in page.content()


def test_with_a_net_it_goes_on_as_ever(visit: Visitor) -> None:
    page = visit.go("/me")
    press_leave(page)
    page.wait_for_url("**/left")


def test_the_list_of_decisions_fits_a_phone(
    app: Flask, cast: Cast, browser: Browser, browser_window: Chromium
) -> None:
    cookie = browser.as_(cast.teacher).client.get_cookie("visit")
    assert cookie is not None
    with serving(app) as address:
        made = Visitor(browser_window, address)
        made.context.add_cookies([{"name": "visit", "value": cookie.value, "url": address}])
        page = made.go(f"/desk/classes/{cast.school_class.id}/consents")
        for label in page.locator("fieldset label").all():
            box = label.bounding_box()
            assert box is not None and box["width"] > box["height"]
        made.leave()
