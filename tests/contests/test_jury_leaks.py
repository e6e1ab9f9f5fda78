"""Who is not before a work learns nothing of it; who is learns work, code and band (R68)."""

import re

import pytest
from sqlalchemy import select

from participation.contests.call import ShownCall
from participation.contests.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.contests import bench
from tests.contests.bench import full_rating as whole
from tests.contests.bench import own_juror
from tests.contests.bench import own_seats as own
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


@pytest.fixture
def call(cast: Cast) -> ShownCall:
    return bench.closed_call(cast)


class TestLeaks:
    """Who is not before a work learns nothing; who is learns work, code and band alone (R68)."""

    def test_everybody_else_finds_nothing(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 6)
        bench.jurors(cast, call, 3)
        bench.juror(call, cast.far_child, 1)
        bench.juror(call, cast.far_teacher, 9, state="invited")
        number = bench.opened_round(cast, settings, call)
        seat = own(number, cast.juror.id)[0]
        other_panel, teacher = cast.far_child, cast.teacher
        nobody = browser.as_(cast.juror).get("/jury/424242", status=404)
        for person in (other_panel, teacher, cast.far_teacher, cast.child):
            asker = browser.as_(person)
            page = asker.get(f"/jury/{seat.id}", status=404)
            assert words(page) == words(asker.get("/jury/424242", status=404))
            asker.get(f"/jury/rounds/{number}", status=404)
            asker.post(f"/jury/{seat.id}", whole(call), status=404)
            asker.post(f"/jury/{seat.id}/recuse", status=404)
            asker.post(f"/jury/rounds/{number}/order", {"do": "done"}, status=404)
            assert call.title["zh"] not in asker.get("/jury").text or person != cast.child
        for person in (cast.moderator, cast.official, cast.secretary, cast.administrator):
            browser.as_(person).get(f"/jury/{seat.id}", status=403)
            browser.as_(person).get("/jury", status=403)
        assert browser.client.get(f"/jury/{seat.id}").status_code == 302
        assert "作品" not in nobody.h1

    def test_a_juror_learns_code_band_and_work_alone(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        made = bench.works(cast, call, 6)
        bench.jurors(cast, call, 4)
        number = bench.opened_round(cast, settings, call)
        bench.judge_all(number, call, lambda _one: 2, but=own_juror(cast.juror.id))
        juror = browser.as_(cast.juror)
        seats = own(number, cast.juror.id)
        text = "".join(
            juror.get(path).text
            for path in ("/jury", f"/jury/rounds/{number}", *(f"/jury/{s.id}" for s in seats))
        )
        with unit_of_work(writes=False):
            entries = session().scalars(select(Entry)).all()
        for entry in entries:
            assert entry.id.hex() not in text and str(entry.shuffle) + "?" not in text
            assert entry.school.hex() not in text
        for name in ("某某", "作者0", "作者1", "湖滨路", "云岭", "三年级", "号评委"):
            assert name not in text
        assert not re.search(r"平均|α|2\.00", text)
        assert all(one.code in text for one in made if one.id in {s.entry_id for s in seats})

    def test_packs_have_orders_of_their_own(
        self, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 12)
        people = bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        orders = [[one.entry_id for one in own(number, person.id)] for person in people]
        assert orders[0] != orders[1] != orders[2]

    def test_who_left_sees_nothing_any_more(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 4)
        number = bench.opened_round(cast, settings, call)
        seat, juror = own(number, cast.juror.id)[0], browser.as_(cast.juror)
        juror.post(f"/jury/{seat.id}", whole(call))
        juror.post(f"/jury/seats/{own_juror(cast.juror.id)[0]}/leave")
        bench.work()
        juror.get(f"/jury/{seat.id}", status=404)
        juror.get(f"/jury/rounds/{number}", status=404)
        assert [one.state for one in own(number, cast.juror.id)] == ["judged"]

    def test_a_withdrawn_work_is_gone_at_once(
        self, browser: Browser, cast: Cast, call: ShownCall, settings: Settings
    ) -> None:
        bench.works(cast, call, 3)
        bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        seat = own(number, cast.juror.id)[0]
        with unit_of_work():
            entry = session().get(Entry, seat.entry_id)
            assert entry is not None
            entry.standing = "withdrawn"
        browser.as_(cast.juror).get(f"/jury/{seat.id}", status=404)
        assert "一共 2 件" in browser.as_(cast.juror).get("/jury").text


def words(page: Page) -> list[str]:
    """What an error page says, without the number of the request."""
    return [*page.words("h1"), *[re.sub(r"[0-9a-f]{12}", "", one) for one in page.words("p")]]
