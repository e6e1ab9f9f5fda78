"""The desk as a whole: taking, short ones together, undoing, bars."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from participation.accounts.models import Person
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.moderation import actions, queries
from participation.moderation.actions.holding import StillHolding
from participation.moderation.happenings import CaseDecided, CaseReopened
from participation.moderation.models import Case, Original, Verdict
from participation.moderation.policies import Taking, may_take
from participation.moderation.queries.desk import Counts
from participation.moderation.queries.profiles import takeable
from participation.moderation.redaction import BAR
from participation.moderation.welfare import MOST_A_DAY
from tests.moderation.stage import ABOUT, decided, subject
from tests.moderation.test_actions import WORDS, opened
from tests.support.cast import Cast

pytestmark = pytest.mark.usefixtures("states_equal_the_fold")


class TestTaking:
    def set_skill(self, cast: Cast, **more: Any) -> None:
        given = {"queues": ["short", "texts"], "english": True, "avoids": [], **more}
        actions.set_skill(cast.administrator, cast.moderator.id, **given)

    def test_nobody_takes_a_text_of_her_own_school(self, judge: Person, other: Person) -> None:
        judge.school_id = 1
        case = opened(school_id=1)
        assert actions.claim_next(judge) is None
        with pytest.raises(NotAllowed) as refusal:
            actions.claim(judge, case.id)
        assert "和你有关的学校" in str(refusal.value)
        assert queries.waiting_cases(queries.profile_of(judge)) == []
        assert actions.claim_next(other) is not None

    def test_schools_kept_away_from(self, judge: Person, cast: Cast) -> None:
        self.set_skill(cast, avoids=[cast.school.code.lower(), ""])
        opened(school_id=cast.school.id)
        assert actions.claim_next(judge) is None
        elsewhere = opened(subject=subject(2), school_id=cast.far_school.id)
        taken = actions.claim_next(judge)
        assert taken is not None and taken.id == elsewhere.id

    def test_queues_and_english(self, judge: Person, cast: Cast) -> None:
        self.set_skill(cast, queues=["marked"], english=False)
        opened("多种树", subject(1))
        opened("Call me on 13812345526", subject(2))
        assert actions.claim_next(judge) is None
        marked = opened("打13812345526", subject(3))
        taken = actions.claim_next(judge)
        assert taken is not None and taken.id == marked.id

    def test_the_query_and_the_right_say_the_same(self, judge: Person, cast: Cast) -> None:
        self.set_skill(cast, queues=["short", "appeals"], english=False, avoids=[cast.school.code])
        opened("多种树", subject(1), school_id=cast.school.id)
        opened("多种树", subject(2))
        opened("More trees", subject(3))
        opened("打13812345526", subject(4))
        mine = opened("少放糖", subject(5), school_id=cast.far_school.id)
        session().execute(update(Case).where(Case.id == mine.id).values(not_by=judge.id))
        session().expire_all()
        profile = queries.profile_of(judge)
        listed = set(session().scalars(select(Case.id).where(takeable(profile))))
        every = list(session().scalars(select(Case)))
        assert listed == {
            one.id for one in every if may_take(judge, Taking(one, profile), now())
        } and len(listed) == 1 < len(every)

    def test_skills_are_checked(self, judge: Person, cast: Cast) -> None:
        with pytest.raises(RuleBroken) as refusal:
            self.set_skill(cast, avoids=["ZZZZ"])
        assert (refusal.value.field, "ZZZZ" in str(refusal.value)) == ("avoids", True)
        with pytest.raises(RuleBroken) as refusal:
            self.set_skill(cast, queues=["nonsense"])
        assert refusal.value.field == "queues"
        with pytest.raises(NotAllowed):
            actions.set_skill(judge, judge.id, queues=["short"], english=True, avoids=[])
        with pytest.raises(Missing):
            actions.set_skill(
                cast.administrator, cast.teacher.id, queues=["short"], english=True, avoids=[]
            )

    def test_what_needs_care_comes_first(self, judge: Person) -> None:
        opened("多种树", subject(1))
        actions.report_text(
            subject(2), about={"zh": "上学路上"}, band="b", text="坏话", reason="hurtful"
        )
        taken = actions.claim_next(judge)
        assert taken is not None and taken.subject_id == "2"

    def test_the_cap_of_a_day(self, judge: Person) -> None:
        case = opened()
        row = {"case_id": case.id, "verdict": "approved", "before": "waiting", "marks": []}
        session().add_all(Verdict(by=judge.id, at=now(), **row) for _one in range(MOST_A_DAY))
        session().flush()
        for deed in (actions.claim_next, actions.claim_batch):
            with pytest.raises(NotAllowed) as refusal:
                deed(judge)
            assert "明天再来" in str(refusal.value)
        with time_machine.travel(now() + timedelta(days=1), tick=False):
            assert actions.claim_next(judge) is not None
            actions.put_back(judge, case.id)
        session().execute(Verdict.__table__.delete())

    def test_what_was_taken_back_is_not_read(self, judge: Person, heard: list[Any]) -> None:
        decided(judge, opened("一", subject(1)), "approved")
        case = opened("二", subject(2))
        decided(judge, case, "approved")
        actions.undo(judge, case.id)
        assert queries.profile_of(judge).load.read == 1
        actions.decide(judge, case.id, version=case.version, verdict="approved")
        assert queries.profile_of(judge).load.read == 2

    @pytest.mark.parametrize("hour", ["2026-05-13T15:30", "2026-05-13T16:10", "2026-05-13T04:00"])
    def test_a_stretch_of_reading_does_not_end_at_midnight(self, judge: Person, hour: str) -> None:
        row = {"case_id": opened().id, "verdict": "approved", "before": "waiting", "marks": []}
        begun = datetime.fromisoformat(f"{hour}+00:00")
        moments = [begun + timedelta(minutes=4 * step) for step in range(12)]
        session().add_all(Verdict(by=judge.id, at=moment, **row) for moment in moments)
        session().flush()
        with time_machine.travel(moments[-1] + timedelta(minutes=1), tick=False):
            load, midnight = queries.profile_of(judge).load, start_of(today())
        assert load.wants_pause and load.stretch == timedelta(minutes=45)
        assert load.read == len([moment for moment in moments if moment >= midnight])
        session().execute(Verdict.__table__.delete())

    def test_depth_and_age(self, judge: Person) -> None:
        with time_machine.travel(now() - timedelta(days=3), tick=False):
            opened("多种树", subject(1))
        opened("少放糖", subject(2))
        opened("打13812345526", subject(3))
        found = {depth.queue.code: depth for depth in queries.depths(queries.profile_of(judge))}
        assert {code: depth.count for code, depth in found.items()} == {"marked": 1, "short": 2}
        assert found["short"].oldest < now() - timedelta(days=2) and found["short"].mine
        assert found["short"].due > found["short"].oldest

    def test_what_waits_is_counted_for_each(
        self, judge: Person, other: Person, cast: Cast, heard: list[Any]
    ) -> None:
        judge.school_id = 1
        self.set_skill(cast, queues=["short", "appeals"], english=False)
        with time_machine.travel(now() - timedelta(days=3), tick=False):
            opened("多种树", subject(1), school_id=1)
        opened("少放糖", subject(2))
        opened("More trees", subject(3))
        opened("打13812345526", subject(4))
        decided(judge, opened("修路灯", subject(5)), "refused", reasons=["unclear"])
        actions.appeal(subject(5), about=ABOUT, text="修路灯")
        mine, hers = queries.profile_of(judge), queries.profile_of(other)
        assert queries.waiting_counts(mine) == Counts(mine=1, others=4)
        assert queries.waiting_counts(hers) == Counts(mine=5, others=0)
        found = {depth.queue.code: depth for depth in queries.depths(mine)}
        assert {code: (one.count, one.others) for code, one in found.items()} == {
            "appeals": (0, 1),
            "marked": (0, 1),
            "short": (1, 2),
        }
        assert found["short"].oldest > now() - timedelta(days=1)
        actions.claim_next(other)
        actions.claim(judge, session().scalars(select(Case.id).where(Case.text == "少放糖")).one())
        assert queries.waiting_counts(mine) == Counts(mine=1, others=4)
        assert queries.waiting_counts(hers) == Counts(mine=4, others=1)


class TestBatch:
    def test_short_texts_without_a_mark_and_nothing_else(self, judge: Person) -> None:
        for number in range(10):
            opened("多种树", subject(number))
        opened("打13812345526", subject(20))
        held = actions.claim_batch(judge)
        assert [case.subject_id for case in held] == [str(number) for number in range(8)]
        assert {case.held_by for case in held} == {judge.id}
        for case in held[:2]:
            actions.decide(judge, case.id, version=case.version, verdict="approved")
        assert len(queries.held_cases(judge.id)) == 6
        with pytest.raises(StillHolding):
            actions.claim_batch(judge)
        again = actions.claim_batch(judge, drop=True)
        assert len(again) == 8 and not {case.id for case in held[:2]} & {one.id for one in again}

    def test_two_readers_share_no_text(self, judge: Person, other: Person) -> None:
        for number in range(10):
            opened("多种树", subject(number))
        mine, hers = actions.claim_batch(judge), actions.claim_batch(other)
        assert (len(mine), len(hers)) == (8, 2)
        assert not {one.id for one in mine} & {one.id for one in hers}


class TestUndo:
    def lately(self, judge: Person) -> list[tuple[str, str | None]]:
        found = queries.decided_lately(judge.id)
        return [(one.verdict.verdict, one.refusal and str(one.refusal)) for one in found]

    def test_any_of_the_last_ten_newest_first(self, judge: Person, heard: list[Any]) -> None:
        every = [opened("字", subject(number)) for number in range(12)]
        for case in every:
            decided(judge, case, "approved")
        found = queries.decided_lately(judge.id)
        assert [one.case_id for one in found] == [case.id for case in every[:1:-1]]
        assert (found[0].about["en"], found[0].band) == (ABOUT["en"], "b")
        actions.undo(judge, every[3].id)
        assert every[3].id not in {one.case_id for one in queries.decided_lately(judge.id)}
        with time_machine.travel(now() + timedelta(minutes=11), tick=False):
            assert self.lately(judge) == []

    def test_what_had_been_chosen_stays_with_her_hold(
        self, judge: Person, other: Person, heard: list[Any]
    ) -> None:
        case = opened(choices=({"key": "theme:1", "label": {"zh": "走路"}},))
        decided(judge, case, "refused", reasons=["hurtful"], sentence="换个说法。")
        actions.undo(judge, case.id)
        assert case.draft == {
            "verdict": "refused",
            "reasons": ["hurtful"],
            "sentence": "换个说法。",
            "marks": [],
            "places": [],
        }
        actions.claim(judge, case.id)
        assert case.draft is not None
        with time_machine.travel(now() + actions.LEASE * 2, tick=False):
            assert actions.claim(other, case.id).draft is None
        session().execute(update(Case).values(held_by=judge.id, draft={"verdict": "x"}))
        actions.put_back(judge, case.id)
        session().refresh(case)
        assert case.draft is None

    def test_appeals_reports_and_what_came_again(
        self, judge: Person, other: Person, heard: list[Any]
    ) -> None:
        decided(judge, opened(), "returned", reasons=["name"], sentence="删掉名字。")
        decided(
            judge, opened("多种些树", turn=2), "refused", reasons=["hurtful"], sentence="不行。"
        )
        again = actions.undo(judge, queries.decided_lately(judge.id)[0].case_id)
        assert (again.kind, again.turn, heard[-1].earlier) == ("text", 2, "returned")
        decided(judge, again, "refused", reasons=["hurtful"], sentence="不。")
        actions.appeal(WORDS, about=ABOUT, text="多种些树")
        appeal = session().scalars(select(Case).where(Case.kind == "appeal")).one()
        decided(other, appeal, "refused", reasons=["unclear"], sentence="还是不行。")
        actions.undo(other, appeal.id)
        told = heard[-1]
        assert (told.kind, told.before, told.earlier) == ("appeal", "refused", "refused")
        assert (told.reason, told.sentence) == ("hurtful", "不。")
        decided(other, appeal, "approved")
        actions.report_text(WORDS, about=ABOUT, band="b", text="多种些树", reason="hurtful")
        report = session().scalars(select(Case).where(Case.kind == "report")).one()
        decided(judge, report, "refused", reasons=["hurtful"])
        actions.undo(judge, report.id)
        assert (heard[-1].kind, heard[-1].earlier, heard[-1].reason) == ("report", "approved", "")

    def test_whoever_went_on_is_named(self, judge: Person, other: Person, heard: list[Any]) -> None:
        for number in range(4):
            decided(judge, opened("字", subject(number)), "returned", reasons=["unclear"])
        opened("字字", subject(0), turn=2)
        actions.appeal(subject(1), about=ABOUT, text="字")
        actions.withdraw_case(subject(2))
        actions.report_text(subject(3), about=ABOUT, band="b", text="字", reason="other")
        decided(judge, opened("字", subject(4)), "escalated")
        session().expire_all()
        said = [words for _verdict, words in self.lately(judge)]
        expected = ("保护老师", "有人对这段话有疑问", "收回", "请另一位老师", "改过")
        assert len(said) == 5
        for one, (words, name) in zip(
            queries.decided_lately(judge.id), zip(said, expected, strict=True), strict=True
        ):
            assert words is not None and name in words
            with pytest.raises(RuleBroken, match=name):
                actions.undo(judge, one.case_id)

    def test_a_verdict_is_taken_back(self, judge: Person, heard: list[Any]) -> None:
        case = opened()
        decided(judge, case, "refused", reasons=["hurtful"])
        assert self.lately(judge) == [("refused", None)]
        actions.undo(judge, case.id)
        assert (case.state, case.held_by, case.ended_at) == ("waiting", judge.id, None)
        assert [type(one) for one in heard] == [CaseDecided, CaseReopened]
        assert (heard[1].before, heard[1].text) == ("refused", "")
        assert self.lately(judge) == []
        actions.decide(judge, case.id, version=case.version, verdict="approved")

    def test_not_another_s_not_late_not_twice(
        self, judge: Person, other: Person, heard: list[Any]
    ) -> None:
        case = opened()
        decided(judge, case, "approved")
        with pytest.raises(Missing):
            actions.undo(other, case.id)
        with pytest.raises(Missing):
            actions.undo(judge, 999)
        with (
            time_machine.travel(now() + timedelta(minutes=11), tick=False),
            pytest.raises(RuleBroken),
        ):
            actions.undo(judge, case.id)
        actions.undo(judge, case.id)
        with pytest.raises(RuleBroken):
            actions.undo(judge, case.id)

    def test_not_what_an_officer_has_nor_what_went_on(
        self, judge: Person, heard: list[Any]
    ) -> None:
        passed_on = opened("一", subject(1))
        decided(judge, passed_on, "escalated")
        changed = opened("二", subject(2))
        decided(judge, changed, "returned", reasons=["name"])
        opened("三", subject(2), turn=2)
        taken_back = opened("四", subject(3))
        decided(judge, taken_back, "approved")
        actions.withdraw_case(subject(3))
        for case in (passed_on, changed, taken_back):
            session().refresh(case)
            with pytest.raises(RuleBroken):
                actions.undo(judge, case.id)
        assert passed_on.text == ""


class TestBars:
    TEXT = "我叫王语桐，多种树"

    def test_a_covered_text_is_approved_and_the_original_sealed(
        self, judge: Person, heard: list[Any]
    ) -> None:
        case = opened(self.TEXT)
        row = decided(judge, case, "approved", bars=[(2, 5)])
        session().refresh(case)
        assert (case.text, case.hints, row.bars) == (f"我叫{BAR}，多种树", [], 1)
        assert (heard[0].text, heard[0].bars) == (case.text, 1)
        assert "遮住" in row.sentence
        sealed = session().scalars(select(Original)).one().sealed
        assert "王语桐".encode() not in sealed

    def test_what_is_not_covered_asks_to_be_looked_at(self, judge: Person) -> None:
        case = opened("我叫王语桐，打13812345526")
        with pytest.raises(RulesBroken) as refusal:
            decided(judge, case, "approved", bars=[(2, 5)])
        assert [one.field for one in refusal.value.broken] == ["sure"]

    def test_undone_it_is_whole_again(self, judge: Person, heard: list[Any]) -> None:
        case = opened(self.TEXT)
        decided(judge, case, "approved", bars=[(2, 5)])
        actions.undo(judge, case.id)
        assert (case.text, [hint["what"] for hint in case.hints]) == (self.TEXT, ["name"])
        assert heard[-1].text == self.TEXT
        assert case.draft is not None and case.draft["places"] == [[2, 5]]
        assert session().scalars(select(Original)).all() == []

    def test_only_approval_covers(self, judge: Person, heard: list[Any]) -> None:
        case = opened(self.TEXT)
        row = decided(judge, case, "returned", reasons=["name"], bars=[(2, 5)])
        session().refresh(case)
        assert (row.bars, case.text) == (0, self.TEXT)

    def test_taken_back_by_the_child_the_original_is_gone(
        self, judge: Person, heard: list[Any]
    ) -> None:
        decided(judge, opened(self.TEXT), "approved", bars=[(2, 5)])
        actions.withdraw_case(WORDS)
        assert session().scalars(select(Original)).all() == []
