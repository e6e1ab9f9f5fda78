"""What can be undone: a closing asked too early or agreed by mistake, one in other hands."""

from datetime import timedelta

import pytest

from participation import wiring
from participation.accounts.identity import Nobody
from participation.kernel import announcing, readers
from participation.kernel.clock import at, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken, RulesBroken
from participation.safeguarding import actions, queries
from participation.safeguarding.happenings import ConcernReleased
from participation.safeguarding.models import Concern
from tests.safeguarding.room import (
    concerns,
    entries,
    letters,
    light,
    opened_and_taken,
    second_agrees,
)
from tests.safeguarding.test_files import WORDS, broken
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def people(cast: Cast, unit: None) -> Cast:
    return cast


class TestClosedByMistake:
    @pytest.fixture
    def concern(self, people: Cast) -> Concern:
        """Closed by two, three days ago."""
        begun = now() - timedelta(days=3)
        with at(begun):
            concern = actions.ask_for_help(light(people.child), "有人推我")
            who = opened_and_taken(people, concern)
            actions.ask_closing(who, concern, "没事了", no_report="是误会")
            second_agrees(people, concern)
        return concern

    def test_opened_again_with_a_new_clock(self, people: Cast, concern: Concern) -> None:
        who, frozen, called = light(people.safeguarding), concern.frozen_until, len(letters())
        moment = now()
        with pytest.raises(RuleBroken) as refusal:
            actions.reopen_concern(who, concern, "")
        assert refusal.value.field == "reopen"
        actions.reopen_concern(who, concern, "孩子又来说了")
        assert (concern.state, concern.level, concern.outcome) == ("seen", 2, "")
        assert concern.clock_at >= moment and concern.due_at is not None
        assert concern.due_at - concern.clock_at == timedelta(minutes=60)
        assert (concern.taken_by, concern.closing_by, concern.done_by) == (None, None, None)
        assert len(letters()) == called + 2, "nobody is on duty: everybody is called anew"
        assert queries.log_of(concern)[-1].said == {"reason": "孩子又来说了"}
        assert [entry.by for entry in entries("ConcernReopened")] == [who.person_id]
        assert concern.frozen_until == frozen
        with pytest.raises(NotAllowed):
            actions.reopen_concern(who, concern, "再来")

    def test_its_evidence_stays_frozen_at_least_as_long(
        self, people: Cast, concern: Concern
    ) -> None:
        who, frozen = light(people.safeguarding), concern.frozen_until
        assert frozen is not None
        actions.reopen_concern(who, concern, "孩子又来说了")
        with at(frozen + timedelta(days=1)), pytest.raises(NotAllowed, match="没有结束"):
            actions.remove_concern(who, concern)
        actions.take_concern(who, concern)
        actions.ask_closing(who, concern, "这次真的没事了", no_report="是误会")
        second_agrees(people, concern)
        assert concern.frozen_until is not None
        assert concern.frozen_until >= frozen + timedelta(days=3)

    def test_only_who_has_read_it_and_never_a_drill(self, people: Cast, concern: Concern) -> None:
        third = light(factories.staff("safeguarding", "何三"))
        with pytest.raises(RuleBroken, match="先打开"):
            actions.reopen_concern(third, concern, "我觉得不对")
        drill = actions.begin_drill(3)
        actions.ask_closing(opened_and_taken(people, drill), drill, "演练完了")
        second_agrees(people, drill)
        with pytest.raises(NotAllowed, match="演练"):
            actions.reopen_concern(light(people.safeguarding), drill, "再来")

    def test_not_beside_an_open_one_about_the_same_words(self, people: Cast) -> None:
        readers.follow({"consultation.words": lambda _identity: "我想飞"})
        announcing.follow({**wiring.LISTENERS, ConcernReleased: ()})
        first = actions.note_case(WORDS, level=3)
        who = opened_and_taken(people, first)
        actions.ask_closing(who, first, "没事", outcome="released")
        second_agrees(people, first)
        again = actions.note_case(WORDS, level=3)
        with pytest.raises(RuleBroken, match="同一段话"):
            actions.reopen_concern(who, first, "不对")
        actions.ask_closing(opened_and_taken(people, again), again, "没事")
        second_agrees(people, again)
        session().refresh(first)
        actions.reopen_concern(who, first, "不对")
        actions.take_concern(who, first)
        with pytest.raises(RulesBroken) as refusal:
            actions.ask_closing(who, first, "没事", outcome="released")
        assert broken(refusal) == {"outcome"}, "its words were given back already"


