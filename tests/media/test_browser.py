"""Files in a real browser: sent without leaving the page, covered by drawing; with axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.media import stage
from tests.media.pages import LIMIT
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
def address(room: Flask) -> Iterator[str]:
    with serving(room) as where:
        yield where


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "x.jpg"
    path.write_bytes(stage.picture(size=(900, 700)))
    return path


def look_again(visitor: Visitor) -> None:
    """A second look at the same document: axe leaves empty style attributes behind."""
    visitor.page.evaluate(
        "document.querySelectorAll('[style=\"\"]').forEach((one) => one.removeAttribute('style'))"
    )
    visitor.look()


def test_a_file_is_sent_and_what_was_typed_stays(
    opened: Chromium, address: str, cast: Cast, browser: Browser, picture: Path, tmp_path: Path
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, cast.child)
    page = visitor.go("/test/file")
    page.get_by_label("想说的话").fill("我想让小满也能玩滑梯")
    page.get_by_label("你的画").set_input_files(picture)
    page.get_by_role("button", name="传上来").click()
    expect(page.get_by_text("正在检查，请等一等。")).to_be_visible()
    expect(page.get_by_label("想说的话")).to_have_value("我想让小满也能玩滑梯")
    stage.work()
    expect(page.get_by_alt_text("第 1 个文件：图片")).to_be_visible()
    expect(page.get_by_label("想说的话")).to_have_value("我想让小满也能玩滑梯")
    look_again(visitor)
    (tmp_path / "words.jpg").write_text("words")
    page.get_by_label("你的画").set_input_files(tmp_path / "words.jpg")
    page.get_by_role("button", name="传上来").click()
    expect(page.get_by_text("这种文件这里打不开")).to_be_visible()
    look_again(visitor)
    page.get_by_role("button", name="拿掉第 1 个").click()
    expect(page.get_by_alt_text("第 1 个文件：图片")).to_have_count(0)
    expect(page.get_by_label("想说的话")).to_have_value("我想让小满也能玩滑梯")
    visitor.leave()


def test_what_is_too_large_does_not_travel(
    opened: Chromium, address: str, cast: Cast, browser: Browser, tmp_path: Path
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, cast.child)
    page = visitor.go("/test/file")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    (tmp_path / "x.jpg").write_bytes(b"\0" * (LIMIT + 1))
    page.get_by_label("你的画").set_input_files(tmp_path / "x.jpg")
    expect(page.get_by_text("这个文件太大了，最多 3 MB。")).to_be_visible()
    page.get_by_role("button", name="传上来").click()
    assert "POST" not in sent
    look_again(visitor)
    visitor.leave()


def test_a_place_is_covered_by_drawing(
    opened: Chromium, address: str, cast: Cast, browser: Browser
) -> None:
    file = stage.pressed(stage.halves((200, 0, 0), (0, 120, 0)))
    visitor = signed_in(Visitor(opened, address), browser, cast.moderator)
    page = visitor.go(f"/test/covers/{file.id}")
    box = page.locator("[data-covers-stage]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.8)
    page.mouse.up()
    left = page.get_by_label("左边").first
    assert abs(int(left.input_value()) - 500) < 10
    left.fill("600")
    left.press("ArrowDown")
    expect(page.locator('[data-covers-rect="1"]')).to_have_attribute("x", "599")
    look_again(visitor)
    visitor.press("遮好，重新做图")
    stage.work()
    visitor.go(f"/test/covers/{file.id}")
    expect(page.get_by_label("左边").first).to_have_value("599")
    assert stage.again(file.id).covers[0]["left"] == 599
    page.get_by_role("button", name="去掉第 1 块").click()
    expect(page.get_by_label("左边").first).to_have_value("")
    visitor.leave()


def test_the_page_of_components(opened: Chromium, address: str) -> None:
    visitor = Visitor(opened, address)
    visitor.go("/about/components")
    visitor.leave()
