"""What follows a verdict: appeals, reports, forgetting; and known texts among the others."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.models import Person
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import session
from participation.kernel.errors import NotAllowed, RuleBroken, RulesBroken
from participation.moderation import actions, queries
from participation.moderation.actions import gold as gold_deeds
from participation.moderation.actions.forgetting import KEEP_FOR
from participation.moderation.happenings import GoldJudged
from participation.moderation.models import Case, Gold, Original, Report, Verdict
from participation.moderation.policies import may_see_gold
from participation.moderation.queries.gold import known_texts, unseen_count
from tests.moderation.stage import ABOUT, decided, subject, waits
from tests.moderation.test_actions import WORDS, opened
from tests.support.cast import Cast

pytestmark = pytest.mark.usefixtures("states_equal_the_fold")


class TestAppeals:
    def appealed(self, judge: Person, verdict: str = "refused") -> Case:
        first = opened("伤人的话", school_id=7)
        decided(judge, first, verdict, reasons=["hurtful"], sentence="换个说法。")
        actions.appeal(WORDS, about=ABOUT, text="伤人的话")
        return session().scalars(select(Case).where(Case.kind == "appeal")).one()

    def test_it_goes_to_another_moderator_without_a_name(
        self, judge: Person, other: Person, heard: list[Any]
    ) -> None:
        case = self.appealed(judge)
        first = session().get(Case, case.earlier_id)
        assert first is not None
        assert (case.queue, case.not_by, case.school) == ("appeals", judge.id, first.school)
        assert actions.claim_next(judge) is None
        with pytest.raises(NotAllowed):
            actions.claim(judge, case.id)
        taken = actions.claim_next(other)
        assert taken is not None and taken.id == case.id
        found = queries.before(taken)
        assert found is not None
        assert (found.verdict, found.reasons, found.sentence) == (
            "refused",
            ("hurtful",),
            "换个说法。",
        )
        assert judge.legal_name not in repr(found)

    def test_granted_with_an_answer(self, judge: Person, other: Person, heard: list[Any]) -> None:
        row = decided(other, self.appealed(judge), "approved")
        assert "你说得对" in row.sentence and row.in_time
        assert (heard[-1].kind, heard[-1].verdict) == ("appeal", "approved")

    def test_upheld_with_an_answer(self, judge: Person, other: Person, heard: list[Any]) -> None:
        case = self.appealed(judge, "returned")
        with pytest.raises(RulesBroken):
            decided(other, case, "refused")
        with pytest.raises(RulesBroken):
            decided(other, case, "returned", reasons=["hurtful"])
        row = decided(other, case, "refused", reasons=["hurtful"])
        assert "另一位老师又看了一次" in row.sentence

    def test_once_and_within_thirty_days(
        self, judge: Person, other: Person, heard: list[Any]
    ) -> None:
        case = self.appealed(judge)
        for _waiting_then_answered in range(2):
            with pytest.raises(RuleBroken):
                actions.appeal(WORDS, about=ABOUT, text="伤人的话")
            if case.state == "waiting":
                decided(other, case, "refused", reasons=["hurtful"])
        late = subject(9)
        decided(judge, opened("二", late), "refused", reasons=["hurtful"])
        with (
            time_machine.travel(now() + timedelta(days=31), tick=False),
            pytest.raises(RuleBroken),
        ):
            actions.appeal(late, about=ABOUT, text="二")
        with pytest.raises(RuleBroken):
            actions.appeal(subject(10), about=ABOUT, text="没有看过")

    def test_mended_words_need_no_appeal_any_more(self, judge: Person, heard: list[Any]) -> None:
        case = self.appealed(judge, "returned")
        opened("改好了", turn=2)
        session().refresh(case)
        assert (case.state, case.text) == ("withdrawn", "")


class TestReports:
    def report(self, reason: str = "hurtful", note: str = "") -> None:
        actions.report_text(
            WORDS, about={"zh": "上学路上"}, band="b", text="坏话", reason=reason, note=note
        )

    def test_readers_of_one_text_add_to_one_case(self, judge: Person, heard: list[Any]) -> None:
        decided(judge, opened("坏话", school_id=7), "approved")
        self.report("hurtful", "骂人")
        self.report("personal")
        case = session().scalars(select(Case).where(Case.kind == "report")).one()
        assert (case.queue, case.turn, case.earlier_id is not None) == ("reports", 1, True)
        assert case.school is not None
        found = [(one.reason, one.note, one.at) for one in queries.reports_on(case)]
        day = start_of(today())
        assert found == [("personal", "", day), ("hurtful", "骂人", day)]

    def test_kept_and_reported_again(self, judge: Person, heard: list[Any]) -> None:
        self.report()
        first = session().scalars(select(Case)).one()
        decided(judge, first, "approved")
        assert (heard[-1].kind, heard[-1].verdict) == ("report", "approved")
        self.report()
        assert waits() == 1

    def test_taken_down(self, judge: Person, heard: list[Any]) -> None:
        self.report()
        row = decided(judge, session().scalars(select(Case)).one(), "refused", reasons=["hurtful"])
        assert "不再公开" in row.sentence

    def test_a_reason_is_needed(self, judge: Person) -> None:
        with pytest.raises(RuleBroken) as refusal:
            self.report("nonsense")
        assert refusal.value.field == "reason"
        assert session().scalars(select(Report)).all() == []


class TestForgetting:
    def test_copies_of_words_go_after_forty_five_days(
        self, judge: Person, heard: list[Any]
    ) -> None:
        old = opened("我叫王语桐，多种树", subject(1))
        decided(judge, old, "approved", bars=[(2, 5)])
        waits = opened("多种树", subject(2))
        with time_machine.travel(now() + KEEP_FOR - timedelta(hours=1), tick=False):
            actions.forget_texts({})()
        session().refresh(old)
        assert old.text
        with time_machine.travel(now() + KEEP_FOR + timedelta(hours=1), tick=False):
            actions.forget_texts({})()
        for case in (old, waits):
            session().refresh(case)
        assert (old.text, waits.text) == ("", "多种树")
        assert session().scalars(select(Original)).all() == []
        assert session().scalars(select(Verdict)).one().bars == 1


class TestGold:
    def known(self, cast: Cast, verdict: str = "returned") -> Gold:
        return gold_deeds.add_gold(
            cast.administrator,
            about={"zh": "午餐"},
            band="b",
            text="我叫王小花，来找我玩",
            verdict=verdict,
            reasons=["name"],
            why="有全名。",
        )

    def read(self, judge: Person, count: int) -> None:
        for number in range(count):
            decided(judge, opened("字", subject(100 + number)), "approved")

    def test_one_comes_after_twenty_five_and_nobody_can_tell(
        self, judge: Person, cast: Cast, heard: list[Any]
    ) -> None:
        self.known(cast)
        opened("多种树", subject(1))
        self.read(judge, 24)
        taken = actions.claim_next(judge)
        assert taken is not None and taken.kind == "text"
        actions.decide(judge, taken.id, version=taken.version, verdict="approved")
        opened("少放糖", subject(2))
        gold = actions.claim_next(judge)
        assert gold is not None and gold.kind == "gold"
        assert (gold.matter["zh"], gold.held_by) == ("上学路上", judge.id)
        assert waits() == 1
        actions.decide(judge, gold.id, version=gold.version, verdict="refused", reasons=["name"])
        assert isinstance(heard[-1], GoldJudged) and not heard[-1].agreed
        following = actions.claim_next(judge)
        assert following is not None and following.kind == "text"

    def test_skipped_it_comes_again_and_changed_nothing(
        self, judge: Person, cast: Cast, heard: list[Any]
    ) -> None:
        self.known(cast)
        self.read(judge, 25)
        gold = actions.claim_next(judge)
        assert gold is not None
        actions.put_back(judge, gold.id)
        session().refresh(gold)
        assert (gold.state, gold.text) == ("withdrawn", "")
        again = actions.claim_next(judge)
        assert again is not None and again.subject_id == gold.subject_id

    def test_each_once_a_year_and_ended_ones_never(
        self, judge: Person, cast: Cast, heard: list[Any]
    ) -> None:
        gold = self.known(cast)
        self.read(judge, 25)
        case = actions.claim_next(judge)
        assert case is not None
        actions.decide(judge, case.id, version=case.version, verdict="approved", sure=True)
        self.read(judge, 25)
        assert actions.claim_next(judge) is None
        gold_deeds.end_gold(cast.administrator, gold.id)
        with pytest.raises(RuleBroken):
            gold_deeds.end_gold(cast.administrator, gold.id)

    def test_nobody_is_given_her_own(
        self, judge: Person, other: Person, cast: Cast, heard: list[Any]
    ) -> None:
        gold = gold_deeds.add_gold(
            judge,
            about={"zh": "午餐"},
            band="b",
            text="好",
            verdict="approved",
            reasons=[],
            why="好",
        )
        self.read(judge, 25)
        assert actions.claim_next(judge) is None
        self.read(other, 25)
        taken = actions.claim_next(other)
        assert taken is not None and taken.subject_id == str(gold.id)

    def test_the_list_and_the_right_say_the_same(self, judge: Person, cast: Cast) -> None:
        for by in (judge, cast.second_moderator, None):
            for ended_at in (None, now()):
                row = Gold(about={"zh": "x"}, band="b", text="x", verdict="approved", why="x")
                row.by, row.at, row.ended_at = by and by.id, now(), ended_at
                session().add(row)
        session().flush()
        every = list(session().scalars(select(Gold)))
        for who, many in ((judge, 4), (cast.administrator, 6)):
            listed = {known.gold.id for known in known_texts(who)}
            assert listed == {one.id for one in every if may_see_gold(who, one, now())}
            assert (len(listed), len(listed) + unseen_count(who)) == (many, 6)

    def test_a_known_text_is_whole(self, cast: Cast, judge: Person) -> None:
        with pytest.raises(RulesBroken) as refusal:
            gold_deeds.add_gold(
                judge, about={}, band="b", text="", verdict="returned", reasons=[], why=""
            )
        assert [one.field for one in refusal.value.broken] == ["text", "reasons", "why"]
        with pytest.raises(NotAllowed):
            gold_deeds.end_gold(cast.teacher, 1)
