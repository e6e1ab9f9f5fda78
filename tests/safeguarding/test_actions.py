"""Asking for help, complaining, signs and escalations; opening, taking, noting, answering."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from participation.accounts.identity import Nobody
from participation.kernel import readers
from participation.kernel.database import session
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.kernel.subjects import Subject
from participation.safeguarding import actions, queries
from participation.safeguarding.listeners import note_escalation, note_sign
from participation.safeguarding.models import Concern
from participation.safeguarding.queries.answers import message_of, messages_of
from participation.safeguarding.queries.concerns import place_of
from participation.safeguarding.sealing import contents_of
from tests.safeguarding.room import entries, letters, light, opened_and_taken, second_agrees
from tests.support import factories
from tests.support.cast import Cast

WORDS = Subject("consultation.words", "7")


@dataclass
class Found:
    """A sign as moderation tells it."""

    subject: Subject = WORDS
    signs: tuple[str, ...] = ("harm_self",)
    level: int = 2
    band: str = "b"
    about: str = "上学路上"


@pytest.fixture
def people(cast: Cast, unit: None) -> Cast:
    return cast


@pytest.fixture
def words(people: Cast) -> dict[str, str]:
    """What the words of a subject are just now."""
    said = {"7": "原话"}
    readers.follow({"consultation.words": lambda identity: said.get(identity, "")})
    return said


class TestWriting:
    def test_a_signed_in_child_is_known_as_she_is_now(self, people: Cast) -> None:
        concern = actions.ask_for_help(light(people.unconsented), "有人推我", "林老师")
        assert (concern.kind, concern.state, concern.level) == ("help", "new", 2)
        contents = contents_of(concern)
        assert (contents.person_id, contents.school_id) == (
            people.unconsented.id,
            people.school.id,
        )
        assert (contents.name, contents.school, contents.contact) == (
            "孙阿柚",
            "湖滨路第三小学",
            "林老师",
        )
        assert "3 年级 2 班" in contents.class_name
        (entry,) = entries("HelpAsked")
        assert (entry.subject_id, entry.by, entry.facts) == (str(concern.id), None, "{}")

    def test_nobody_stays_unknown(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        contents = contents_of(concern)
        assert (contents.person_id, contents.name, contents.contact) == (0, "", "")
        assert (concern.writer_mark, concern.answer_mark) == (None, None)

    def test_an_adult_to_come_needs_a_name_from_who_gave_none(self, people: Cast) -> None:
        with pytest.raises(RuleBroken) as refusal:
            actions.ask_for_help(Nobody(), "我有点难过", wish="adult")
        assert refusal.value.field == "contact"
        known = actions.ask_for_help(light(people.child), "有人推我", wish="adult", whose="friend")
        assert (contents_of(known).wish, contents_of(known).whose) == ("adult", "friend")
        odd = actions.ask_for_help(Nobody(), "有人推我", wish="x", whose="y")
        assert (contents_of(odd).wish, contents_of(odd).whose) == ("", "")

    def test_a_complaint_keeps_nothing_of_the_writer(self, people: Cast) -> None:
        concern = actions.complain("这一页写错了", "12345@city.example")
        assert (concern.kind, concern.level, concern.due_at) == ("complaint", 0, None)
        assert contents_of(concern).person_id == 0
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

    def test_an_escalated_text_is_kept_as_it_stood(self, words: dict[str, str]) -> None:
        concern = actions.note_case(WORDS)
        words.clear()
        assert (contents_of(concern).text, contents_of(concern).subject) == (
            "原话",
            "consultation.words:7",
        )
        assert (concern.kind, concern.level) == ("moderation", 2)
        assert "consultation" not in entries("ConcernNoted")[0].facts

    @pytest.mark.parametrize("verdict", ["approved", "returned", "refused", "escalated"])
    def test_only_an_escalation_is_a_concern(self, words: dict[str, str], verdict: str) -> None:
        class Decided:
            subject = WORDS
            band = "b"
            about = "上学路上"

            def __init__(self) -> None:
                self.verdict = verdict

        note_escalation(Decided())
        counted = session().scalar(select(func.count()).select_from(Concern))
        assert counted == (verdict == "escalated")

    def test_a_drill_is_marked_and_counts_nowhere(self, people: Cast) -> None:
        concern = actions.begin_drill(1)
        assert concern.is_drill and "演练" in contents_of(concern).text
        assert queries.new_count(light(people.safeguarding)) == 0
        assert queries.concerns_for(light(people.safeguarding)) == [concern]
        with pytest.raises(RuleBroken):
            actions.begin_drill(4)


class TestSigns:
    def test_the_words_are_sealed_at_once(self, words: dict[str, str]) -> None:
        note_sign(Found())
        words["7"] = ""
        concern = session().scalars(select(Concern)).one()
        contents = contents_of(concern)
        assert (contents.text, contents.signs, contents.band, contents.about) == (
            "原话",
            ("harm_self",),
            "b",
            "上学路上",
        )
        assert (concern.kind, concern.level) == ("sign", 2)

    def test_one_open_concern_for_each_subject(self, words: dict[str, str], people: Cast) -> None:
        note_sign(Found())
        note_sign(Found())
        concern = session().scalars(select(Concern)).one()
        assert queries.log_of(concern) == []
        words["7"] = "更急的话"
        note_sign(Found(level=1))
        note_sign(Found(level=3))
        session().scalars(select(Concern)).one()
        assert concern.level == 1
        assert [(line.kind, line.said.get("text")) for line in queries.log_of(concern)] == [
            ("words", "更急的话"),
            ("level", None),
        ]
        note_sign(Found(subject=Subject("consultation.words", "8")))
        assert len(session().scalars(select(Concern)).all()) == 2

    def test_once_it_is_done_a_new_sign_is_a_new_concern(
        self, words: dict[str, str], people: Cast
    ) -> None:
        note_sign(Found(level=3))
        first = session().scalars(select(Concern)).one()
        who = opened_and_taken(people, first)
        actions.ask_closing(who, first, "看错了")
        second_agrees(people, first)
        note_sign(Found(level=3))
        assert len(session().scalars(select(Concern)).all()) == 2


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
        unfit = light(people.safeguarding, vetted=False)
        assert queries.concern_for(unfit, concern.id) is None
        assert entries("ConcernSeen") == []

    def test_lists_hold_what_the_reader_answers_for(self, people: Cast) -> None:
        help_, complaint = actions.ask_for_help(Nobody(), "一"), actions.complain("二")
        assert queries.concerns_for(light(people.safeguarding)) == [help_]
        assert queries.concerns_for(light(people.secretary)) == [complaint]
        assert queries.concerns_for(light(people.moderator)) == []
        assert queries.new_count(light(people.safeguarding)) == 1
        assert queries.new_count(light(people.moderator)) == 0

    def test_the_urgent_first_then_the_oldest_what_is_done_last(self, people: Cast) -> None:
        who = light(people.safeguarding)
        made = [actions.begin_drill(level) for level in (3, 1, 2, 1)]
        opened = actions.begin_drill(1)
        opened_and_taken(people, opened)
        expected = [made[1], made[3], made[2], made[0], opened]
        assert queries.concerns_for(who) == expected
        for behind, rest in zip(expected, range(1, 6), strict=True):
            assert queries.concerns_for(who, behind=place_of(behind)) == expected[rest:]

    def test_pages_by_key(self, people: Cast) -> None:
        who = light(people.secretary)
        made = [actions.complain(str(number)) for number in range(23)]
        page = queries.concerns_for(who)
        assert page[:2] == [made[0], made[1]]
        assert len(page) == queries.PAGE + 1
        rest = queries.concerns_for(who, behind=place_of(page[queries.PAGE - 1]))
        assert rest == made[20:]
        actions.read_concern(who, made[0])
        assert queries.concerns_for(who, state="seen") == [made[0]]


class TestWorking:
    def test_taken_over_and_noted_only_after_opening(self, people: Cast) -> None:
        who, concern = light(people.safeguarding), actions.ask_for_help(Nobody(), "有人推我")
        with pytest.raises(RuleBroken):
            actions.note_concern(who, concern, "打过电话")
        actions.read_concern(who, concern)
        actions.take_concern(who, concern)
        first = concern.taken_at
        with pytest.raises(RuleBroken):
            actions.take_concern(who, concern)
        second = light(people.second_safeguarding)
        with pytest.raises(RuleBroken, match="另一位老师"):
            actions.take_concern(second, concern)
        actions.take_over(second, concern, "她下班了", holder=who.person_id)
        assert (concern.taken_by, concern.taken_at) == (people.second_safeguarding.id, first)
        assert letters()[-1].to_address == people.safeguarding.email
        (entry,) = entries("ConcernTakenOver")
        assert (entry.by, entry.facts) == (second.person_id, f'{{"before": {who.person_id}}}')
        actions.note_concern(who, concern, "打过电话")
        actions.note_concern(who, concern, "又打了一次")
        with pytest.raises(RuleBroken):
            actions.note_concern(who, concern, "")
        over, *rest = queries.log_of(concern)
        assert (over.kind, over.by, over.said["reason"]) == ("taken_over", "许宁", "她下班了")
        notes = [(one.said["text"], one.by) for one in rest]
        assert notes == [("打过电话", "郑安"), ("又打了一次", "郑安")]

    def test_two_can_t_both_take_it_over(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        who, second = opened_and_taken(people, concern), light(people.second_safeguarding)
        third = light(factories.staff("safeguarding", "何三"))
        with pytest.raises(RuleBroken) as refusal:
            actions.take_over(second, concern, "", holder=who.person_id)
        assert refusal.value.field == "reason"
        actions.take_over(second, concern, "她下班了", holder=who.person_id)
        for late, holder in ((third, who.person_id), (second, second.person_id), (third, 0)):
            with pytest.raises(RuleBroken, match="不在那位老师手里"):
                actions.take_over(late, concern, "我也来", holder=holder)
        assert concern.taken_by == second.person_id
        free = actions.ask_for_help(Nobody(), "有人推我")
        with pytest.raises(RuleBroken):
            actions.take_over(third, free, "我来", holder=0)

    def test_the_level_is_set_and_logged(self, people: Cast) -> None:
        who, concern = light(people.safeguarding), actions.ask_for_help(Nobody(), "有人推我")
        for level in (0, 2, 9):
            with pytest.raises(RuleBroken):
                actions.set_level(who, concern, level)
        actions.set_level(who, concern, 1)
        (line,) = queries.log_of(concern)
        assert line.said == {"before": 2, "after": 1}
        assert [entry.by for entry in entries("LevelSet")] == [who.person_id]

    def test_an_answer_is_read_by_its_secret_and_by_nothing_else(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我", wish="here")
        secret = actions.promise_answer(concern)
        who = opened_and_taken(people, concern)
        actions.answer_child(who, concern, "我们明天去找你。")
        message = message_of(secret.code)
        assert message is not None and message.state == "seen"
        assert [one.text for one in message.answers] == ["我们明天去找你。"]
        assert message_of(secret.code[:-1]) is None
        assert secret.letters not in repr(secret)

    def test_an_answer_on_the_child_s_own_page(self, people: Cast) -> None:
        concern = actions.ask_for_help(light(people.child), "有人推我")
        assert [one.state for one in messages_of(light(people.child))] == ["new"]
        actions.answer_child(opened_and_taken(people, concern), concern, "我们来了。")
        (message,) = messages_of(light(people.child))
        assert [one.text for one in message.answers] == ["我们来了。"]
        assert messages_of(light(people.middle_child)) == messages_of(Nobody()) == []

    def test_nobody_is_answered_who_could_not_read_it(self, people: Cast) -> None:
        concern = actions.ask_for_help(Nobody(), "有人推我")
        who = opened_and_taken(people, concern)
        with pytest.raises(RuleBroken) as refusal:
            actions.answer_child(who, concern, "你好")
        assert refusal.value.field == "answer"


class TestComplaints:
    def test_noted_and_done(self, people: Cast) -> None:
        who, concern = light(people.secretary), actions.complain("这一页写错了")
        with pytest.raises(RuleBroken):
            actions.finish_complaint(who, concern, "好了")
        actions.read_concern(who, concern)
        actions.note_complaint(who, concern, "去查了")
        with pytest.raises(RuleBroken) as refusal:
            actions.finish_complaint(who, concern, "")
        assert refusal.value.field == "note"
        actions.finish_complaint(who, concern, "改好了")
        assert (concern.state, concern.done_by) == ("done", people.secretary.id)
        assert [one.said["text"] for one in queries.log_of(concern)] == ["去查了", "改好了"]
        assert [entry.by for entry in entries("ConcernDone")] == [people.secretary.id]
        with pytest.raises(NotAllowed):
            actions.note_complaint(who, concern, "再写")
