"""The children's choice: one child one vote, no number before the end, and few after it (R61)."""

from collections import Counter
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from participation.accounts.models import Person
from participation.audit.models import Entry as Record
from participation.ballots.models import Offer, RollLine, SealedPaper, Voting
from participation.contests.call import ShownCall
from participation.contests.models import Call, Entry, Juror, Outcome
from participation.contests.policies import choice as rights
from participation.contests.policies.choice import Choosing
from participation.contests.queries.choice import choosing_of, offered_ids
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from tests.contests.choosing import after, choice_call, class_mates, counted, hung, listed, worker
from tests.contests.walls import Counted
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def mates(cast: Cast) -> list[Person]:
    return class_mates(cast)


@pytest.fixture
def call(cast: Cast) -> ShownCall:
    return choice_call(cast)


@pytest.fixture
def works(call: ShownCall, mates: list[Person], cast: Cast) -> list[Entry]:
    """Three works of the short list, and one that is not on it."""
    found = hung(call, *mates[:3], cast.far_child)
    listed(call, found[:3])
    return found


def page_of(call: ShownCall, work: Entry | None = None) -> str:
    return f"/calls/{call.id}/choice" + (f"/{work.id.hex()}" if work else "")


def cast_by(browser: Browser, people: list[Person], call: ShownCall, work: Entry) -> None:
    for one in people:
        assert browser.as_(one).post(page_of(call, work)).h1 == "选好了，收到了"


class TestOpening:
    def test_roll_and_options_are_frozen(
        self, call: ShownCall, works: list[Entry], mates: list[Person], cast: Cast
    ) -> None:
        worker()
        with unit_of_work():
            offers = set(session().scalars(select(Offer.code)))
            roll = len(session().scalars(select(RollLine.voter)).all())
        assert offers == {one.id.hex() for one in works[:3]}
        consented = (cast.child, cast.middle_child, cast.teenager, cast.far_child, cast.stranger)
        assert roll == len(mates) + len(consented)

    def test_of_the_bands_and_districts_of_the_call_alone(
        self, mates: list[Person], cast: Cast
    ) -> None:
        near = choice_call(cast, bands="b", district_ids=[cast.district.id])
        hung(near, *mates[:2])
        worker()
        with unit_of_work():
            roll = len(session().scalars(select(RollLine.voter)).all())
        assert roll == len(mates) + 1  # and the middle child of the cast

    def test_without_a_jury_all_that_hang(self, call: ShownCall, mates: list[Person]) -> None:
        found = hung(call, *mates[:4])
        with unit_of_work():
            session().execute(
                update(Entry).where(Entry.id == found[0].id).values(standing="withdrawn")
            )
        worker()
        with unit_of_work():
            offers = set(session().scalars(select(Offer.code)))
        assert offers == {one.id.hex() for one in found[1:]}

    @pytest.mark.parametrize("why", ["few children", "one work", "rehearsal", "too early"])
    def test_not_where_it_can_t_be_secret_or_fair(self, why: str, cast: Cast, app: Flask) -> None:
        mates = class_mates(cast, 3 if why == "few children" else 12)
        changes: dict[str, Any] = {"district_ids": [cast.district.id]}
        if why == "rehearsal":
            changes["rehearsal"] = True
        if why == "too early":
            changes["choice_opens_at"] = now() + timedelta(hours=1)
        found = choice_call(cast, **changes)
        hung(found, *mates[: 1 if why == "one work" else 2])
        worker()
        with unit_of_work():
            assert session().scalar(select(Voting.id)) is None

    def test_own_schools_choose_where_they_are_large_enough(
        self, mates: list[Person], cast: Cast, browser: Browser
    ) -> None:
        far = class_mates(cast, 4, far=True)
        call = choice_call(cast, "own_school")
        found = hung(call, *mates[:3], *far[:2])
        worker()
        with unit_of_work():
            offers = set(session().scalars(select(Offer.code)))
        assert offers == {one.id.hex() for one in found[:3]}
        assert browser.as_(far[0]).get(page_of(call)).text.count("名单里没有你") == 1
        cast_by(browser, mates, call, found[0])
        counted(call)
        with time_machine.travel(after(call), tick=False):
            assert "作品0" in browser.as_(mates[0]).get(page_of(call)).text
            assert "结果在自己学校看" in browser.get(page_of(call)).text


