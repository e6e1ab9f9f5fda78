"""Reading desk and help door in a real browser: keys, proposed sentences, a quick way out."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from participation.kernel import readers
from participation.kernel.database import session, unit_of_work
from participation.kernel.subjects import Subject
from participation.moderation import actions
from participation.moderation.models import Case
from participation.safeguarding.actions import complain
from participation.safeguarding.queries.complaints import number_of_complaint
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving, signed_in

pytestmark = [
    needs_chromium,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
CHOICES = ({"key": "theme:1", "label": {"zh": "走路", "en": "Walking"}},)


@pytest.fixture(scope="module")
def opened() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with serving(app) as where:
        yield where


def state_of(case_id: int) -> str:
    with unit_of_work():
        return session().get_one(Case, case_id).state


def test_the_desk_by_keys(opened: Chromium, address: str, cast: Cast, browser: Browser) -> None:
    readers.follow({"x": lambda _identity: "谢谢阿姨"})
    with unit_of_work():
        for number, text in enumerate(("多种树", "我叫王语桐，打13812345526", "谢谢阿姨")):
            subject = Subject("x", str(number))
            actions.open_case(
                subject,
                about={"zh": "上学路上", "en": "The way to school"},
                band="b",
                text=text,
                choices=CHOICES,
            )
    visitor = signed_in(Visitor(opened, address), browser, cast.moderator)
    page = visitor.go("/desk/moderation")
    page.keyboard.press("j")
    page.wait_for_url("**/cases/1")
    visitor.look()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.keyboard.press("a")
    page.wait_for_url("**/cases/2")
    assert state_of(1) == "approved"
    page.keyboard.press("1")
    expect(page.locator("#sentence_returned")).to_have_value(re.compile("全名"))
    page.fill("#sentence_returned", "把名字去掉再交")
    page.keyboard.press("r")
    assert page.input_value("#sentence_returned").endswith("r")
    page.fill("#sentence_returned", "把名字去掉再交")
    page.locator("h1").click()
    page.keyboard.press("2")
    expect(page.locator("#sentence_refused")).to_have_value(re.compile("电话"))
    assert page.input_value("#sentence_returned") == "把名字去掉再交"
    page.keyboard.press("e")
    page.wait_for_url("**/cases/3")
    assert state_of(2) == "returned"
    page.uncheck("[data-keys-switch]")
    page.keyboard.press("a")
    visitor.press("上报保护老师")
    assert state_of(3) == "escalated"
    visitor.go("/desk/moderation/mine")
    visitor.leave()


def test_a_line_of_the_queue_is_a_way_to_its_text(
    opened: Chromium, address: str, cast: Cast, browser: Browser
) -> None:
    with unit_of_work():
        for number, text in enumerate(("多种树", "修路灯", "谢谢阿姨")):
            actions.open_case(
                Subject("x", str(number)),
                about={"zh": "上学路上", "en": "The way to school"},
                band="b",
                text=text,
            )
    visitor = signed_in(Visitor(opened, address), browser, cast.moderator)
    page = visitor.go("/desk/moderation")
    page.locator(".qlist button").nth(1).click()
    page.wait_for_url("**/cases/2")
    visitor.look()
    expect(page.locator(".entry")).to_have_text("修路灯")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("#reasons-0").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(("/cases/2", "/cases/2/decide")), "Enter took another text"
    page.locator(".qlist button").last.click()
    page.wait_for_url("**/cases/3/claim")
    visitor.look()
    visitor.press("放下它")
    page.wait_for_url("**/cases/3")
    expect(page.locator(".entry")).to_have_text("谢谢阿姨")
    visitor.leave()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_help_door_leaves_no_way_back(
    opened: Chromium, address: str, cast: Cast, locale: str
) -> None:
    visitor = Visitor(opened, address, locale=locale)
    for path in ("/complain", "/complain/thanks", "/help/thanks", "/help"):
        page = visitor.go(path)
    with page.expect_navigation():
        page.locator("[data-leave]").click()
    with page.expect_navigation():
        page.go_back()
    assert page.url.endswith("/help/thanks")
    visitor.leave()


def test_the_desk_of_complaints(
    opened: Chromium, address: str, cast: Cast, browser: Browser
) -> None:
    with unit_of_work():
        number = number_of_complaint(complain("这一页写错了"))
    visitor = signed_in(Visitor(opened, address), browser, cast.secretary)
    visitor.go("/desk/complaints")
    visitor.go(f"/desk/complaints/{number}")
    visitor.press("打开看")
    visitor.page.fill("#note", "改好了")
    visitor.press("办完了")
    visitor.leave()


def test_the_desk_fits_a_phone_in_english(
    opened: Chromium, address: str, cast: Cast, browser: Browser
) -> None:
    with unit_of_work():
        for number, text in enumerate(("More trees please", "打13812345526", "多种树")):
            about = {"zh": "上学路上", "en": "The way to school: safe and easy to walk? · Say more"}
            actions.open_case(Subject("x", str(number)), about=about, band="b", text=text)
    visitor = signed_in(Visitor(opened, address, locale="en-US"), browser, cast.moderator)
    visitor.context.add_cookies([{"name": "language", "value": "en", "url": address}])
    visitor.go("/desk/moderation")
    visitor.press("Read short ones together")
    for path in ("gold", "words", "figures", "mine"):
        visitor.go(f"/desk/moderation/{path}")
    visitor.leave()
