"""What the unit answered, on the pages of everybody, of the children and of the secretary."""

import pytest

from participation.contests.call import ShownCall
from participation.contests.happenings.notice import CallEnded
from participation.contests.models import Entry, Licence
from participation.kernel.announcing import announce
from participation.kernel.clock import today
from participation.kernel.database import unit_of_work
from participation.settings import Settings
from tests.contests.recognising import answered, call_of_work, change, judged, moved_to
from tests.contests.stage import approved, published_call
from tests.support.browser import Browser
from tests.support.cast import Cast

SAID = "我们选了斑马线，十月就贴出来。"


@pytest.fixture
def chosen(cast: Cast) -> Entry:
    """A selected logo in a call whose outcome was sent."""
    call = published_call(cast, "logo")
    entry = approved(call, cast.middle_child, band="b")
    judged(entry, "selected")
    with unit_of_work():
        announce(CallEnded(subject=moved_to(call, "ended").subject))
    return entry


@pytest.fixture
def logo(chosen: Entry) -> ShownCall:
    return call_of_work(chosen)


class TestAnswer:
    def test_everybody_sees_where_it_is_before_the_answer(
        self, browser: Browser, logo: ShownCall, cast: Cast
    ) -> None:
        unit = str(cast.unit.name)
        for page in (browser.get(f"/calls/{logo.id}"), browser.get("/echoes")):
            assert f"送到{unit}了" in page.text

    def test_everybody_reads_the_answer(
        self, browser: Browser, logo: ShownCall, cast: Cast, settings: Settings
    ) -> None:
        answered(logo, cast, settings, SAID)
        page = browser.get(f"/calls/{logo.id}")
        assert page.text.count(SAID) == 2
        assert "城市采用哪一个标志？为什么？" in page.words("h3")
        assert SAID in browser.get("/echoes").text

    def test_every_entrant_reads_it_on_her_own_page(
        self, browser: Browser, logo: ShownCall, cast: Cast, settings: Settings
    ) -> None:
        other = approved(logo, cast.child)
        answered(logo, cast, settings, SAID)
        for child in (cast.child, cast.middle_child):
            page = browser.as_(child).get("/me")
            assert SAID in page.text and "看完整回音" in page.links
        assert SAID not in browser.as_(cast.teenager).get("/me").text
        assert "看完整回音" in browser.as_(cast.child).get(f"/works/{other.id.hex()}/mine").links
        assert "回音了" in browser.as_(cast.child).get(f"/works/{other.id.hex()}/card").text

    def test_nothing_before_the_end(self, browser: Browser, cast: Cast) -> None:
        call = published_call(cast)
        assert "给大家的回音" not in browser.get(f"/calls/{call.id}").text
        assert str(call.title) not in browser.get("/echoes").text


class TestAdopted:
    def test_the_secretary_names_it_and_everybody_reads_it(
        self, browser: Browser, chosen: Entry, logo: ShownCall, cast: Cast, settings: Settings
    ) -> None:
        address = f"/desk/calls/{logo.id}/adopted"
        secretary = browser.as_(cast.secretary)
        assert "单位回答以后，才能写" in secretary.get(address).text
        secretary.post(address, {"code": chosen.code}, status=403)
        answered(logo, cast, settings)
        assert secretary.get(f"/desk/calls/{logo.id}").links["城市采用哪一件"] == address
        secretary.post(address, {"code": "K7M-222"}, status=422)
        assert chosen.code in secretary.post(address, {"code": chosen.code}).text
        page = browser.get(f"/calls/{logo.id}")
        assert "城市采用了" in page.text and f"《{chosen.title}》" in page.links
        child = browser.as_(cast.middle_child)
        assert "城市采用了你的作品" in child.get(f"/works/{chosen.id.hex()}/card").text

    def test_one_that_hangs_no_more_is_not_told(
        self, browser: Browser, chosen: Entry, logo: ShownCall, cast: Cast, settings: Settings
    ) -> None:
        answered(logo, cast, settings)
        address = f"/desk/calls/{logo.id}/adopted"
        secretary = browser.as_(cast.secretary)
        secretary.post(address, {"code": chosen.code})
        change(chosen, Licence, ended_on=today())
        assert chosen.title not in browser.get(f"/calls/{logo.id}").text
        assert "不再同意用" in secretary.get(address).text
        secretary.post(f"{address}/take-back")
        assert "没有入选、现在又挂着的作品" in secretary.get(address).text

    def test_nobody_else_comes_in(self, browser: Browser, logo: ShownCall, cast: Cast) -> None:
        address = f"/desk/calls/{logo.id}/adopted"
        for who in (cast.official, cast.moderator, cast.juror, cast.middle_child, cast.teacher):
            browser.as_(who).get(address, status=403)
            browser.as_(who).post(f"{address}/take-back", status=403)
