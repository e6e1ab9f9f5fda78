"""Pages of works in a real browser: narrow and wide, light and dark, by axe; V at the desk."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from participation.contests.call import ShownCall
from participation.kernel.database import unit_of_work
from participation.moderation.actions import claim_next
from tests.contests.screens import WHOLE, one_entry, upload
from tests.media.stage import work as run_worker
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving, signed_in

pytestmark = [
    needs_chromium,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture(scope="module")
def opened() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as where:
        yield where


def test_made_looked_at_and_taken_home(
    opened: Chromium, address: str, browser: Browser, cast: Cast, drawings: ShownCall
) -> None:
    road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
    upload(child, f"{road}/files/pictures")
    run_worker()
    visitor = signed_in(Visitor(opened, address), browser, cast.middle_child)
    visitor.go(road)
    small = signed_in(Visitor(opened, address), browser, cast.child)
    small.go(road)
    small.go(f"{road}?step=done")
    child.post(road, {**WHOLE, "go": "send"})
    key = one_entry().id.hex()
    visitor.go(f"/works/{key}/preview")
    page = visitor.go(f"/works/{key}/mine")
    page.get_by_role("button", name="印一张纸条，带回家").click()
    code = page.locator("[data-licence-code]").inner_text()
    guardian = Visitor(opened, address)
    guardian.go("/licence")
    guardian.go(f"/licence/{code}")


def test_a_picture_is_veiled_until_v(
    opened: Chromium, address: str, browser: Browser, cast: Cast, drawings: ShownCall
) -> None:
    road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
    upload(child, f"{road}/files/pictures")
    child.post(road, {**WHOLE, "go": "send"})
    run_worker()
    with unit_of_work():
        case = claim_next(cast.moderator)
        assert case is not None
    visitor = signed_in(Visitor(opened, address), browser, cast.moderator)
    page = visitor.go(f"/desk/moderation/cases/{case.id}")
    picture = page.locator(".exhibits__picture")
    expect(picture).to_have_css("filter", "grayscale(1) blur(14px)")
    page.keyboard.press("v")
    expect(picture).to_have_css("filter", "none")
    visitor.go(f"/desk/works/{one_entry().id.hex()}/pictures/picture-1")
