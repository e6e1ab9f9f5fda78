"""Gallery, choice and notice in a real browser: narrow and wide, axe, keys, and a vote."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from participation.contests.models import Entry
from participation.kernel.clock import now
from tests.contests.choosing import choice_call, class_mates, hung, listed, worker
from tests.contests.stage import approved, published_call
from tests.contests.walls import hang
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


def test_looking_at_works(opened: Chromium, address: str, cast: Cast, browser: Browser) -> None:
    call = published_call(cast)
    for number in range(3):
        work = approved(call, cast.child, title=f"画{number}", shuffle=number * 1000)
        hang(work)
    visitor = Visitor(opened, address)
    page = visitor.go(f"/calls/{call.id}")
    page.get_by_role("link", name="6–9 岁").click()
    page.get_by_role("link", name="画1").click()
    assert page.get_by_role("heading", level=1).inner_text() == "画1"
    visitor.go(page.url.removeprefix(address))
    visitor.leave()


def test_lyrics_are_set(opened: Chromium, address: str, cast: Cast) -> None:
    song = published_call(cast, "lyrics")
    work = approved(song, cast.child, text="走呀走，走过斑马线\n叮咚叮咚\n\n车儿慢下来\n听一听")
    visitor = Visitor(opened, address)
    visitor.go(f"/calls/{song.id}")
    visitor.go(f"/works/{work.id.hex()}")
    visitor.leave()


def test_a_child_chooses(opened: Chromium, address: str, cast: Cast, browser: Browser) -> None:
    mates = class_mates(cast)
    call = choice_call(cast)
    works = hung(call, *mates[:3])
    hang(works[0])
    worker()
    visitor = signed_in(Visitor(opened, address), browser, mates[0])
    visitor.go(f"/calls/{call.id}/choice")
    page = visitor.follow("作品0")
    visitor.press("就选它")
    assert page.get_by_role("heading", level=1).inner_text() == "选好了，收到了"
    visitor.go(f"/calls/{call.id}/choice")
    visitor.leave()


def test_the_notice_and_an_objection(
    opened: Chromium, address: str, cast: Cast, browser: Browser
) -> None:
    opens = now() - timedelta(days=60)
    call = published_call(
        cast, state="closed", opens_at=opens, closes_at=opens + timedelta(days=30)
    )
    chosen: Entry = approved(call, cast.child, title="选中的画")
    listed(call, [chosen], "selected")
    desk = signed_in(Visitor(opened, address), browser, cast.secretary)
    desk.go(f"/desk/calls/{call.id}/notice")
    desk.press("现在公示")
    desk.go(f"/desk/calls/{call.id}/exhibition")
    anybody = Visitor(opened, address)
    page = anybody.go(f"/calls/{call.id}/notice")
    page.get_by_role("link", name="提异议").first.click()
    page.get_by_label("哪里不对，为什么？").fill("照着书画的。")
    anybody.press("交上去")
    anybody.go(f"/calls/{call.id}/objections/answer")
    desk.go(f"/desk/calls/{call.id}/objections")
    desk.go("/desk/objections/1")
    anybody.leave()
    desk.leave()
