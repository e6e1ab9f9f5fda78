"""What a child is asked about, in a real browser: while she writes, and when she sends."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from sqlalchemy import select

from participation.accounts.models import Person
from participation.consultations.models import OpenWords
from participation.consultations.topic import Topic
from participation.kernel.database import session, unit_of_work
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving

pytestmark = [
    needs_chromium,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SAID = "绿灯太短 <b>，我叫王语桐，电话 138 0013 8000"


@pytest.fixture(scope="module")
def opened() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as where:
        yield where


def signed_in(visitor: Visitor, browser: Browser, person: Person) -> Visitor:
    """Give the browser window the session of this person."""
    cookie = browser.as_(person).client.get_cookie("visit")
    assert cookie is not None
    visitor.context.add_cookies([{"name": "visit", "value": cookie.value, "url": visitor.address}])
    return visitor


def given_texts() -> list[str]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(OpenWords.text)))


@pytest.mark.parametrize("name", ["child", "middle_child"])
def test_shown_while_she_writes_and_asked_when_she_sends(
    name: str, opened: Chromium, address: str, cast: Cast, browser: Browser, matter: Topic
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, getattr(cast, name))
    small = name == "child"
    where = f"/topics/{matter.id}/give-opinion"
    if small:
        steps = matter.questions_for("a")
        for step, question in enumerate(steps[:-1], start=1):
            page = visitor.go(f"{where}?q={step}")
            page.locator(f"#{question.name}-1").check(force=True)
            visitor.press("下一题")
    page = visitor.page if small else visitor.go(where)
    field = page.locator("textarea")
    place = page.locator("[data-ask]")
    expect(place).to_be_hidden()
    field.fill(SAID)
    expect(place.locator("mark")).to_have_text(["王语桐", "138 0013 8000"])
    expect(place.locator(".ask__copy")).to_have_text(SAID)
    assert place.get_attribute("role") == "status"
    assert field.input_value() == SAID, "what she writes is hers"
    visitor.look()
    field.fill("绿灯太短")
    expect(place).to_be_hidden()
    field.fill(SAID)
    expect(place.locator("mark")).to_have_count(2)
    visitor.press("交给城市")
    assert given_texts() == []
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert field.input_value() == SAID
    page.get_by_role("link", name="我改一改").click()
    ways = page.get_by_role("button", name="就这样交")
    expect(ways).to_have_count(2)
    main = page.get_by_role("button", name="改好了，交给城市")
    heights = {round(one.bounding_box()["height"] / 8) for one in (*ways.all(), main)}
    assert len(heights) == 1, "both ways are equally large"
    ways.last.click()
    assert page.url.endswith("/thanks")
    assert given_texts() == [SAID]
    visitor.leave()


def test_what_was_asked_goes_when_she_changes_a_word(
    opened: Chromium, address: str, cast: Cast, browser: Browser, matter: Topic
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, cast.middle_child)
    page = visitor.go(f"/topics/{matter.id}/give-opinion")
    page.locator("textarea").fill(SAID)
    visitor.press("交给城市")
    alert = page.locator("[data-error-summary]")
    expect(alert).to_be_focused()
    page.get_by_role("link", name="我改一改").click()
    page.locator("textarea").press_sequentially("。")
    expect(alert).to_have_count(0)
    expect(page.get_by_role("button", name="就这样交")).to_have_count(0)
    expect(page.get_by_role("button", name="改好了，交给城市")).to_have_count(1)
    visitor.leave()
