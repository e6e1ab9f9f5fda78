"""Who may look at a child's text, and that no look is unseen."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.models import Person
from participation.audit.models import Entry
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed
from participation.kernel.subjects import Subject
from participation.moderation import actions, queries
from participation.moderation.models import Case
from tests.moderation.test_actions import WORDS, entries
from tests.moderation.test_actions import opened as waiting
from tests.moderation.test_pages import DESK, Desk, case, opened
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def judge(cast: Cast, unit: None) -> Person:
    return cast.moderator


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Desk:
    return Desk(browser, cast.moderator)


class TestDeeds:
    """Who may take and open a text."""

    def decided(self, judge: Person) -> Case:
        case = actions.claim(judge, waiting("我叫王语桐").id)
        actions.decide(judge, case.id, version=case.version, verdict="refused", reasons=["name"])
        return case

    def test_every_taking_is_one_look_on_record(self, judge: Person, cast: Cast) -> None:
        case = waiting()
        actions.claim_next(judge)
        actions.put_back(judge, case.id)
        actions.claim(cast.second_moderator, case.id)
        found = session().scalars(select(Entry).where(Entry.what == "CaseClaimed")).all()
        assert {entry.by for entry in found} == {judge.id, cast.second_moderator.id}
        assert len(found) == 2
        assert {(entry.at, entry.request) for entry in found} == {(start_of(today()), "")}

    def test_only_the_holder_finds_a_waiting_case(self, judge: Person, cast: Cast) -> None:
        case = waiting()
        other = cast.second_moderator
        assert queries.case_for(judge.id, case.id) is None
        actions.claim(judge, case.id)
        assert queries.case_for(judge.id, case.id) is case
        assert queries.case_for(other.id, case.id) is None
        actions.withdraw_case(WORDS)
        assert queries.case_for(judge.id, case.id) is None

    def test_what_she_decided_opens_to_her_alone_and_for_a_week(
        self, judge: Person, cast: Cast
    ) -> None:
        case = self.decided(judge)
        for _twice in range(2):
            assert actions.reread(judge, case.id).text == "我叫王语桐"
        assert entries("CaseReread") == 2
        with pytest.raises(Missing):
            actions.reread(cast.second_moderator, case.id)
        later = now() + queries.REREAD_FOR
        with time_machine.travel(later - timedelta(minutes=1), tick=False):
            actions.reread(judge, case.id)
        with time_machine.travel(later + timedelta(minutes=1), tick=False):
            with pytest.raises(Missing):
                actions.reread(judge, case.id)
            assert queries.case_for(judge.id, case.id) is None
        assert entries("CaseReread") == 3

    def test_a_waiting_case_is_not_reread(self, judge: Person) -> None:
        with pytest.raises(Missing):
            actions.reread(judge, actions.claim(judge, waiting().id).id)

    @pytest.mark.parametrize("part", ["child", "teacher", "secretary", "stranger", "safeguarding"])
    def test_nobody_else_rereads(self, judge: Person, cast: Cast, part: str) -> None:
        with pytest.raises(NotAllowed):
            actions.reread(getattr(cast, part), self.decided(judge).id)


class TestPages:
    """No address shows a text to whoever has nothing to do with it, and no look is unseen."""

    WORDS = "多种树，少停车"

    def looks(self, what: str) -> int:
        with unit_of_work():
            return len(session().scalars(select(Entry.id).where(Entry.what == what)).all())

    def test_a_case_that_nobody_took_is_not_there(self, desk: Desk) -> None:
        (number,) = opened(self.WORDS)
        desk.browser.get(f"{DESK}/cases/{number}", status=404)
        for pressed in ("", "preview", "approved", "skip"):
            page = desk.press(number, pressed, status=409)
            assert self.WORDS not in page.text
        assert case(number).state == "waiting"

    @pytest.mark.parametrize("verdict", ["", "approved"])
    def test_words_that_the_child_took_back_are_gone_for_good(
        self, desk: Desk, verdict: str
    ) -> None:
        (number,) = opened(self.WORDS)
        assert self.WORDS in desk.begin().text
        if verdict:
            desk.press(number, verdict)
        with unit_of_work():
            actions.withdraw_case(Subject("x", "0"))
        page = desk.browser.get(f"{DESK}/cases/{number}", status=200 if verdict else 404)
        assert self.WORDS not in page.text
        if verdict:
            assert "这条孩子改过或撤回了" in page.text
            assert self.WORDS not in desk.browser.post(f"{DESK}/cases/{number}/reread").text
        assert self.WORDS not in desk.browser.get(f"{DESK}/mine").text

    def test_what_another_decided_is_not_there(
        self, desk: Desk, browser: Browser, cast: Cast
    ) -> None:
        (number,) = opened(self.WORDS)
        desk.begin()
        desk.press(number, "approved")
        other = browser.as_(cast.second_moderator)
        other.get(f"{DESK}/cases/{number}", status=404)
        other.post(f"{DESK}/cases/{number}/reread", status=404)
        assert self.looks("CaseReread") == 0

    def test_one_s_own_is_covered_until_it_is_opened_on_record(self, desk: Desk) -> None:
        (number,) = opened(self.WORDS)
        desk.begin()
        assert self.looks("CaseClaimed") == 1
        desk.press(number, "approved")
        covered = desk.browser.get(f"{DESK}/cases/{number}").text
        assert self.WORDS not in covered and "等了" not in covered
        assert self.looks("CaseReread") == 0
        page = desk.browser.post(f"{DESK}/cases/{number}/reread")
        assert self.WORDS in page.text
        assert self.looks("CaseReread") == 1

    def test_a_page_left_open_covers_itself_when_the_lease_is_over(self, desk: Desk) -> None:
        (number,) = opened(self.WORDS)
        desk.begin()
        assert self.WORDS in desk.browser.get(f"{DESK}/cases/{number}").text
        with time_machine.travel(now() + actions.LEASE * 2, tick=False):
            page = desk.browser.get(f"{DESK}/cases/{number}")
            assert self.WORDS not in page.text and "我来看这一条" in page.text
            page = desk.browser.post(f"{DESK}/cases/{number}/claim")
            assert self.WORDS in page.text
        assert self.looks("CaseClaimed") == 2
