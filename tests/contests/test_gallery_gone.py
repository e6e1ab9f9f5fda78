"""What left the gallery is gone the same minute; and who judges does not see it before the end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from participation.accounts.models import Person
from participation.contests.call import ShownCall
from participation.contests.models import Call, Juror
from participation.contests.naming import version_name
from participation.kernel import versions
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from tests.contests.stage import approved, published_call
from tests.contests.walls import change, hang, licence, opened, sources
from tests.support.browser import Browser
from tests.support.cast import Cast

DOWN = {
    "withdrawn": lambda entry: change(entry, standing="withdrawn"),
    "judged": lambda entry: change(entry, standing="refused"),
    "disqualified": lambda entry: change(entry, standing="disqualified"),
    "not wished": lambda entry: change(entry, shown=False),
    "licence ended": lambda entry: licence(entry, ended_on=today()),
    "guardian withdrew": lambda entry: licence(entry, guardian="withdrawn"),
    "licence over": lambda entry: licence(entry, until=today() - timedelta(days=1)),
}


class TestGone:
    @pytest.mark.parametrize("why", DOWN)
    def test_page_list_and_files_are_gone_the_same_minute(
        self, why: str, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, title="会唱歌的斑马线")
        hang(entry)
        address, listed = f"/works/{entry.id.hex()}", f"/calls/{drawings.id}"
        tags = {one: browser.client.get(one).headers["ETag"] for one in (address, listed)}
        given = sources(browser.get(address)) + sources(browser.get(listed))
        assert len(given) == 2
        DOWN[why](entry)
        assert browser.client.get(address).status_code == 404
        assert browser.client.get(f"{address}/report").status_code == 404
        known = {"If-None-Match": tags[address]}
        assert browser.client.get(address, headers=known).status_code == 404
        again = browser.client.get(listed, headers={"If-None-Match": tags[listed]})
        assert again.status_code == 200 and "会唱歌的斑马线" not in again.get_data(as_text=True)
        for one in given:
            assert opened(browser, one) == 404

    def test_the_last_day_is_still_a_day(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, until=today())
        hang(entry)
        address = f"/works/{entry.id.hex()}"
        (picture,) = sources(browser.get(address))
        with time_machine.travel(now() + timedelta(days=1), tick=False):
            assert browser.client.get(address).status_code == 404
            assert opened(browser, picture) == 404

    def test_a_rehearsal_and_a_draft_hang_nothing(self, cast: Cast, browser: Browser) -> None:
        for changes in ({"rehearsal": True}, {"state": "draft"}):
            hidden = published_call(cast, **changes)
            entry = approved(hidden, cast.child)
            browser.get(f"/works/{entry.id.hex()}", status=404)

    @pytest.mark.parametrize("key", ["x", "00", "0" * 32, "A" * 32])
    def test_what_is_no_work_is_no_page(self, key: str, cast: Cast, browser: Browser) -> None:
        browser.get(f"/works/{key}", status=404)


class TestJurors:
    @pytest.fixture(params=["juror", "middle_child"])
    def juror(
        self, request: pytest.FixtureRequest, drawings: ShownCall, cast: Cast
    ) -> Iterator[Person]:
        person: Person = getattr(cast, request.param)
        panel = "adult" if request.param == "juror" else "child"
        with unit_of_work():
            session().add(
                Juror(
                    call_id=drawings.id,
                    person_id=person.id,
                    panel=panel,
                    alias=1,
                    state="accepted",
                )
            )
        yield person

    def test_she_does_not_see_the_wall_of_her_call_until_it_is_noticed(
        self, juror: Person, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, title="会唱歌的斑马线")
        judge = browser.as_(juror)
        page = judge.get(f"/calls/{drawings.id}")
        assert "会唱歌的斑马线" not in page.text and "你是这次的评委" in page.text
        refused = judge.get(f"/works/{entry.id.hex()}", status=403)
        assert "会唱歌的斑马线" not in refused.text and "你是这次的评委" in refused.text
        judge.get(f"/works/{entry.id.hex()}/report", status=403)
        with unit_of_work():
            session().execute(update(Call).where(Call.id == drawings.id).values(state="noticed"))
            versions.grow(version_name(drawings.id))
        assert judge.get(f"/works/{entry.id.hex()}").h1 == "会唱歌的斑马线"

    def test_who_judges_elsewhere_sees_it(
        self, juror: Person, cast: Cast, app: Flask, browser: Browser
    ) -> None:
        other = published_call(cast)
        entry = approved(other, cast.child)
        browser.as_(juror).get(f"/works/{entry.id.hex()}")