class TestChoosing:
    def test_one_child_has_one_vote(
        self, call: ShownCall, works: list[Entry], mates: list[Person], browser: Browser
    ) -> None:
        worker()
        child = browser.as_(mates[0])
        assert child.get(page_of(call)).h1 == "选你最喜欢的"
        asked = child.get(page_of(call, works[0]))
        assert asked.h1 == "就选它吗？" and "投出去就不能换了" in asked.text
        done = child.post(page_of(call, works[0]))
        assert "小收据" in done.text and done.response.headers["Cache-Control"] == "no-store"
        for work in works[:2]:
            assert "每个人选一次" in child.post(page_of(call, work), status=403).text
        assert "每个人选一次" in child.get(page_of(call)).text
        with unit_of_work():
            assert len(session().scalars(select(SealedPaper.id)).all()) == 2

    def test_nothing_else_is_written_in_the_request_that_casts(
        self, call: ShownCall, works: list[Entry], mates: list[Person], browser: Browser
    ) -> None:
        worker()
        child = browser.as_(mates[0])
        child.get(page_of(call))
        with unit_of_work():
            records = len(session().scalars(select(Record.id)).all())
        with Counted() as statements:
            child.post(page_of(call, works[0]))
        written = [one for one in statements if one.split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert written and all("ballots_" in one for one in written), written
        with unit_of_work():
            assert len(session().scalars(select(Record.id)).all()) == records

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("teacher", "由孩子自己选"),
            ("secretary", "由孩子自己选"),
            ("official", "由孩子自己选"),
            ("juror", "由孩子自己选"),
            ("unconsented", "名单里没有你"),
            (None, "用童声卡进来"),
        ],
    )
    def test_who_has_no_vote_reads_why(
        self,
        name: str | None,
        said: str,
        call: ShownCall,
        works: list[Entry],
        cast: Cast,
        browser: Browser,
    ) -> None:
        worker()
        visitor = browser.as_(getattr(cast, name)) if name else browser
        page = visitor.get(page_of(call))
        assert page.h1 == "孩子们自己选" and said in page.text and "作品0" not in page.text

    def test_a_child_juror_does_not_choose(
        self, call: ShownCall, works: list[Entry], mates: list[Person], browser: Browser
    ) -> None:
        with unit_of_work():
            session().add(
                Juror(
                    call_id=call.id, person_id=mates[0].id, panel="child", alias=1, state="accepted"
                )
            )
        worker()
        judge = browser.as_(mates[0])
        assert "你是这次的评委" in judge.get(page_of(call)).text
        judge.post(page_of(call, works[0]), status=403)

    def test_what_is_not_offered_can_t_be_chosen(
        self, call: ShownCall, works: list[Entry], mates: list[Person], browser: Browser
    ) -> None:
        worker()
        child = browser.as_(mates[0])
        child.post(page_of(call, works[3]), status=404)
        with unit_of_work():
            session().execute(update(Entry).where(Entry.id == works[0].id).values(shown=False))
        assert "作品0" not in child.get(page_of(call)).text
        child.get(page_of(call, works[0]), status=404)
        child.post(page_of(call, works[0]), status=404)

    def test_other_schools_alone_where_the_call_says_so(
        self, mates: list[Person], cast: Cast, browser: Browser
    ) -> None:
        call = choice_call(cast, "other_schools")
        found = hung(call, *mates[:2], cast.far_child)
        worker()
        child = browser.as_(mates[0])
        page = child.get(page_of(call))
        assert "作品2" in page.text and "作品0" not in page.text and "作品1" not in page.text
        child.post(page_of(call, found[0]), status=404)
        child.post(page_of(call, found[2]))

    def test_each_work_is_shown_alike_often_in_each_place(
        self, call: ShownCall, mates: list[Person], cast: Cast
    ) -> None:
        found = hung(call, *mates[:4])
        many = class_mates(cast, 80, far=True)
        worker()
        first: Counter[bytes] = Counter()
        for one in many:
            who = SimpleNamespace(is_child=True, person_id=one.id)
            with unit_of_work():
                orders = [offered_ids(choosing_of(who, call)) for _again in range(2)]
            assert orders[0] == orders[1] and set(orders[0]) == {work.id for work in found}
            first[orders[0][0]] += 1
        assert min(first.values()) >= 8  # of 80 by chance: fewer comes once in a thousand runs


