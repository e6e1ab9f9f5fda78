"""Asking for help, complaining, reading and finishing, on a real database."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from participation.accounts.identity import Identity, Nobody
from participation.accounts.models import Person
from participation.audit.models import Entry
from participation.kernel import readers
from participation.kernel.database import session
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.kernel.subjects import Subject
from participation.safeguarding import actions, queries
from participation.safeguarding.listeners import note_escalation
from participation.safeguarding.models import Concern
from tests.support.cast import Cast


def light(person: Person) -> Identity:
    return Identity(
        person_id=person.id,
        role=person.role,
        sign_in="",
        mark=0,
        until=0,
        school_id=person.school_id or 0,
    )


def entries(what: str) -> list[Entry]:
    return list(session().scalars(select(Entry).where(Entry.what == what)))


@pytest.fixture
def people(cast: Cast, unit: None) -> Cast:
    return cast


class TestWriting:
    def test_a_signed_in_child_is_known(self, people: Cast) -> None:
        concern = actions.ask_for_help(light(people.unconsented), "有人推我", "林老师")
        assert (concern.kind, concern.state) == ("help", "new")
        assert (concern.person_id, concern.school_id) == (people.unconsented.id, people.school.id)
        (entry,) = entries("HelpAsked")
        assert (entry.subject_id, entry.by, entry.facts) == (str(concern.id), None, "{}")

    def test_nobody_stays_unknown(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        assert (concern.person_id, concern.school_id, concern.contact) == (None, None, "")

    def test_a_complaint_keeps_nothing_of_the_writer(self, people: Cast) -> None:
        concern = actions.complain("这一页写错了", "12345@city.example")
        assert (concern.kind, concern.person_id, concern.school_id) == ("complaint", None, None)
        assert len(entries("ComplaintMade")) == 1

    def test_nothing_written_is_refused_on_the_field(self, people: Cast) -> None:
        deeds: list[Callable[[], Concern]] = [
            lambda: actions.ask_for_help(Nobody(), ""),
            lambda: actions.complain(""),
        ]
        for deed in deeds:
            with pytest.raises(RuleBroken) as refusal:
                deed()
            assert refusal.value.field == "text"

    def test_an_escalated_text_is_kept_as_it_stood(self, people: Cast) -> None:
        words = {"7": "原话"}
        readers.follow({"consultation.words": lambda identity: words.get(identity, "")})
        concern = actions.note_case(Subject("consultation.words", "7"))
        words.clear()
        assert (concern.text, concern.subject_kind, concern.subject_id) == (
            "原话",
            "consultation.words",
            "7",
        )
        assert '"about": "consultation.words:7"' in entries("ConcernNoted")[0].facts

    @pytest.mark.parametrize("verdict", ["approved", "returned", "refused"])
    def test_other_verdicts_are_no_concern(self, people: Cast, verdict: str) -> None:
        class Decided:
            subject = Subject("consultation.words", "7")

            def __init__(self) -> None:
                self.verdict = verdict

        note_escalation(Decided())
        assert session().scalar(select(func.count()).select_from(Concern)) == 0


class TestReading:
    def test_every_reading_is_on_record(self, people: Cast) -> None:
        who, concern = light(people.safeguarding), actions.ask_for_help(Nobody(), "有人推我")
        actions.read_concern(who, concern)
        first = concern.seen_at
        actions.read_concern(who, concern)
        assert (concern.state, concern.seen_by, concern.seen_at) == (
            "seen",
            people.safeguarding.id,
            first,
        )
        assert [entry.by for entry in entries("ConcernSeen")] == [people.safeguarding.id] * 2

    def test_others_do_not_read(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        for person in (people.child, people.stranger, people.moderator, people.secretary):
            with pytest.raises(NotAllowed):
                actions.read_concern(light(person), concern)
            assert queries.concern_for(light(person), concern.id) is None
        assert entries("ConcernSeen") == []

    def test_lists_hold_what_the_reader_answers_for(self, people: Cast) -> None:
        help_, complaint = actions.ask_for_help(Nobody(), "一"), actions.complain("二")
        assert queries.concerns_for(light(people.safeguarding)) == [help_]
        assert queries.concerns_for(light(people.secretary)) == [complaint]
        assert queries.concerns_for(light(people.moderator)) == []
        assert queries.new_count(light(people.safeguarding)) == 1
        assert queries.new_count(light(people.moderator)) == 0

    def test_pages_by_key_newest_first(self, people: Cast) -> None:
        who = light(people.secretary)
        made = [actions.complain(str(number)) for number in range(23)]
        page = queries.concerns_for(who)
        assert [one.text for one in page[:2]] == ["22", "21"]
        assert len(page) == queries.PAGE + 1
        rest = queries.concerns_for(who, before=page[queries.PAGE - 1].id)
        assert [one.text for one in rest] == ["2", "1", "0"]
        actions.read_concern(who, made[0])
        assert queries.concerns_for(who, state="seen") == [made[0]]


class TestFinishing:
    def test_noted_and_done(self, people: Cast) -> None:
        who, concern = light(people.secretary), actions.complain("这一页写错了")
        actions.read_concern(who, concern)
        actions.note_concern(who, concern, "去查了")
        assert (concern.state, concern.note) == ("seen", "去查了")
        actions.finish_concern(who, concern, "改好了")
        assert (concern.state, concern.note, concern.done_at is not None) == (
            "done",
            "改好了",
            True,
        )
        assert [entry.by for entry in entries("ConcernDone")] == [people.secretary.id]
        with pytest.raises(NotAllowed):
            actions.note_concern(who, concern, "再写")

    def test_not_before_it_was_read_and_not_without_a_word(self, people: Cast) -> None:
        who, concern = light(people.secretary), actions.complain("这一页写错了")
        with pytest.raises(RuleBroken):
            actions.finish_concern(who, concern, "好了")
        actions.read_concern(who, concern)
        with pytest.raises(RuleBroken) as refusal:
            actions.finish_concern(who, concern, "")
        assert refusal.value.field == "note"
