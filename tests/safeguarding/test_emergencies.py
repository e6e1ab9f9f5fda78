"""Danger now and nobody to agree: one look alone, in red until a head has judged it."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from participation import wiring
from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.kernel import finders, readers
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.kernel.subjects import Subject
from participation.safeguarding import actions, queries
from participation.safeguarding.models import Concern, Emergency
from participation.safeguarding.queries.emergencies import unjudged, unjudged_of
from tests.safeguarding.room import entries, letters, light, on_duty, second_agrees
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast

WORDS = Subject("consultation.words", "7")
WHY = "孩子说现在就要跳，许宁三次没接电话"


@pytest.fixture
def head(cast: Cast) -> Person:
    """A third officer, who leads; the first is on duty, the second stands in."""
    with unit_of_work():
        person = factories.staff("safeguarding", "何领")
        actions.make_head(person.id)
        on_duty(cast)
    return person


@pytest.fixture
def number(cast: Cast, head: Person) -> int:
    """A concern of level 1 about pseudonymous words, opened by the officer on duty."""
    readers.follow({**wiring.READERS, "consultation.words": lambda _identity: "我在楼顶"})
    finders.follow({"consultation.words": lambda _identity: cast.middle_child.id})
    with unit_of_work():
        concern = actions.note_case(WORDS, kind="sign", level=1, signs=("harm_self",))
        actions.read_concern(light(cast.safeguarding), concern)
        return concern.id


def the(number: int) -> Concern:
    return session().get_one(Concern, number)


def looked(cast: Cast, number: int) -> tuple[Identity, Emergency]:
    who = light(cast.safeguarding)
    actions.see_alone(who, the(number), WHY)
    (one,) = unjudged()
    return who, session().get_one(Emergency, one.id)


class TestLooking:
    def test_the_officer_on_duty_looks_and_is_not_alone_with_it(
        self, cast: Cast, head: Person, number: int
    ) -> None:
        with unit_of_work():
            before = len(letters())
            found = actions.see_alone(light(cast.safeguarding), the(number), WHY)
            assert found.id == cast.middle_child.id
            told = letters()[before:]
            assert {one.to_address for one in told} == {head.email, cast.second_safeguarding.email}
            assert all("紧急" in one.subject and WHY not in one.text for one in told)
            (entry,) = entries("IdentitySeenAlone")
            assert entry.by == cast.safeguarding.id and "许宁" not in entry.facts
            line = queries.log_of(the(number))[-1]
            assert (line.kind, line.by, line.said["reason"]) == ("seen_alone", "郑安", WHY)
            assert unjudged_of(the(number))

    def test_only_then(self, cast: Cast, head: Person, number: int) -> None:
        one, second = light(cast.safeguarding), light(cast.second_safeguarding)
        with unit_of_work():
            with pytest.raises(RuleBroken) as refusal:
                actions.see_alone(one, the(number), "")
            assert refusal.value.field == "alone"
            actions.read_concern(second, the(number))
            for other in (second, light(head)):
                with pytest.raises(NotAllowed, match="值班"):
                    actions.see_alone(other, the(number), WHY)
            actions.set_level(one, the(number), 2)
            with pytest.raises(NotAllowed, match="1 级"):
                actions.see_alone(one, the(number), WHY)
            actions.set_level(one, the(number), 1)
            assert actions.see_alone(one, the(number), WHY)

    def test_unread_or_with_nobody_behind(self, cast: Cast, head: Person, number: int) -> None:
        one = light(cast.safeguarding)
        with unit_of_work():
            fresh = actions.note_case(
                Subject("consultation.words", "8"), kind="sign", level=1, signs=("harm_self",)
            )
            with pytest.raises(RuleBroken, match="先打开"):
                actions.see_alone(one, fresh, WHY)
            finders.follow({"consultation.words": lambda _identity: None})
            with pytest.raises(RuleBroken, match="没有找到"):
                actions.see_alone(one, the(number), WHY)
            assert unjudged() == [] and entries("IdentitySeenAlone") == []

    def test_with_neither_head_nor_stand_in_every_other_hears(self, cast: Cast) -> None:
        readers.follow({"consultation.words": lambda _identity: "我在楼顶"})
        finders.follow({"consultation.words": lambda _identity: cast.middle_child.id})
        with unit_of_work():
            third = factories.staff("safeguarding", "何三")
            on_duty(cast, stand_in=False)
            concern = actions.note_case(WORDS, kind="sign", level=1)
            actions.read_concern(light(cast.safeguarding), concern)
            before = len(letters())
            actions.see_alone(light(cast.safeguarding), concern, WHY)
            reached = {one.to_address for one in letters()[before:]}
            assert reached == {cast.second_safeguarding.email, third.email}


class TestJudging:
    def test_a_head_who_has_read_it(self, cast: Cast, head: Person, number: int) -> None:
        leads = light(head)
        with unit_of_work():
            who, seen = looked(cast, number)
            for other in (who, light(cast.second_safeguarding)):
                with pytest.raises(NotAllowed):
                    actions.judge_emergency(other, the(number), seen, "做得对")
            with pytest.raises(RuleBroken, match="先打开"):
                actions.judge_emergency(leads, the(number), seen, "做得对")
            actions.read_concern(leads, the(number))
            with pytest.raises(RuleBroken) as refusal:
                actions.judge_emergency(leads, the(number), seen, "")
            assert refusal.value.field == "judgement"
            actions.judge_emergency(leads, the(number), seen, "做得对")
            assert unjudged() == []
            assert queries.log_of(the(number))[-1].said["text"] == "做得对"
            assert [entry.by for entry in entries("EmergencyJudged")] == [leads.person_id]
            with pytest.raises(NotAllowed, match="写过"):
                actions.judge_emergency(leads, the(number), seen, "再写")

    def test_a_head_does_not_judge_herself(self, cast: Cast, head: Person, number: int) -> None:
        with unit_of_work():
            actions.make_head(cast.safeguarding.id)
            who, seen = looked(cast, number)
            with pytest.raises(NotAllowed, match="另一位负责人"):
                actions.judge_emergency(who, the(number), seen, "做得对")
            alone = update(Emergency).values(judged_by=who.person_id)
            with pytest.raises(IntegrityError, match="judged_by_another"), session().begin_nested():
                session().execute(alone)

    def test_nothing_is_removed_before(self, cast: Cast, head: Person, number: int) -> None:
        with unit_of_work():
            who, seen = looked(cast, number)
            actions.take_concern(who, the(number))
            actions.ask_closing(who, the(number), "孩子安全了", no_report="已经打了 110")
            second_agrees(cast, the(number))
            the(number).frozen_until = now() - timedelta(seconds=1)
            with pytest.raises(RuleBroken, match="判断"):
                actions.remove_concern(who, the(number))
            actions.read_concern(light(head), the(number))
            actions.judge_emergency(light(head), the(number), seen, "做得对")
            actions.remove_concern(who, the(number))
            assert session().get(Emergency, seen.id) is None


def test_the_pages(browser: Browser, cast: Cast, head: Person, number: int) -> None:
    address = f"/desk/concerns/{number}"
    one, two, lead = (
        browser.as_(person) for person in (cast.safeguarding, cast.second_safeguarding, head)
    )
    assert "叫不醒" in one.get(address).text and "叫不醒" not in two.get(address).text
    two.post(f"{address}/alone", {"alone": WHY}, status=403)
    page = one.post(f"{address}/alone", {"alone": ""}, status=422)
    page = one.post(f"{address}/alone", {"alone": WHY})
    assert "李一林" in page.text and "你是一个人查的" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    covered = two.get(address)
    assert "单独查了是谁写的" in covered.text and WHY not in covered.text
    assert "单独查过是谁" in two.get("/desk/concerns").text
    assert "判断" in lead.get("/desk/duty").text
    assert "没有等第二位同意" not in two.get("/desk/duty").text
    page = lead.post(f"{address}/read")
    judge = next(
        form.get("action", "") for form in page.all("form") if "judge" in form.get("action", "")
    )
    assert WHY in page.text
    two.post(judge, {"judgement": "好"}, status=403)
    lead.post(judge, {"judgement": ""}, status=422)
    lead.post(f"{address}/alone/99999/judge", {"judgement": "好"}, status=404)
    page = lead.post(judge, {"judgement": "应该这样做"})
    assert "负责人还没有写判断" not in page.text and "应该这样做" not in page.text
    assert "没有等第二位同意" not in lead.get("/desk/duty").text
    assert "单独查过是谁" not in two.get("/desk/concerns").text
    assert "应该这样做" in two.post(f"{address}/read").text
    for other in (cast.administrator, cast.moderator, cast.teacher):
        browser.as_(other).post(f"{address}/alone", {"alone": WHY}, status=403)
        browser.as_(other).post(judge, {"judgement": "好"}, status=403)
    audit = browser.as_(cast.administrator).get("/desk/audit")
    assert "李一林" not in audit.text and WHY not in audit.text
    alarm = [row for row in audit.words("tr") if "IdentitySeenAlone" in row]
    assert len(alarm) == 1 and "紧急" in alarm[0]
