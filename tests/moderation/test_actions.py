"""Cases on a real database: opened, held by one alone, judged once, on record."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from participation.accounts.models import Person
from participation.audit.models import Entry
from participation.kernel import announcing, readers
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken, RulesBroken
from participation.kernel.subjects import Subject
from participation.moderation import actions, queries
from participation.moderation.actions.holding import StillHolding
from participation.moderation.happenings import CaseDecided
from participation.moderation.models import Case, Verdict
from participation.safeguarding.models import Concern
from participation.safeguarding.sealing import contents_of
from participation.wiring import LISTENERS
from tests.moderation.stage import waits
from tests.support.cast import Cast

WORDS = Subject("consultation.words", "ab12")
CHOICES = (
    {"key": "theme:1", "label": {"zh": "走路"}},
    {"key": "minority", "label": {"zh": "少数"}},
)


def opened(text: str = "斑马线应该画成钢琴键", subject: Subject = WORDS, **more: Any) -> Case:
    actions.open_case(
        subject, about={"zh": "上学路上", "en": "The way to school"}, band="b", text=text, **more
    )
    return session().scalars(select(Case).order_by(Case.id.desc())).first()  # type: ignore[return-value]


def entries(what: str) -> int:
    return session().scalar(select(func.count()).where(Entry.what == what)) or 0


@pytest.fixture
def judge(cast: Cast, unit: None) -> Person:
    return cast.moderator


class TestOpening:
    def test_a_case_waits_with_its_hints(self, judge: Person) -> None:
        case = opened("我叫王语桐", choices=CHOICES)
        assert (case.state, case.turn, case.version, case.held_by) == ("waiting", 1, 1, None)
        assert case.hints == [{"what": "name", "start": 2, "end": 5, "why": "called"}]
        assert [choice["key"] for choice in case.choices] == ["theme:1", "minority"]
        assert waits() == 1

    def test_a_second_turn_takes_the_place_of_the_first(self, judge: Person) -> None:
        first = opened()
        second = opened("改好了", turn=2)
        session().refresh(first)
        assert (first.state, second.state, second.turn) == ("withdrawn", "waiting", 2)
        assert first.ended_at is not None
        assert waits() == 1

    def test_withdrawn_words_wait_no_more(self, judge: Person) -> None:
        case = opened()
        other = opened("别的", Subject("consultation.words", "cd34"))
        actions.withdraw_case(WORDS)
        actions.withdraw_case(Subject("consultation.words", "nothing"))
        session().refresh(case)
        session().refresh(other)
        assert (case.state, other.state) == ("withdrawn", "waiting")
        assert (case.text, case.hints, other.text) == ("", [], "别的")

    def test_what_leaves_the_queue_keeps_no_minute_of_the_child(self, judge: Person) -> None:
        gone, read = opened("我叫王语桐"), opened("多种树", Subject("x", "2"))
        assert gone.opened_at > start_of(today())
        actions.withdraw_case(WORDS)
        actions.decide(
            judge, read.id, version=actions.claim(judge, read.id).version, verdict="approved"
        )
        for case in (gone, read):
            session().refresh(case)
            assert case.opened_at == start_of(today())
        assert gone.ended_at == start_of(today())

    @pytest.mark.parametrize("verdict", ["approved", "returned", "refused"])
    def test_words_taken_back_after_a_verdict_are_gone_and_the_verdict_stays(
        self, judge: Person, verdict: str
    ) -> None:
        case = actions.claim(judge, opened("我叫王语桐").id)
        given: dict[str, Any] = {"sure": True} if verdict == "approved" else {"reasons": ["name"]}
        row = actions.decide(judge, case.id, version=case.version, verdict=verdict, **given)
        session().refresh(case)
        said, ended = row.sentence, case.ended_at
        assert case.text and ended
        actions.withdraw_case(WORDS)
        session().refresh(case)
        session().refresh(row)
        assert (case.text, case.hints) == ("", [])
        assert (case.state, case.ended_at, row.verdict, row.sentence) == (
            verdict,
            ended,
            verdict,
            said,
        )

    def test_a_new_turn_is_compared_with_the_one_that_was_judged(self, judge: Person) -> None:
        case = actions.claim(judge, opened("我叫王语桐，多种树").id)
        actions.decide(judge, case.id, version=case.version, verdict="returned", reasons=["name"])
        again = opened("多种树", turn=2)
        found = queries.before(again)
        assert found is not None
        assert (found.verdict, found.reasons) == ("returned", ("name",))
        assert [(one.how, one.text) for one in found.changes] == [
            ("gone", "我叫王语桐，"),
            ("same", "多种树"),
        ]
        assert waits() == 1
        actions.withdraw_case(WORDS)
        for one in (case, again):
            session().refresh(one)
            assert one.text == ""

    def test_what_nobody_read_leaves_nothing_when_it_is_changed(self, judge: Person) -> None:
        first = opened("我叫王语桐")
        again = opened("多种树", turn=2)
        session().refresh(first)
        assert (first.state, first.text, first.hints) == ("withdrawn", "", [])
        assert queries.before(again) is None

    def test_a_judged_case_stays_judged_when_words_are_withdrawn(self, judge: Person) -> None:
        case = actions.claim(judge, opened().id)
        actions.decide(judge, case.id, version=case.version, verdict="approved")
        actions.withdraw_case(WORDS)
        session().refresh(case)
        assert case.state == "approved"


class TestHolding:
    def test_oldest_first_and_again_the_same(self, judge: Person) -> None:
        first, _second = opened("一"), opened("二", Subject("x", "2"))
        taken = actions.claim_next(judge)
        assert taken is not None
        assert (taken.id, taken.held_by, taken.version) == (first.id, judge.id, 2)
        again = actions.claim_next(judge)
        assert again is not None
        assert (again.id, again.version) == (first.id, 2)

    def test_nobody_takes_what_another_holds(self, judge: Person, cast: Cast) -> None:
        case = opened()
        actions.claim_next(judge)
        assert actions.claim_next(cast.second_moderator) is None
        with pytest.raises(RuleBroken):
            actions.claim(cast.second_moderator, case.id)

    def test_a_lease_runs_out(self, judge: Person, cast: Cast) -> None:
        case = opened()
        actions.claim_next(judge)
        with time_machine.travel(now() + actions.LEASE + timedelta(seconds=1), tick=False):
            taken = actions.claim_next(cast.second_moderator)
            assert taken is not None
            assert (taken.id, taken.held_by, taken.version) == (
                case.id,
                cast.second_moderator.id,
                3,
            )
            with pytest.raises(RuleBroken):
                actions.decide(judge, case.id, version=2, verdict="approved")

    def test_a_lease_that_ran_out_still_judges_while_nobody_else_took_it(
        self, judge: Person
    ) -> None:
        case = opened()
        actions.claim_next(judge)
        with time_machine.travel(now() + actions.LEASE * 2, tick=False):
            actions.decide(judge, case.id, version=2, verdict="approved")
        session().refresh(case)
        assert case.state == "approved"

    def test_activity_renews_it(self, judge: Person, cast: Cast) -> None:
        case = opened()
        actions.claim_next(judge)
        with time_machine.travel(now() + timedelta(minutes=9), tick=False):
            actions.renew(judge, case.id)
        with time_machine.travel(now() + timedelta(minutes=15), tick=False):
            assert actions.claim_next(cast.second_moderator) is None

    def test_skipping_gives_it_back_in_its_place(self, judge: Person, cast: Cast) -> None:
        first, second = opened("一"), opened("二", Subject("x", "2"))
        actions.claim_next(judge)
        actions.put_back(judge, first.id)
        taken = actions.claim_next(judge, after=first.id)
        assert taken is not None and taken.id == second.id
        other = actions.claim_next(cast.second_moderator)
        assert other is not None and other.id == first.id

    def test_one_moderator_holds_one_case(self, judge: Person) -> None:
        first, second = opened("一"), opened("二", Subject("x", "2"))
        actions.claim_next(judge)
        with pytest.raises(StillHolding) as refusal:
            actions.claim(judge, second.id)
        assert [case.id for case in refusal.value.held] == [first.id]
        actions.claim(judge, second.id, drop=True)
        session().refresh(first)
        assert first.held_by is None

    def test_who_may_not_judge_takes_nothing(self, judge: Person, cast: Cast) -> None:
        opened()
        for person in (cast.child, cast.teacher, cast.secretary, cast.stranger, cast.safeguarding):
            with pytest.raises(NotAllowed):
                actions.claim_next(person)

    def test_two_at_once_never_hold_the_same_case(self, cast: Cast, app: Flask) -> None:
        with unit_of_work():
            for number in range(6):
                opened(str(number), Subject("x", str(number)))
        people = [cast.moderator, cast.second_moderator]
        taken: list[int] = []
        start = threading.Barrier(2)

        def work(person: Person) -> None:
            start.wait()
            for _turn in range(3):
                with unit_of_work():
                    case = actions.claim_next(person)
                    assert case is not None
                    taken.append(case.id)
                    actions.decide(person, case.id, version=case.version, verdict="approved")

        workers = [threading.Thread(target=work, args=(person,)) for person in people]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert len(taken) == len(set(taken)) == 6


class TestJudging:
    def decided(self, judge: Person, verdict: str, **more: Any) -> tuple[Case, Verdict]:
        case = actions.claim(judge, opened("我叫王语桐", choices=CHOICES).id)
        row = actions.decide(judge, case.id, version=case.version, verdict=verdict, **more)
        session().refresh(case)
        return case, row

    def test_approved_with_marks(self, judge: Person) -> None:
        case, row = self.decided(
            judge, "approved", marks=["theme:1", "theme:9"], sentence="x", sure=True
        )
        assert (case.state, case.held_by, row.before, row.by) == (
            "approved",
            None,
            "waiting",
            judge.id,
        )
        assert (row.marks, row.reasons, row.sentence) == (["theme:1"], "", "")
        assert case.ended_at is not None

    def test_what_is_marked_is_not_approved_by_one_key(self, judge: Person) -> None:
        with pytest.raises(RulesBroken) as refusal:
            self.decided(judge, "approved")
        assert [broken.field for broken in refusal.value.broken] == ["sure"]

    def test_reasons_against_it_are_not_approved(self, judge: Person) -> None:
        with pytest.raises(RulesBroken) as refusal:
            self.decided(judge, "approved", reasons=["name"], sure=True)
        assert [broken.field for broken in refusal.value.broken] == ["reasons"]

    def test_returned_with_the_usual_sentence(self, judge: Person) -> None:
        case, row = self.decided(judge, "returned", reasons=["name"], marks=["theme:1"])
        assert (case.state, row.reasons, row.marks) == ("returned", "name", [])
        assert "把全名删掉" in row.sentence

    def test_refused_with_own_words(self, judge: Person) -> None:
        case, row = self.decided(judge, "refused", reasons=["hurtful"], sentence="换个说法好吗？")
        assert (case.state, row.sentence) == ("refused", "换个说法好吗？")

    @pytest.mark.parametrize("verdict", ["returned", "refused"])
    def test_no_reason_is_refused(self, judge: Person, verdict: str) -> None:
        with pytest.raises(RulesBroken) as refusal:
            self.decided(judge, verdict, reasons=["nonsense"], sentence="x")
        assert [broken.field for broken in refusal.value.broken] == ["reasons"]

    def test_too_long_a_sentence_is_refused(self, judge: Person) -> None:
        with pytest.raises(RulesBroken) as refusal:
            self.decided(judge, "returned", reasons=["name"], sentence="长" * 1001)
        assert [broken.field for broken in refusal.value.broken] == ["sentence_returned"]

    def test_an_unknown_verdict_is_refused(self, judge: Person) -> None:
        with pytest.raises(RulesBroken):
            self.decided(judge, "deleted")

    def test_the_second_verdict_does_not_land(self, judge: Person) -> None:
        case, _row = self.decided(judge, "refused", reasons=["name"])
        with pytest.raises(RuleBroken) as refusal:
            actions.decide(
                judge, case.id, version=case.version, verdict="refused", reasons=["name"]
            )
        assert refusal.value.status == 409
        assert session().scalar(select(func.count()).select_from(Verdict)) == 1

    def test_a_page_from_before_does_not_judge(self, judge: Person) -> None:
        case = actions.claim(judge, opened().id)
        with pytest.raises(RuleBroken):
            actions.decide(judge, case.id, version=case.version - 1, verdict="approved")

    def test_words_changed_meanwhile_are_not_judged(self, judge: Person) -> None:
        case = actions.claim(judge, opened().id)
        opened("改好了", turn=2)
        with pytest.raises(RuleBroken):
            actions.decide(judge, case.id, version=case.version, verdict="approved")

    def test_it_is_told_once_and_written_down(
        self, judge: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard: list[CaseDecided] = []
        announcing.follow({**LISTENERS, CaseDecided: (heard.append,)})
        case, row = self.decided(judge, "returned", reasons=["contact", "name"])
        assert heard == [
            CaseDecided(
                subject=WORDS,
                by=judge.id,
                case_id=case.id,
                kind="text",
                verdict="returned",
                band="b",
                about="上学路上",
                reasons=("name", "contact"),
                sentence=row.sentence,
                marks=(),
            )
        ]
        assert entries("CaseDecided") == 1

    def test_an_escalated_text_becomes_a_sealed_concern(self, judge: Person) -> None:
        announcing.follow(
            {
                **LISTENERS,
                CaseDecided: tuple(
                    listener
                    for listener in LISTENERS[CaseDecided]
                    if listener.__module__.startswith("participation.safeguarding")
                ),
            }
        )
        readers.follow({"consultation.words": lambda identity: f"原话 {identity}"})
        case, row = self.decided(judge, "escalated")
        concern = session().scalars(select(Concern)).one()
        assert (case.state, concern.kind) == ("escalated", "moderation")
        assert contents_of(concern).text == "原话 ab12"
        assert "谢谢你告诉我们" in row.sentence
        assert entries("ConcernNoted") == 1


class TestAsking:
    def test_the_count_stops_at_a_hundred(self, judge: Person) -> None:
        for number in range(105):
            opened("字", Subject("x", str(number)))
        assert queries.waiting_counts(queries.profile_of(judge)).mine == 100

    def test_pages_by_key(self, judge: Person) -> None:
        for number in range(23):
            opened(f"第{number}条", Subject("x", str(number)))
        page = queries.waiting_cases(queries.profile_of(judge))
        assert len(page) == queries.PAGE + 1
        rest = queries.waiting_cases(queries.profile_of(judge), after=page[queries.PAGE - 1].id)
        last = session().scalars(select(Case.id).order_by(Case.id)).all()[-3:]
        assert [line.id for line in rest] == last

    def test_pieces_are_the_whole_text(self, judge: Person) -> None:
        text = "我叫王语桐，打13812345526<b>"
        found = queries.pieces(opened(text))
        assert "".join(piece.text for piece in found) == text
        assert [piece.text for piece in found if piece.hint] == ["王语桐", "13812345526"]

    def test_one_s_own_verdicts_newest_first(self, judge: Person, cast: Cast) -> None:
        for number in range(3):
            case = actions.claim(judge, opened(str(number), Subject("x", str(number))).id)
            actions.decide(judge, case.id, version=case.version, verdict="approved")
        found = queries.decided_by(judge.id)
        assert [verdict.case.subject_id for verdict in found] == ["2", "1", "0"]
        assert queries.decided_by(judge.id, before=found[1].id) == [found[2]]
        assert queries.decided_by(cast.second_moderator.id) == []
