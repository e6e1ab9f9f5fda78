"""The pages of calls in a real browser: narrow and wide, axe, and the road from draft to page."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from participation.settings import Settings
from tests.contests.calling import published
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


@pytest.mark.parametrize("name", ["child", "teenager"])
def test_a_child_finds_the_call(
    name: str, opened: Chromium, address: str, cast: Cast, browser: Browser, settings: Settings
) -> None:
    published(cast, settings)
    visitor = signed_in(Visitor(opened, address), browser, getattr(cast, name))
    visitor.go("/")
    visitor.go("/calls")
    page = visitor.follow("我家门前的路")
    assert page.get_by_role("link", name="交我的作品").get_attribute("href") == "/calls/1/hand-in"
    visitor.leave()


def test_the_secretary_drafts_looks_and_tries(
    opened: Chromium, address: str, cast: Cast, browser: Browser, settings: Settings
) -> None:
    published(cast, settings)
    visitor = signed_in(Visitor(opened, address), browser, cast.secretary)
    visitor.go("/desk/calls")
    page = visitor.go("/desk/calls/new")
    page.get_by_label("标题", exact=True).fill("城市的歌")
    page.get_by_label("征集什么").select_option("lyrics")
    visitor.press("开始写")
    visitor.press("加一种用法")
    visitor.press("发布")
    assert page.locator("[data-error-summary] a").count() > 5
    visitor.go("/desk/calls/1")
    visitor.press("做一次预演")
    visitor.press("放十二件编出来的作品")
    visitor.press("现在就结束征集")
    visitor.follow("看孩子看到的页面")
    page.go_back()
    page.get_by_text("结束预演…").click()
    visitor.press("结束，全部删掉")
    assert page.url.endswith("/desk/calls")
    visitor.leave()
