"""Rounds on a real database: dealt, steered in mid-course, closed in full and in part, settled."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from participation.accounts.happenings import PersonLeft
from participation.contests import listeners
from participation.contests.actions import panels, rounds, shortlisting
from participation.contests.call import ShownCall
from participation.contests.jury.lots import commitment
from participation.contests.models import Conflict, Entry, Juror, Outcome, Score
from participation.contests.queries.rounds import packs_of, progress_of, round_of
from participation.contests.rules import BandRule, Rule
from participation.contests.telling import late_sentence
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken, RulesBroken
from participation.kernel.subjects import Subject
from participation.settings import Settings
from tests.contests import bench
from tests.support.cast import Cast


@pytest.fixture
def call(cast: Cast) -> ShownCall:
    return bench.closed_call(cast)


def steer(
    cast: Cast, settings: Settings, call: ShownCall, number: int, deed: Any, **more: Any
) -> None:
    """A deed of the secretary on a round, and then the worker."""
    with unit_of_work():
        row = round_of(call.id, number, lock=True)
        deed(bench.secretary(cast, settings), bench.call_now(call), row, **more)
    bench.work()


def juror_id(person_id: int) -> int:
    with unit_of_work(writes=False):
        found = session().scalar(select(Juror.id).where(Juror.person_id == person_id))
        assert found is not None
        return found


class TestPlanning:
    def test_what_a_plan_lacks_is_named(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        rule = Rule({"a": BandRule(), "b": BandRule(top=1), "c": BandRule(least=9)})
        with pytest.raises(RulesBroken) as refusal:
            bench.planned_round(cast, settings, call, quorum=2, rule=rule)
        assert {one.field for one in refusal.value.broken} == {"top_a", "least_c", "quorum"}

    def test_one_round_for_each_stage(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.planned_round(cast, settings, call)
        with pytest.raises(RuleBroken):
            bench.planned_round(cast, settings, call)
        bench.planned_round(cast, settings, call, panel="child")

    def test_what_is_only_shown_is_not_judged(self, cast: Cast, settings: Settings) -> None:
        call = bench.closed_call(cast, ranked=False)
        with pytest.raises(NotAllowed):
            bench.planned_round(cast, settings, call)

    def test_no_round_without_three_jurors(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.works(cast, call, 2)
        bench.jurors(cast, call, 2)
        with pytest.raises(RuleBroken):
            bench.opened_round(cast, settings, call)


class TestDealing:
    def test_each_work_gets_its_quorum_evenly(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.works(cast, call, 10)
        bench.jurors(cast, call, 5)
        number = bench.opened_round(cast, settings, call)
        seats = bench.assignments(number)
        assert set(Counter(one.entry_id for one in seats).values()) == {3}
        assert set(Counter(one.juror_id for one in seats).values()) == {6}
        row = bench.round_row(number)
        assert (row.busy, row.done, row.whole, row.shortages) == ("", 30, 30, None)

    def test_a_school_is_not_judged_by_its_own(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        made = bench.works(cast, call, 8)
        bench.jurors(cast, call, 3)
        bench.juror(call, cast.teacher, 9)
        bench.juror(call, cast.far_teacher, 8)
        number = bench.opened_round(cast, settings, call)
        own = {entry.id for entry in made[::2]}
        teacher = juror_id(cast.teacher.id)
        dealt = {one.entry_id for one in bench.assignments(number) if one.juror_id == teacher}
        assert dealt and not dealt & own
        with unit_of_work(writes=False):
            found = session().execute(
                select(Conflict.entry_id, Conflict.why).where(Conflict.juror_id == teacher)
            )
            assert dict(found.all()) == dict.fromkeys(own, "class")

    def test_a_child_judges_neither_her_own_school_nor_herself(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        made = bench.works(cast, call, 4)
        for alias, child in enumerate((cast.child, cast.far_child, cast.teenager), 1):
            bench.juror(call, child, alias)
        number = bench.opened_round(cast, settings, call, panel="child")
        by_juror = {
            juror_id(cast.child.id): {made[1].id, made[3].id},
            juror_id(cast.far_child.id): {made[0].id, made[2].id},
            juror_id(cast.teenager.id): {made[0].id, made[2].id},
        }
        for one in bench.assignments(number):
            assert one.entry_id in by_juror[one.juror_id]
        assert bench.round_row(number).shortages == {"conflicts": 4}

    def test_a_larger_quorum_leaves_what_is_finished(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.works(cast, call, 6)
        bench.jurors(cast, call, 6)
        number = bench.opened_round(cast, settings, call)
        late = [juror_id(cast.juror.id)]
        bench.judge_all(number, call, lambda _one: 3, but=late)
        before = {one.id for one in bench.assignments(number, state="judged")}
        steer(cast, settings, call, number, rounds.change_quorum, quorum=4)
        seats = bench.assignments(number)
        assert set(Counter(one.entry_id for one in seats).values()) == {4}
        assert before <= {one.id for one in seats if one.state == "judged"}

    def test_a_stand_in_takes_over_the_open_pack(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.works(cast, call, 9)
        people = bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        leaving = juror_id(people[0].id)
        stayed = {one.entry_id for one in bench.assignments(number) if one.juror_id == leaving}
        spare = bench.juror(call, cast.far_teacher, 7)
        with unit_of_work():
            panels.replace_juror(
                bench.secretary(cast, settings), bench.call_now(call), leaving, spare.id
            )
        bench.work()
        seats = bench.assignments(number)
        assert not [one for one in seats if one.juror_id == leaving]
        taken = {one.entry_id for one in seats if one.juror_id == spare.id}
        assert taken < stayed and len(taken) >= 4  # not those of her own school

    def test_who_leaves_the_city_leaves_the_jury(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.works(cast, call, 4)
        bench.jurors(cast, call, 4)
        number = bench.opened_round(cast, settings, call)
        gone = juror_id(cast.juror.id)
        bench.judge_all(number, call, lambda _one: 3, but=[gone])
        with unit_of_work():
            listeners.juror_left(PersonLeft(subject=Subject("person", str(cast.juror.id))))
        bench.work()
        seats = bench.assignments(number)
        assert not [one for one in seats if one.juror_id == gone]
        assert set(Counter(one.entry_id for one in seats).values()) == {3}

    def test_a_withdrawn_work_leaves_the_packs(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        made = bench.works(cast, call, 3)
        bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        with unit_of_work():
            session().get(Entry, made[0].id).standing = "withdrawn"  # type: ignore[union-attr]
        steer(cast, settings, call, number, rounds.deal_anew)
        assert {one.entry_id for one in bench.assignments(number)} == {made[1].id, made[2].id}


class TestClosing:
    def test_two_judgements_close_nothing(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.works(cast, call, 2)
        people = bench.jurors(cast, call, 3)
        number = bench.opened_round(cast, settings, call)
        bench.judge_all(number, call, lambda _one: 3, but=[juror_id(people[0].id)])
        with pytest.raises(RuleBroken, match="不到三份"):
            steer(cast, settings, call, number, rounds.close_round, partial=True)

    def test_a_full_round_closes_with_its_report(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        made = bench.works(cast, call, 8)
        people = bench.jurors(cast, call, 4)
        number = bench.opened_round(cast, settings, call)
        worth = {entry.id: 1 + place // 2 for place, entry in enumerate(made)}
        bench.judge_all(number, call, lambda one: worth[one.entry_id])
        steer(cast, settings, call, number, rounds.close_round)
        row = bench.round_row(number)
        assert (row.state, row.partial, row.busy) == ("closed", False, "")
        with unit_of_work(writes=False):
            going = set(session().scalars(select(Score.entry_id).where(Score.goes_on.is_(True))))
            raw = dict(session().execute(select(Score.entry_id, Score.raw)).all())
        assert going == {entry.id for entry in made[4:]}
        assert raw == {entry: float(value) for entry, value in worth.items()}
        assert row.report is not None
        assert [one["number"] for one in row.report["jurors"]] == [1, 2, 3, 4]
        assert row.report["agreement"]["all"] == pytest.approx(1)
        told = repr(row.report)
        assert not any(str(juror_id(person.id)) == told for person in people)
        assert "评委" not in told
        assert len(commitment(row.seed)) == 64

    def test_one_late_juror_never_blocks(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        made = bench.works(cast, call, 8)
        people = bench.jurors(cast, call, 4)
        number = bench.opened_round(cast, settings, call, quorum=4)
        late = [juror_id(people[0].id)]
        worth = {entry.id: 1 + place // 2 for place, entry in enumerate(made)}
        bench.judge_all(number, call, lambda one: worth[one.entry_id], but=late)
        steer(cast, settings, call, number, rounds.weigh_round)
        row = bench.round_row(number)
        assert row.state == "open" and row.sensitivity is not None
        assert "可能会变" in late_sentence(row.sensitivity)
        with pytest.raises(RuleBroken, match="提前"):
            steer(cast, settings, call, number, rounds.close_round)
        steer(cast, settings, call, number, rounds.close_round, partial=True)
        row = bench.round_row(number)
        assert (row.state, row.partial) == ("closed", True)
        assert row.sensitivity is not None and row.sensitivity["open"] == 8

    def test_what_nothing_could_change_is_said_so(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        made = bench.works(cast, call, 6, bands="a")
        people = bench.jurors(cast, call, 4)
        rule = Rule({band: BandRule(top=3) for band in "abc"})
        number = bench.opened_round(cast, settings, call, quorum=4, rule=rule)
        best = {entry.id for entry in made[:3]}
        bench.judge_all(
            number,
            call,
            lambda one: 5 if one.entry_id in best else 1,
            but=[juror_id(people[1].id)],
        )
        steer(cast, settings, call, number, rounds.close_round, partial=True)
        row = bench.round_row(number)
        assert row.sensitivity is not None
        assert late_sentence(row.sensitivity) == "6 份没来的评分，怎么给都不会改变谁入围。"

    def test_progress_is_told_without_what_was_given(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        bench.works(cast, call, 4)
        people = bench.jurors(cast, call, 4)
        number = bench.opened_round(cast, settings, call)
        bench.judge_all(number, call, lambda _one: 4, but=[juror_id(people[0].id)])
        with unit_of_work(writes=False):
            row = round_of(call.id, number)
            told, lines = progress_of(row), packs_of(row)
        assert (told.works, told.full + told.partial + told.short) == (4, 4)
        assert lines[0].name == people[0].legal_name and lines[0].left == 3


class TestWays:
    def test_votes(self, cast: Cast, settings: Settings, call: ShownCall) -> None:
        made = bench.works(cast, call, 4, bands="a")
        bench.jurors(cast, call, 3)
        rule = Rule({band: BandRule(least=60) for band in "abc"})
        number = bench.opened_round(cast, settings, call, way="yes_no", rule=rule)
        yes = {entry.id for entry in made[:2]}
        bench.judge_all(number, call, lambda one: 5 if one.entry_id in yes else 1)
        steer(cast, settings, call, number, rounds.close_round)
        with unit_of_work(writes=False):
            going = set(session().scalars(select(Score.entry_id).where(Score.goes_on)))
        assert going == yes


class TestSettling:
    def test_levels_follow_from_the_rounds(
        self, cast: Cast, settings: Settings, call: ShownCall
    ) -> None:
        made = bench.works(cast, call, 8)
        bench.jurors(cast, call, 3)
        worth = {entry.id: 1 + place // 2 for place, entry in enumerate(made)}
        for stage, top in (("first", 2), ("final", 1)):
            rule = Rule({band: BandRule(top=top) for band in "abc"})
            number = bench.opened_round(cast, settings, call, stage=stage, rule=rule)
            bench.judge_all(number, call, lambda one: worth[one.entry_id])
            with unit_of_work(), pytest.raises(RuleBroken):
                shortlisting.settle_outcomes(bench.secretary(cast, settings), bench.call_now(call))
            steer(cast, settings, call, number, rounds.close_round)
        with unit_of_work():
            shortlisting.settle_outcomes(bench.secretary(cast, settings), bench.call_now(call))
        bench.work()
        with unit_of_work(writes=False):
            levels = dict(session().execute(select(Outcome.entry_id, Outcome.level)).all())
            praised = session().scalars(select(Outcome.liked_id)).all()
        assert [levels[entry.id] for entry in made] == [
            *["shown"] * 4,
            *["shortlisted"] * 2,
            *["selected"] * 2,
        ]
        assert set(praised) <= {one.id for one in call.criteria} and None not in praised

    def test_what_is_only_shown_needs_no_jury(self, cast: Cast, settings: Settings) -> None:
        call = bench.closed_call(cast, ranked=False)
        bench.works(cast, call, 3)
        with unit_of_work():
            shortlisting.settle_outcomes(bench.secretary(cast, settings), bench.call_now(call))
        bench.work()
        with unit_of_work(writes=False):
            assert session().scalars(select(Outcome.level)).all() == ["shown"] * 3


def test_no_seat_twice(cast: Cast, settings: Settings, call: ShownCall) -> None:
    """A job that ran, crashed and runs again, and two that run after each other, change nothing."""
    bench.works(cast, call, 5)
    bench.jurors(cast, call, 4)
    number = bench.opened_round(cast, settings, call)
    before = [(one.id, one.place) for one in bench.assignments(number)]
    steer(cast, settings, call, number, rounds.deal_anew)
    assert [(one.id, one.place) for one in bench.assignments(number)] == before
