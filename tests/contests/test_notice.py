"""The notice of an outcome: thin, for some days, open to objections, and then the end (R69)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from participation.audit.models import Entry as Record
from participation.contests.actions import notice as deeds
from participation.contests.call import ShownCall
from participation.contests.models import Author, Call, Entry, Licence, Objection, Outcome, Round
from participation.contests.policies import notice as rights
from participation.contests.policies.notice import Noticing
from participation.contests.queries import call_of
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.safeguarding.models import Concern
from tests.contests.choosing import listed
from tests.contests.stage import approved, published_call
from tests.contests.walls import hang
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

START = datetime.fromisoformat("2026-03-02T02:00:00+00:00")
"""A Monday in the city, with no holiday in the weeks after it."""


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as travelled:
        yield travelled


@pytest.fixture
def call(clock: Any, cast: Cast) -> ShownCall:
    """A call that closed a month ago, with an outcome and no round left."""
    opens = START - timedelta(days=60)
    return published_call(
        cast, state="closed", opens_at=opens, closes_at=opens + timedelta(days=30)
    )


@pytest.fixture
def works(call: ShownCall, cast: Cast) -> list[Entry]:
    """Chosen, on the short list, and only shown."""
    found = [
        approved(call, cast.child, title="选中的画", shuffle=3),
        approved(call, cast.far_child, title="入围的画", shuffle=2, name_form="surname"),
        approved(call, cast.middle_child, title="别的画", shuffle=1),
    ]
    for work, level in zip(found, ("selected", "shortlisted", "shown"), strict=True):
        listed(call, [work], level)
    return found


@pytest.fixture
def noticed(call: ShownCall, works: list[Entry], cast: Cast, browser: Browser) -> ShownCall:
    desk = browser.as_(cast.secretary)
    desk.post(f"/desk/calls/{call.id}/notice", {"days": "7"})
    with unit_of_work():
        return call_of(call.id)


def told(kind: str) -> int:
    """How often the record names this happening."""
    with unit_of_work():
        return session().scalar(select(func.count()).where(Record.what == kind)) or 0


class TestPuttingUp:
    def test_for_working_days_from_today(self, noticed: ShownCall) -> None:
        assert (noticed.state, noticed.notice_from) == ("noticed", date(2026, 3, 2))
        assert noticed.notice_until == add_working_days(date(2026, 3, 2), 7).date
        assert noticed.shows_until == noticed.notice_until
        assert told("CallNoticed") == 1

    def test_not_before_the_jury_is_done(
        self, call: ShownCall, works: list[Entry], cast: Cast, browser: Browser
    ) -> None:
        with unit_of_work():
            session().add(
                Round(
                    call_id=call.id,
                    panel="adult",
                    stage="first",
                    way="yes_no",
                    seed=bytes(16),
                    rule={},
                    state="open",
                    instructions={},
                )
            )
        desk = browser.as_(cast.secretary)
        assert "评委还没有评完" in desk.get(f"/desk/calls/{call.id}/notice").text
        page = desk.post(f"/desk/calls/{call.id}/notice", {"days": "7"}, status=403)
        assert "评委还没有评完" in page.text

    @pytest.mark.parametrize("days", ["", "1", "99", "x"])
    def test_too_short_and_too_long_are_refused(
        self, days: str, call: ShownCall, works: list[Entry], cast: Cast, browser: Browser
    ) -> None:
        desk = browser.as_(cast.secretary)
        desk.post(f"/desk/calls/{call.id}/notice", {"days": days}, status=422)
        assert told("CallNoticed") == 0

    @pytest.mark.parametrize("name", ["child", "teacher", "official", "juror", "moderator"])
    def test_nobody_else(
        self, name: str, call: ShownCall, works: list[Entry], cast: Cast, browser: Browser
    ) -> None:
        other = browser.as_(getattr(cast, name))
        for page in ("notice", "objections"):
            assert other.client.get(f"/desk/calls/{call.id}/{page}").status_code in (302, 403)
        other.post(f"/desk/calls/{call.id}/notice", {"days": "7"}, status=403, follow=False)
        other.post(f"/desk/calls/{call.id}/end", status=403, follow=False)


class TestNotice:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_it_is_thin(
        self, language: str, noticed: ShownCall, works: list[Entry], cast: Cast, browser: Browser
    ) -> None:
        browser.client.set_cookie("language", language)
        page = browser.get(f"/calls/{noticed.id}/notice")
        assert page.words("tr")[1].startswith("选中的画") and "小满" in page.text
        assert "入围的画" in page.text and "别的画" not in page.text
        assert page.response.headers["X-Robots-Tag"] == "noindex, noarchive"
        assert page.response.headers["Cache-Control"] == "no-store"
        hidden = [cast.school.name.in_locale(language), cast.far_school.name.in_locale(language)]
        hidden += ["王小满", "周糖糕", *(work.code for work in works)]
        for secret in hidden:
            assert secret not in page.text

    def test_before_it_is_up_there_is_no_page(
        self, call: ShownCall, works: list[Entry], browser: Browser
    ) -> None:
        browser.get(f"/calls/{call.id}/notice", status=404)
        browser.get(f"/calls/{call.id}/objections", status=403)
        assert "看公示" not in browser.get(f"/calls/{call.id}").links

    def test_it_comes_down_with_its_day_and_needs_no_job(
        self, noticed: ShownCall, clock: Any, browser: Browser
    ) -> None:
        assert "看公示" in browser.get(f"/calls/{noticed.id}").links
        assert noticed.shows_until is not None
        last = datetime.fromisoformat(f"{noticed.shows_until}T23:59:00+08:00")
        clock.move_to(last)
        browser.get(f"/calls/{noticed.id}/notice")
        clock.move_to(last + timedelta(minutes=1))
        browser.get(f"/calls/{noticed.id}/notice", status=404)
        assert "看公示" not in browser.get(f"/calls/{noticed.id}").links

    def test_of_whom_a_guardian_withdrew_nothing_is_told(
        self, noticed: ShownCall, works: list[Entry], browser: Browser
    ) -> None:
        mine = select(Author.id).where(Author.entry_id == works[0].id)
        with unit_of_work():
            gone = update(Licence).where(Licence.author_id.in_(mine)).values(ended_on=today())
            session().execute(gone.execution_options(synchronize_session=False))
        page = browser.get(f"/calls/{noticed.id}/notice")
        assert "选中的画" not in page.text and "小满" not in page.text
        assert "一件作品" in page.text and "作者不署名" in page.text

    def test_what_was_taken_out_is_gone(
        self, noticed: ShownCall, works: list[Entry], browser: Browser
    ) -> None:
        with unit_of_work():
            gone = update(Entry).where(Entry.id == works[0].id)
            session().execute(gone.values(standing="withdrawn"))
        assert "一件作品" not in browser.get(f"/calls/{noticed.id}/notice").text

    def test_a_long_one_is_paged(self, noticed: ShownCall, cast: Cast, browser: Browser) -> None:
        more = [approved(noticed, cast.child, title=f"多{n}", shuffle=n // 2) for n in range(61)]
        listed(noticed, more)
        first = browser.get(f"/calls/{noticed.id}/notice")
        second = browser.get(first.links["接着看"])
        names = [one.split()[0] for page in (first, second) for one in page.words("tr")[1:]]
        found = [one for one in names if not one.startswith("作品作者")]
        assert len(found) == len(set(found)) == 63


def object_(browser: Browser, call: ShownCall, text: str, work: Entry | None = None) -> Page:
    address = f"/calls/{call.id}/objections" + (f"?work={work.id.hex()}" if work else "")
    fields = browser.get(address).fields(address)
    return browser.post(address, {"text": text, "once": fields["once"]})


def secret_of(page: Page) -> dict[str, Any]:
    """Number and small secret, as somebody copies them."""
    pictures = [
        one.get("src") or "" for one in page.all("img") if "/pic-" in (one.get("src") or "")
    ]
    names = [one.rpartition("/pic-")[2].removesuffix(".svg") for one in pictures]
    numbers = [
        " ".join("".join(one.itertext()).split())
        for tag in ("b", "span")
        for one in page.all(tag)
        if "num" in (one.get("class") or "").split()
    ]
    return {"number": numbers[0], "pictures": names, "letters": numbers[1]}


class TestObjecting:
    def test_anybody_objects_and_reads_the_answer_by_number_and_secret(
        self, noticed: ShownCall, works: list[Entry], cast: Cast, browser: Browser
    ) -> None:
        page = object_(browser, noticed, "这幅画是照着一本书画的。", works[0])
        assert page.h1 == "收到了"
        held, answer = secret_of(page), f"/calls/{noticed.id}/objections/answer"
        assert "还没有答复" in browser.post(answer, held).text
        desk = browser.as_(cast.secretary)
        listing = desk.get(f"/desk/calls/{noticed.id}/objections")
        row = next(href for href in listing.links.values() if "/desk/objections/" in href)
        assert "照着一本书画的" in desk.get(row).text and "选中的画" in desk.get(row).text
        desk.post(row, {"answer": ""}, status=422)
        desk.post(row, {"answer": "我们看过了，是她自己画的。"})
        assert "是她自己画的" in browser.post(answer, held).text
        wrong = {**held, "letters": "ZZZZ"}
        assert "没有找到" in browser.post(answer, wrong, status=422).text
        assert "是她自己画的" not in browser.get(answer).text
        desk.post(row, {"answer": "再答一次"}, status=403)
        assert (told("ObjectionMade"), told("ObjectionAnswered")) == (1, 1)

    def test_the_same_form_sent_twice_is_one_objection(
        self, noticed: ShownCall, browser: Browser
    ) -> None:
        address = f"/calls/{noticed.id}/objections"
        sent = {"text": "不对。", "once": browser.get(address).fields(address)["once"]}
        first, second = browser.post(address, sent), browser.post(address, sent)
        assert secret_of(first) == secret_of(second)
        with unit_of_work():
            assert session().scalar(select(func.count()).select_from(Objection)) == 1

    def test_words_of_harm_go_to_the_officers_and_not_to_the_secretary(
        self, noticed: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        address = f"/calls/{noticed.id}/objections"
        fields = browser.get(address).fields(address)
        page = browser.post(address, {"text": "我不想活了", "once": fields["once"]})
        assert "/help/thanks/" in page.response.request.path
        with unit_of_work():
            assert session().scalar(select(func.count()).select_from(Objection)) == 0
            assert session().scalar(select(func.count()).select_from(Concern)) == 1
        desk = browser.as_(cast.secretary).get(f"/desk/calls/{noticed.id}/objections")
        assert "没有异议" in desk.text

    def test_empty_and_foreign_ones_are_refused(
        self, noticed: ShownCall, works: list[Entry], cast: Cast, browser: Browser
    ) -> None:
        address = f"/calls/{noticed.id}/objections"
        page = browser.post(address, {"text": ""}, status=422)
        assert page.h1 == "对公示提异议"
        browser.post(address, {"text": "长" * 1001}, status=422)
        browser.post(f"{address}?work={works[2].id.hex()}", {"text": "不对"}, status=404)
        browser.post(f"{address}?work=x", {"text": "不对"}, status=404)

    def test_of_one_address_not_too_many(self, noticed: ShownCall, browser: Browser) -> None:
        address = f"/calls/{noticed.id}/objections"
        for turn in range(60):
            assert browser.client.post(address, data=_sent(browser, turn)).status_code == 200
        answer = browser.client.post(address, data=_sent(browser, 60))
        assert answer.status_code == 429 and "第60条" in answer.get_data(as_text=True)

    def test_a_work_can_be_taken_out_with_the_reason(
        self, noticed: ShownCall, works: list[Entry], cast: Cast, browser: Browser
    ) -> None:
        hang(works[0])
        object_(browser, noticed, "这幅画是照着一本书画的。", works[0])
        desk = browser.as_(cast.secretary)
        listing = desk.get(f"/desk/calls/{noticed.id}/objections")
        row = next(href for href in listing.links.values() if "/desk/objections/" in href)
        desk.post(row, {"answer": "是照着书画的，我们核对了。", "disqualify": "y"})
        with unit_of_work():
            entry = session().get(Entry, works[0].id)
            assert entry is not None and entry.standing == "disqualified"
            assert entry.sentence == "是照着书画的，我们核对了。"
            assert session().get(Outcome, works[0].id) is None
        assert "选中的画" not in browser.get(f"/calls/{noticed.id}/notice").text
        browser.get(f"/works/{works[0].id.hex()}", status=404)
        assert told("WorkDisqualified") == 1


def _sent(browser: Browser, turn: int) -> dict[str, str]:
    return {"csrf_token": browser.token(), "text": f"第{turn}条", "once": f"{turn:032}"}


class TestEnd:
    def test_not_before_the_days_are_over_and_objections_are_answered(
        self,
        noticed: ShownCall,
        clock: Any,
        cast: Cast,
        browser: Browser,
    ) -> None:
        object_(browser, noticed, "不对。")
        end = f"/desk/calls/{noticed.id}/end"
        assert "还没有满" in browser.as_(cast.secretary).post(end, status=403).text
        clock.shift(timedelta(days=20))
        desk = browser.as_(cast.secretary)
        assert "还有异议没有答复" in desk.post(end, status=403).text
        browser.get(f"/calls/{noticed.id}/objections", status=403)
        listing = desk.get(f"/desk/calls/{noticed.id}/objections")
        assert "过期了" in listing.text
        row = next(href for href in listing.links.values() if "/desk/objections/" in href)
        desk.post(row, {"answer": "我们看过了。"})
        desk.post(end)
        with unit_of_work():
            assert call_of(noticed.id).state == "ended"
        assert told("CallEnded") == 1
        desk.post(end, status=403)

    def test_a_call_without_a_jury_ends_from_its_close(
        self, clock: Any, cast: Cast, app: Flask, browser: Browser
    ) -> None:
        opens = START - timedelta(days=60)
        plain = published_call(
            cast, state="closed", ranked=False, opens_at=opens, closes_at=opens + timedelta(days=9)
        )
        desk = browser.as_(cast.secretary)
        desk.post(f"/desk/calls/{plain.id}/notice", {"days": "7"}, status=403)
        desk.post(f"/desk/calls/{plain.id}/end")
        with unit_of_work():
            assert call_of(plain.id).state == "ended"


class TestRights:
    """Before, during and after × states × roles."""

    @pytest.mark.parametrize("role", ["", "child", "secretary", "administrator"])
    @pytest.mark.parametrize("state", ["published", "closed", "noticed", "ended"])
    @pytest.mark.parametrize("ranked", [True, False])
    @pytest.mark.parametrize("rehearsal", [True, False])
    @pytest.mark.parametrize("days", [-1, 0, 7, 8, 31])
    def test_matrix(self, role: str, state: str, ranked: bool, rehearsal: bool, days: int) -> None:
        first = date(2026, 3, 2)
        call = Call(
            state=state,
            ranked=ranked,
            rehearsal=rehearsal,
            notice_from=first,
            notice_until=first + timedelta(days=7),
            shows_until=first + timedelta(days=30),
        )
        who, moment = SimpleNamespace(role=role), START + timedelta(days=days)
        secretary, real = role == "secretary", not rehearsal
        plain = Noticing(call, has_outcome=True)
        up = real and state in ("noticed", "ended") and 0 <= days <= 30
        assert rights.may_see_notice(who, plain, moment) is up
        objects = real and state == "noticed" and 0 <= days <= 7
        assert rights.may_object(who, plain, moment) is objects
        puts = secretary and real and ranked and state == "closed"
        assert rights.may_put_up_notice(who, plain, moment) is puts
        ends = state == "noticed" and days > 7 if ranked else state == "closed"
        assert rights.may_end_call(who, plain, moment) is (secretary and real and ends)
        takes_out = secretary and real and state == "noticed"
        assert rights.may_disqualify_work(who, plain, moment) is takes_out
        for left in ("rounds_left", "choice_left"):
            waits = Noticing(call, has_outcome=True, **{left: True})
            assert not rights.may_put_up_notice(who, waits, moment)
        assert not rights.may_put_up_notice(who, Noticing(call), moment)
        unanswered = Noticing(call, has_outcome=True, objections_left=True)
        assert not rights.may_end_call(who, unanswered, moment)
        for standing in ("waiting", "answered"):
            objection = Objection(state=standing)
            answers = secretary and standing == "waiting"
            assert rights.may_answer_objection(who, objection, moment) is answers

    def test_no_dates_no_notice(self) -> None:
        who, call = SimpleNamespace(role=""), Call(state="noticed", ranked=True, rehearsal=False)
        for right in (rights.may_see_notice, rights.may_object, rights.may_end_call):
            assert not right(who, Noticing(call), now())

    def test_days_are_asked_for(self) -> None:
        assert deeds.LEAST_DAYS <= deeds.USUAL_DAYS <= deeds.MOST_DAYS
