"""Reports, closing by two, release, and evidence that nobody's leaving takes away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from participation import wiring
from participation.accounts.identity import Nobody
from participation.accounts.models import Person
from participation.kernel import announcing, readers
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.kernel.subjects import Subject
from participation.safeguarding import actions, queries
from participation.safeguarding.actions import Report
from participation.safeguarding.happenings import ConcernReleased
from participation.safeguarding.models import Concern, LogLine
from participation.safeguarding.queries.answers import messages_of
from participation.safeguarding.queries.concerns import numbers_of
from participation.safeguarding.sealing import contents_of
from tests.safeguarding.room import (
    concerns,
    entries,
    letters,
    light,
    opened_and_taken,
    second_agrees,
)
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast

WORDS = Subject("consultation.words", "7")
TOLD = {
    "office": "police",
    "unit": "湖滨派出所",
    "person": "李警官",
    "way": "phone",
    "number": "A-17",
    "text": "孩子说有人打他",
}


@pytest.fixture
def people(cast: Cast, unit: None) -> Cast:
    return cast


def report(**changed: object) -> Report:
    return Report(**{"at": now(), **TOLD, **changed})  # type: ignore[arg-type]


def broken(refusal: pytest.ExceptionInfo[RulesBroken]) -> set[str]:
    return {one.field for one in refusal.value.broken}


class TestReport:
    def test_several_reports_stand_sealed_in_the_log(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        with pytest.raises(RuleBroken):
            actions.report_concern(light(people.safeguarding), concern, report())
        who = opened_and_taken(people, concern)
        actions.report_concern(who, concern, report(number=""))
        actions.report_concern(who, concern, report(office="civil_affairs", way="writing"))
        told = [one.said for one in queries.log_of(concern)]
        assert [one["office"] for one in told] == ["police", "civil_affairs"]
        assert told[0]["person"] == "李警官"
        assert [entry.facts for entry in entries("ConcernReported")] == ["{}", "{}"]
        for line in session().scalars(select(LogLine)):
            assert line.sealed and "李警官".encode() not in line.sealed

    def test_its_number_may_come_later(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        who = opened_and_taken(people, concern)
        line = actions.report_concern(who, concern, report(number=""))
        with pytest.raises(RuleBroken) as refusal:
            actions.add_number(who, concern, line.id, "")
        assert refusal.value.field == "number"
        actions.add_number(who, concern, line.id, "A-18")
        actions.add_number(light(people.second_safeguarding), concern, line.id, "A-19")
        assert numbers_of(concern) == {line.id: "A-19"}
        assert queries.log_of(concern)[0].said["number"] == "", "the report stays as it was"
        assert [entry.facts for entry in entries("ReportNumbered")] == ["{}", "{}"]
        note = queries.log_of(concern)[1]
        for other in (note.id, 999999):
            with pytest.raises(Missing):
                actions.add_number(who, concern, other, "A-20")

    def test_what_is_missing_is_named(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        who = opened_and_taken(people, concern)
        with pytest.raises(RulesBroken) as refusal:
            actions.report_concern(who, concern, Report(at=None, **dict.fromkeys(TOLD, "")))
        assert broken(refusal) == {"at", "office", "unit", "person", "way", "text"}
        with pytest.raises(RulesBroken) as refusal:
            actions.report_concern(who, concern, report(at=now() + timedelta(hours=1)))
        assert broken(refusal) == {"at"}

    def test_it_is_made_even_when_the_author_withdraws(self, people: Cast) -> None:
        said = {"7": "有人打我"}
        readers.follow({"consultation.words": lambda identity: said.get(identity, "")})
        concern = actions.note_case(WORDS)
        said.clear()
        who = opened_and_taken(people, concern)
        actions.report_concern(who, concern, report(text=contents_of(concern).text))
        assert queries.log_of(concern)[0].said["text"] == "有人打我"


class TestClosing:
    @pytest.fixture
    def concern(self, people: Cast) -> Concern:
        return actions.ask_for_help(light(people.child), "有人推我")

    def test_a_second_officer_agrees(self, people: Cast, concern: Concern) -> None:
        who, second = opened_and_taken(people, concern), light(people.second_safeguarding)
        actions.report_concern(who, concern, report())
        actions.ask_closing(who, concern, "孩子安全了", for_child="我们找过他了。")
        assert letters()[-1].to_address == people.second_safeguarding.email
        for deed in (actions.confirm_closing, lambda w, c: actions.refuse_closing(w, c, "不")):
            with pytest.raises(NotAllowed):
                deed(who, concern)
        with pytest.raises(NotAllowed):
            actions.ask_closing(second, concern, "再请求一次")
        assert messages_of(light(people.child))[0].answers == []
        with pytest.raises(RuleBroken, match="先打开"):
            actions.confirm_closing(second, concern)
        second_agrees(people, concern)
        assert (concern.state, concern.outcome) == ("done", "closed")
        assert (concern.closing_by, concern.done_by) == (who.person_id, second.person_id)
        assert [one.text for one in messages_of(light(people.child))[0].answers] == [
            "我们找过他了。"
        ]
        with pytest.raises(NotAllowed):
            actions.note_concern(who, concern, "再写")
        kinds = [one.kind for one in queries.log_of(concern)]
        assert kinds == ["report", "closing_asked", "answer", "closed"]

    def test_or_says_why_not(self, people: Cast, concern: Concern) -> None:
        who, second = opened_and_taken(people, concern), light(people.second_safeguarding)
        actions.read_concern(second, concern)
        actions.ask_closing(who, concern, "没事了", no_report="是误会")
        with pytest.raises(RuleBroken, match="先打开"):
            actions.refuse_closing(second, concern, "还没有见到孩子")
        actions.read_concern(second, concern)
        with pytest.raises(RuleBroken) as refusal:
            actions.refuse_closing(second, concern, "")
        assert refusal.value.field == "refusal"
        actions.refuse_closing(second, concern, "还没有见到孩子")
        assert (concern.state, concern.closing_by) == ("taken", None)
        assert queries.log_of(concern)[-1].said == {"reason": "还没有见到孩子"}
        assert len(entries("ClosingRefused")) == 1
        assert letters()[-1].to_address == people.safeguarding.email
        assert letters()[-1].key.startswith("closing_refused")

    def test_the_grave_ones_need_a_report_or_a_reason(self, people: Cast, concern: Concern) -> None:
        who = light(people.safeguarding)
        with pytest.raises(RulesBroken) as refusal:
            actions.ask_closing(who, concern, "", outcome="x")
        assert broken(refusal) == {"reason", "outcome", "no_report"}
        opened_and_taken(people, concern)
        with pytest.raises(RulesBroken) as refusal:
            actions.ask_closing(who, concern, "没事了")
        assert broken(refusal) == {"no_report"}
        actions.set_level(who, concern, 3)
        actions.ask_closing(who, concern, "没事了")

    def test_the_database_itself_wants_two(self, people: Cast, concern: Concern) -> None:
        who = opened_and_taken(people, concern)
        alone = update(Concern).values(closing_by=who.person_id, done_by=who.person_id)
        with pytest.raises(IntegrityError, match="closed_by_two"), session().begin_nested():
            session().execute(alone)

    def test_no_concern_gives_the_words_back(
        self, people: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        readers.follow({"consultation.words": lambda _identity: "我想飞"})
        heard: list[ConcernReleased] = []
        listeners = {**wiring.LISTENERS, ConcernReleased: (heard.append,)}
        announcing.follow(listeners)
        concern = actions.note_case(WORDS, kind="sign", level=3, signs=("danger",))
        readers.follow({"consultation.words": lambda _identity: ""})
        who = opened_and_taken(people, concern)
        actions.ask_closing(who, concern, "是作文", outcome="released")
        assert heard == []
        second_agrees(people, concern)
        (released,) = heard
        assert (released.about, released.text) == ("consultation.words:7", "我想飞")
        assert concern.outcome == "released"
        (entry,) = entries("ConcernReleased")
        assert entry.facts == "{}"

    def test_a_message_of_the_door_is_not_released(self, people: Cast, concern: Concern) -> None:
        who = opened_and_taken(people, concern)
        with pytest.raises(RulesBroken) as refusal:
            actions.ask_closing(who, concern, "没事", outcome="released", no_report="没事")
        assert broken(refusal) == {"outcome"}


class TestFreeze:
    """R54: what is sealed stays, whoever withdraws or is erased."""

    @pytest.fixture
    def clock(self) -> Iterator[time_machine.Traveller]:
        with time_machine.travel("2026-06-18T02:00:00Z", tick=False) as traveller:
            yield traveller

    def test_it_outlives_the_person(self, cast: Cast) -> None:
        with unit_of_work():
            person = factories.child(cast.school_class, "吴可去", "可去", born=cast.child.born)
        with unit_of_work():
            actions.ask_for_help(light(person), "有人推我", "操场")
        with unit_of_work() as opened:
            opened.delete(opened.get_one(Person, person.id))
        (concern,) = concerns()
        with unit_of_work():
            contents = contents_of(session().get_one(Concern, concern.id))
        assert (contents.text, contents.name, contents.contact) == ("有人推我", "吴可去", "操场")

    def test_refused_for_three_years_and_then_removed(
        self, cast: Cast, clock: time_machine.Traveller
    ) -> None:
        who = light(cast.safeguarding)
        with unit_of_work():
            concern = actions.ask_for_help(Nobody(), "有人推我")
            with pytest.raises(NotAllowed):
                actions.remove_concern(who, concern)
            opened_and_taken(cast, concern)
            actions.ask_closing(who, concern, "没事了", no_report="是误会")
            second_agrees(cast, concern)
            assert concern.frozen_until is not None
            with pytest.raises(NotAllowed, match="证据"):
                actions.remove_concern(who, concern)
        clock.move_to("2029-06-18T01:59:00Z")
        with unit_of_work() as opened, pytest.raises(NotAllowed):
            actions.remove_concern(who, opened.get_one(Concern, concern.id))
        clock.move_to("2029-06-18T02:00:00Z")
        with unit_of_work() as opened:
            actions.remove_concern(who, opened.get_one(Concern, concern.id))
        with unit_of_work() as opened:
            assert opened.scalars(select(LogLine)).all() == []
            assert len(entries("ConcernRemoved")) == 1
        assert concerns() == []

    def test_no_cascade_takes_a_log_away(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        actions.note_concern(opened_and_taken(people, concern), concern, "打过电话")
        with pytest.raises(IntegrityError), session().begin_nested():
            session().execute(delete(Concern))


class TestPages:
    def test_the_whole_road(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            number = actions.ask_for_help(light(cast.child), "有人推我").id
        one, two = browser.as_(cast.safeguarding), browser.as_(cast.second_safeguarding)
        address = f"/desk/concerns/{number}"
        one.post(f"{address}/read")
        one.post(f"{address}/take")
        page = one.post(f"{address}/report-form")
        assert "有人推我" in page.words("textarea")[0] and "王小满" in page.words("textarea")[0]
        page = one.post(f"{address}/report", {"unit": "湖滨派出所"}, status=422)
        assert page.fields(f"{address}/report")["unit"] == "湖滨派出所"
        one.post(f"{address}/report", {"at": "2020-01-01T08:00", **TOLD})
        page = one.post(f"{address}/read")
        assert "李警官" in page.text
        printing = next(
            form.get("action", "")
            for form in page.all("form")
            if "/reports/" in form.get("action", "")
        )
        paper = one.post(printing)
        assert paper.h1 == "未成年人保护强制报告" and "A-17" in paper.text
        one.post(f"{address}/reports/999999", status=404)
        number = printing + "/number"
        assert "1 月 1 日 08:00 报的" in page.text and "记下的" in page.text
        assert one.get(number).h1 == "补回执编号"
        one.get(f"{address}/reports/999999/number", status=404)
        one.post(number, {"number": ""}, status=422)
        one.post(number, {"number": "A-18"})
        assert "A-18" in one.post(printing).text
        page = one.post(f"{address}/close", {"outcome": "closed", "for_child": "好"}, status=422)
        assert "好" in page.words("textarea")
        one.post(f"{address}/close", {"outcome": "closed", "reason": "孩子安全了"})
        assert "不能自己确认自己的" in one.get(address).text
        one.post(f"{address}/close/decide", {"agree": "1"}, status=403)
        page = two.post(f"{address}/close/decide", {"agree": "1"}, status=422)
        assert "先打开看，再决定" in page.text
        two.post(f"{address}/read")
        two.post(f"{address}/close/decide", {"refuse": "1"}, status=422)
        two.post(f"{address}/close/decide", {"refuse": "1", "refusal": "再等等"})
        one.post(f"{address}/close", {"outcome": "closed", "reason": "孩子安全了"})
        two.post(f"{address}/read")
        page = two.post(f"{address}/close/decide", {"agree": "1"})
        assert "郑安 请求，许宁 同意" in page.text and "证据已经封存" in page.text
        assert "孩子安全了" not in page.text
        two.post(f"{address}/remove", status=403)
        page = one.get(address)
        assert "结束错了" in page.text
        page = one.post(f"{address}/reopen", {"reopen": ""}, status=422)
        page = one.post(f"{address}/reopen", {"reopen": "孩子又来说了"})
        assert "打开过，没人接手" in page.text and "证据已经封存" in page.text
        browser.as_(cast.administrator).post(f"{address}/reopen", {"reopen": "x"}, status=403)