class TestWithdrawing:
    def test_whoever_asked_takes_it_back(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        who = opened_and_taken(people, concern)
        actions.ask_closing(who, concern, "没事了", no_report="是误会")
        with pytest.raises(NotAllowed, match="收回"):
            actions.withdraw_closing(light(people.second_safeguarding), concern)
        actions.withdraw_closing(who, concern)
        assert (concern.state, concern.closing_by) == ("taken", None)
        assert queries.log_of(concern)[-1].kind == "closing_withdrawn"
        assert len(entries("ClosingWithdrawn")) == 1
        with pytest.raises(NotAllowed):
            actions.withdraw_closing(who, concern)

    def test_nobody_asks_who_has_not_read_it(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        who = light(people.safeguarding)
        actions.take_concern(who, concern)
        with pytest.raises(RulesBroken) as refusal:
            actions.ask_closing(who, concern, "没事了", no_report="是误会")
        assert [str(one) for one in refusal.value.broken] == ["先打开看，再请求结束"]
        opened_by_another = light(people.second_safeguarding)
        actions.read_concern(opened_by_another, concern)
        with pytest.raises(RulesBroken):
            actions.ask_closing(who, concern, "没事了", no_report="是误会")


class TestPages:
    def test_taken_over_asks_once_more(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            number = actions.ask_for_help(light(cast.child), "有人推我").id
        one, two = browser.as_(cast.safeguarding), browser.as_(cast.second_safeguarding)
        address = f"/desk/concerns/{number}"
        one.post(f"{address}/take")
        page = two.get(address)
        assert f"{address}/take-over" in page.links.values() and "郑安，从" in page.text
        page = two.post(f"{address}/take")
        assert page.h1 == "换你来办？" and "郑安 从" in page.text
        holder = page.fields(f"{address}/take-over")["holder"]
        page = two.post(f"{address}/take-over", {"holder": holder, "reason": ""}, status=422)
        page = two.post(f"{address}/take-over", {"holder": "x", "reason": "急"}, status=422)
        assert page.fields(f"{address}/take-over")["reason"] == "急"
        two.post(f"{address}/take-over", {"holder": holder, "reason": "她下班了"})
        assert "许宁，从" in two.get(address).text
        page = two.get(f"{address}/take-over")
        assert "不在别人手里" in page.text
        one.get("/desk/concerns/9999/take-over", status=404)
        browser.as_(cast.administrator).get(f"{address}/take-over", status=403)

    def test_what_can_t_be_done_is_said(self, browser: Browser, cast: Cast) -> None:
        """Nothing chosen is nothing said; no answer to who can't read it; no giving back."""
        with unit_of_work():
            actions.ask_for_help(Nobody(), "有人推我")
        (concern,) = concerns()
        desk, address = browser.as_(cast.safeguarding), f"/desk/concerns/{concern.id}"
        desk.post(f"{address}/take")
        page = desk.post(f"{address}/read")
        assert page.words("dd").count("没有说") == 3
        assert "回了他也看不到" in page.text and "告诉不了孩子" in page.text
        assert "for_child" not in [one.get("name") for one in page.all("textarea")]
        assert "没有危险，把话还给审核台" not in page.words("option")
        desk.post(f"{address}/close", {"outcome": "closed", "reason": "好", "no_report": "误会"})
        page = desk.post(f"{address}/close/withdraw")
        assert "收回了" in page.text