class TestSecrecy:
    def test_no_number_leaves_before_the_end(
        self,
        call: ShownCall,
        works: list[Entry],
        mates: list[Person],
        cast: Cast,
        browser: Browser,
    ) -> None:
        """Whoever looks, wherever: pages are the same before anybody chose and after eleven did."""
        worker()
        doors = [browser, *(browser.as_(getattr(cast, name)) for name in READERS)]
        pages = (page_of(call), f"/calls/{call.id}", "/calls?when=over", "/open-data")
        desk = (f"/desk/calls/{call.id}/choice", "/desk/audit", f"/desk/calls/{call.id}")
        moment = now()
        seen: list[list[str]] = []
        for turn in range(2):
            with time_machine.travel(moment, tick=False):
                seen.append([told(one, page) for one in doors for page in (*pages, *desk)])
            if turn == 0:
                cast_by(browser, mates[:11], call, works[0])
        assert seen[0] == seen[1]
        for one in doors:
            refused = one.client.get(f"{page_of(call)}/receipts")
            assert refused.status_code == 403

    def test_afterwards_the_first_is_told_and_no_number(
        self,
        call: ShownCall,
        works: list[Entry],
        mates: list[Person],
        cast: Cast,
        browser: Browser,
    ) -> None:
        worker()
        cast_by(browser, mates[:8], call, works[1])
        cast_by(browser, mates[8:11], call, works[0])
        counted(call)
        with time_machine.travel(after(call), tick=False):
            page = browser.get(page_of(call))
            assert page.h1 == "孩子们选的" and "作品1" in page.text and "作品0" not in page.text
            receipts = browser.get(f"{page_of(call)}/receipts")
            assert len(receipts.all("li")) >= 10
            secretary = browser.as_(cast.secretary)
            assert "集中投票的时段" in secretary.get(f"/desk/calls/{call.id}/choice").text
            browser.as_(cast.teacher).get(f"/desk/calls/{call.id}/choice", status=403)
        with unit_of_work():
            marked = set(
                session().scalars(select(Outcome.entry_id).where(Outcome.by_children.is_(True)))
            )
        assert marked == {works[1].id}

    def test_of_few_papers_nothing_is_told(
        self, call: ShownCall, works: list[Entry], mates: list[Person], browser: Browser
    ) -> None:
        worker()
        cast_by(browser, mates[:9], call, works[1])
        counted(call)
        with time_machine.travel(after(call), tick=False):
            page = browser.get(page_of(call))
            assert "结果不公布" in page.text and "作品1" not in page.text
            assert "收据不列出来" in browser.get(f"{page_of(call)}/receipts").text

    def test_what_came_first_and_hangs_no_more_is_not_shown(
        self, call: ShownCall, works: list[Entry], mates: list[Person], browser: Browser
    ) -> None:
        worker()
        cast_by(browser, mates[:10], call, works[1])
        counted(call)
        with unit_of_work():
            gone = update(Entry).where(Entry.id == works[1].id)
            session().execute(gone.values(standing="disqualified"))
        with time_machine.travel(after(call), tick=False):
            page = browser.get(page_of(call))
            assert "作品1" not in page.text and "现在不挂在这里了" in page.text


READERS = ("teacher", "moderator", "official", "juror", "secretary", "administrator")


def told(browser: Browser, address: str) -> str:
    """A page as it is read, without what changes with each look."""
    answer = browser.client.get(address)
    text = answer.get_data(as_text=True) if answer.status_code == 200 else ""
    return f"{address} {answer.status_code} " + "\n".join(
        line for line in text.splitlines() if "csrf_token" not in line and "order=" not in line
    )


def someone(role: str) -> Any:
    return SimpleNamespace(is_authenticated=role != "", is_child=role == "child", role=role)


OPENS = datetime.fromisoformat("2026-05-01T00:00:00+00:00")
CLOSES = datetime.fromisoformat("2026-05-08T00:00:00+00:00")
VOTERS = {
    "listed": SimpleNamespace(is_listed=True, has_voted=False),
    "voted": SimpleNamespace(is_listed=True, has_voted=True),
    "beside": SimpleNamespace(is_listed=False, has_voted=False),
}


class TestRights:
    """Before, during, after × a child of the roll, one beside it, one who has chosen, others."""

    @pytest.mark.parametrize("state", ["none", "draft", "open", "closed", "counted"])
    @pytest.mark.parametrize("days", [-1, 1, 9])
    @pytest.mark.parametrize("voter", VOTERS)
    @pytest.mark.parametrize("judges", [False, True])
    @pytest.mark.parametrize("role", ["", "child", "teacher", "secretary", "juror"])
    @pytest.mark.parametrize("held", [True, False])
    def test_matrix(
        self, state: str, days: int, voter: str, judges: bool, role: str, held: bool
    ) -> None:
        call = Call(choice="any_school" if held else "none", rehearsal=False)
        voting = (
            None
            if state == "none"
            else SimpleNamespace(state=state, opens_at=OPENS, closes_at=CLOSES)
        )
        asked = Choosing(call, voting, VOTERS[voter], judges)
        who, moment = someone(role), OPENS + timedelta(days=days)
        may = (held, role == "child", not judges, state == "open", days == 1, voter == "listed")
        assert rights.may_choose_work(who, asked, moment) is all(may)
        assert rights.may_see_choice(who, asked, moment) is (held and state == "counted")
        bursts = held and state == "counted" and role == "secretary"
        assert rights.may_see_choice_bursts(who, asked, moment) is bursts
