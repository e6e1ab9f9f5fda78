"""Card, certificate and answer in a real browser: narrow and wide, looked at by axe."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from participation.contests.happenings.notice import CallEnded
from participation.contests.models import Entry
from participation.kernel.announcing import announce
from participation.kernel.database import unit_of_work
from participation.settings import Settings
from tests.contests.recognising import answered, judged, moved_to
from tests.contests.stage import approved, published_call
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


@pytest.fixture
def chosen(cast: Cast, settings: Settings) -> Entry:
    """A selected logo whose call was answered."""
    call = published_call(cast, "logo")
    entry = approved(call, cast.middle_child, band="b")
    judged(entry, "selected")
    with unit_of_work():
        announce(CallEnded(subject=moved_to(call, "ended").subject))
    answered(call, cast, settings)
    return entry


def test_from_my_page_to_a_certificate_that_is_genuine(
    opened: Chromium, address: str, cast: Cast, browser: Browser, chosen: Entry
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, cast.middle_child)
    visitor.go("/me")
    visitor.follow("看我的感谢卡")
    page = visitor.follow("做我的证书")
    page.get_by_label(cast.middle_child.nickname).check()
    with page.expect_download() as made:
        page.get_by_role("button", name="做好，下载").click()
    name = made.value.suggested_filename
    assert name.startswith("certificate-") and name.endswith(".pdf")
    visitor.go("/verify/certificate")
    page.get_by_label("证书上的核对码").fill(name.removeprefix("certificate-")[:-4])
    visitor.press("核对")
    page.get_by_label("证书上的名字").fill(cast.middle_child.nickname)
    visitor.press("核对名字")
    assert page.get_by_text("就是这个名字").is_visible()
    visitor.leave()


def test_the_answer_and_the_adopted_work(
    opened: Chromium, address: str, cast: Cast, browser: Browser, chosen: Entry
) -> None:
    visitor = signed_in(Visitor(opened, address), browser, cast.secretary)
    page = visitor.go(f"/desk/calls/{chosen.call_id}/adopted")
    page.get_by_label(chosen.code).check()
    visitor.press("写下来，告诉孩子")
    visitor.go(f"/calls/{chosen.call_id}")
    assert page.get_by_text("城市采用了").is_visible()
    visitor.go("/echoes")
    visitor.leave()
