"""A child's own words: waiting, judged, edited, mended, withdrawn – and never shown too early."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from participation.accounts.actions.consents import record_consents
from participation.accounts.consent import Wish
from participation.accounts.happenings import ConsentRecorded
from participation.accounts.identity import Identity
from participation.audit.models import Entry
from participation.consultations import listeners
from participation.consultations.actions import give_opinion, mend_words, withdraw_opinion
from participation.consultations.codec import SKIPPED
from participation.consultations.models import Consultation, OpenWords
from participation.consultations.queries import own_words, topic
from participation.consultations.topic import Said, Topic, words_subject
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.kernel.readers import words_of
from participation.kernel.subjects import Subject
from participation.moderation.actions import claim_next, decide
from participation.moderation.happenings import CaseDecided
from participation.moderation.models import Case
from participation.settings import Settings
from tests.consultations.stage import who
from tests.support.cast import Cast

ANSWERS = (1, SKIPPED, SKIPPED)
Say = Callable[..., bool]


@pytest.fixture
def child(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.child, settings)


@pytest.fixture
def say(matter: Topic, child: Identity) -> Say:
    """Give an opinion with these words."""

    def deed(text: str, *, may_quote: bool = False) -> bool:
        with unit_of_work():
            said = {matter.words_questions[0].id: Said(text, may_quote)}
            return give_opinion(child, topic(matter.id), ANSWERS, said)

    return deed


@pytest.fixture
def judge(cast: Cast) -> Callable[..., None]:
    """A moderator takes the next case and decides."""

    def deed(verdict: str, **more: Any) -> None:
        with unit_of_work():
            case = claim_next(cast.moderator)
            assert case is not None
            decide(cast.moderator, case.id, version=case.version, verdict=verdict, **more)

    return deed


def words() -> OpenWords:
    with unit_of_work(writes=False):
        return session().scalars(select(OpenWords)).one()


def cases() -> list[tuple[str, int, str]]:
    with unit_of_work(writes=False):
        rows = session().scalars(select(Case).order_by(Case.id))
        return [(row.state, row.turn, row.text) for row in rows]


class TestCase:
    def test_a_moderator_learns_band_and_question_and_nothing_else(
        self, say: Say, cast: Cast
    ) -> None:
        say("绿灯太短")
        with unit_of_work(writes=False):
            case = session().scalars(select(Case)).one()
            assert case.matter["zh"] == "上学路上，安全又好走吗？ · 你会怎么做？"
            assert case.matter["en"].startswith("Is the way to school safe? · ")
            assert (case.band, case.text, case.turn) == ("a", "绿灯太短", 1)
            keys = [choice["key"] for choice in case.choices]
            assert keys[-1] == "minority" and len(keys) == 3
            seen = f"{case.about}{case.text}{case.choices}{case.hints}"
            assert cast.child.legal_name not in seen and cast.child.nickname not in seen

    def test_the_text_behind_the_subject(self, say: Say) -> None:
        say("绿灯太短")
        with unit_of_work(writes=False):
            assert words_of(words_subject(words().id)) == "绿灯太短"
            assert words_of(Subject("consultation.words", "00" * 16)) == ""


class TestEditing:
    def test_a_changed_text_waits_anew(self, say: Say) -> None:
        say("绿灯太短")
        say("绿灯太短，再长五秒")
        assert (words().standing, words().turns) == ("waiting", 2)
        assert cases() == [("withdrawn", 1, ""), ("waiting", 2, "绿灯太短，再长五秒")]

    def test_the_same_text_keeps_its_standing(self, say: Say, judge: Callable[..., None]) -> None:
        say("绿灯太短")
        judge("approved")
        say("绿灯太短", may_quote=True)
        assert (words().standing, words().may_quote, words().turns) == ("published", True, 1)
        assert len(cases()) == 1

    def test_published_words_that_change_are_hidden_until_read_again(
        self, say: Say, judge: Callable[..., None]
    ) -> None:
        say("绿灯太短", may_quote=True)
        judge("approved", marks=["minority"])
        say("另一句", may_quote=True)
        assert (words().standing, words().minority) == ("waiting", False)

    def test_emptied_words_are_withdrawn(self, say: Say) -> None:
        say("绿灯太短")
        say("")
        assert (words().standing, words().text) == ("withdrawn", "")
        assert cases() == [("withdrawn", 1, "")]

    @pytest.mark.parametrize("verdict", ["", "approved", "refused", "returned"])
    @pytest.mark.parametrize("deed", ["withdrawn", "emptied"])
    def test_what_she_takes_back_is_nowhere_any_more(
        self,
        deed: str,
        verdict: str,
        say: Say,
        judge: Callable[..., None],
        child: Identity,
        matter: Topic,
    ) -> None:
        say("绿灯太短")
        if verdict:
            judge(verdict, reasons=[] if verdict == "approved" else ["name"])
        if deed == "withdrawn":
            with unit_of_work():
                withdraw_opinion(child, topic(matter.id))
        else:
            say("")
        assert (words().standing, words().text) == ("withdrawn", "")
        assert cases() == [(verdict or "withdrawn", 1, "")]


class TestVerdicts:
    def test_approved_with_its_theme(
        self, say: Say, judge: Callable[..., None], matter: Topic
    ) -> None:
        say("绿灯太短")
        theme = matter.themes[0].id
        judge("approved", marks=[f"theme:{theme}", "minority"])
        assert (words().standing, words().theme_id, words().minority) == ("published", theme, True)

    def test_returned_with_a_kind_reason(self, say: Say, judge: Callable[..., None]) -> None:
        say("我叫王小满，电话 13800138000")
        judge("returned", reasons=["contact"], sentence="请把电话删掉再交一次。")
        found = words()
        assert (found.standing, found.reason) == ("returned", "contact")
        assert found.sentence == "请把电话删掉再交一次。"
        assert "13800138000" in found.text

    def test_refused_words_stay_with_their_author(
        self, say: Say, judge: Callable[..., None], child: Identity
    ) -> None:
        say("伤人的话")
        judge("refused", reasons=["hurtful"], sentence="换个说法。")
        with unit_of_work(writes=False):
            assert own_words(child, words().id).text == "伤人的话"

    def test_a_disclosure_is_not_shown_and_not_blamed(
        self, say: Say, judge: Callable[..., None]
    ) -> None:
        say("我有话只想告诉保护老师", may_quote=True)
        judge("escalated")
        assert (words().standing, words().reason, words().text) == ("refused", "escalated", "")
        assert not words().may_quote and "谢谢你告诉我们" in words().sentence
        assert cases() == [("escalated", 1, "")]

    @pytest.mark.parametrize("verdict", ["approved", "returned", "refused", "escalated"])
    def test_a_late_verdict_does_not_touch_withdrawn_words(self, verdict: str, say: Say) -> None:
        say("绿灯太短")
        say("")
        late = CaseDecided(
            subject=words_subject(words().id), case_id=1, kind="text", verdict=verdict
        )
        with unit_of_work():
            listeners.apply_verdict(late)
        assert words().standing == "withdrawn"

    def test_another_rooms_subject_and_a_strange_theme(self, say: Say, matter: Topic) -> None:
        say("绿灯太短")
        elsewhere = CaseDecided(
            subject=Subject("motion", "1"), case_id=1, kind="text", verdict="approved"
        )
        strange = CaseDecided(
            subject=words_subject(words().id),
            case_id=1,
            kind="text",
            verdict="approved",
            marks=("theme:999999", "theme:x"),
        )
        with unit_of_work():
            listeners.apply_verdict(elsewhere)
            listeners.apply_verdict(strange)
        assert (words().standing, words().theme_id) == ("published", None)


class TestMending:
    @pytest.fixture
    def returned(self, say: Say, judge: Callable[..., None]) -> OpenWords:
        say("我的电话是 13800138000", may_quote=True)
        judge("returned", reasons=["contact"], sentence="请把电话删掉。")
        return words()

    def mend(self, person: Identity, matter: Topic, words_id: bytes, text: str) -> None:
        with unit_of_work():
            mend_words(person, topic(matter.id), own_words(person, words_id), text)

    def test_it_waits_again_and_keeps_the_wish(
        self, returned: OpenWords, matter: Topic, child: Identity
    ) -> None:
        self.mend(child, matter, returned.id, " 绿灯太短 ")
        found = words()
        assert (found.standing, found.text, found.turns) == ("waiting", "绿灯太短", 2)
        assert (found.reason, found.sentence, found.may_quote) == ("", "", True)
        assert cases()[-1] == ("waiting", 2, "绿灯太短")

    @pytest.mark.parametrize("text", ["", "  \n", "我的电话是 13800138000", "长" * 501])
    def test_what_cannot_be_sent(
        self, text: str, returned: OpenWords, matter: Topic, child: Identity
    ) -> None:
        with pytest.raises(RuleBroken) as refusal:
            self.mend(child, matter, returned.id, text)
        assert refusal.value.field == "text"
        assert words().standing == "returned"

    def test_only_once(self, returned: OpenWords, matter: Topic, child: Identity) -> None:
        self.mend(child, matter, returned.id, "绿灯太短")
        with pytest.raises(NotAllowed):
            self.mend(child, matter, returned.id, "再来")

    def test_of_two_at_once_the_second_is_told(
        self, returned: OpenWords, matter: Topic, child: Identity
    ) -> None:
        self.mend(child, matter, returned.id, "绿灯太短")
        with pytest.raises(RuleBroken, match="已经交过"), unit_of_work():
            mend_words(child, topic(matter.id), returned, "又一句")

    def test_nobody_elses(
        self, returned: OpenWords, matter: Topic, cast: Cast, settings: Settings
    ) -> None:
        for person in (cast.stranger, cast.middle_child, cast.moderator):
            with unit_of_work():
                other = who(person, settings)
            with pytest.raises(Missing):
                self.mend(other, matter, returned.id, "我的")


class TestConsentIsGone:
    """What nobody has let through yet goes at once; what is published stays (the notice, 4)."""

    def refuse(self, cast: Cast, settings: Settings, wish: Wish = "refused") -> None:
        with unit_of_work():
            teacher = who(cast.teacher, settings)
            record_consents(teacher, cast.school_class.id, {cast.child.id: wish})

    @pytest.mark.parametrize("verdict", ["", "returned"])
    @pytest.mark.parametrize("state", ["published", "closed"])
    def test_unread_and_returned_words_are_taken_back(
        self,
        state: str,
        verdict: str,
        say: Say,
        judge: Callable[..., None],
        matter: Topic,
        cast: Cast,
        settings: Settings,
    ) -> None:
        say("我叫王小满", may_quote=True)
        if verdict:
            judge(verdict, reasons=["name"], sentence="请改一改。")
        with unit_of_work():
            session().get_one(Consultation, matter.id).state = state
        self.refuse(cast, settings)
        found = words()
        assert (found.standing, found.text, found.sentence) == ("withdrawn", "", "")
        assert cases() == [(verdict or "withdrawn", 1, "")]

    @pytest.mark.parametrize("verdict", ["approved", "refused"])
    def test_what_was_judged_stays(
        self,
        verdict: str,
        say: Say,
        judge: Callable[..., None],
        cast: Cast,
        settings: Settings,
    ) -> None:
        say("绿灯太短")
        judge(verdict, reasons=[] if verdict == "approved" else ["hurtful"])
        self.refuse(cast, settings)
        standing = {"approved": "published"}.get(verdict, verdict)
        assert (words().standing, words().text) == (standing, "绿灯太短")

    def test_a_frozen_matter_and_other_children_are_left_alone(
        self, say: Say, matter: Topic, cast: Cast, settings: Settings
    ) -> None:
        say("绿灯太短")
        with unit_of_work():
            teacher = who(cast.teacher, settings)
            wishes: dict[int, Wish] = {cast.unconsented.id: "refused"}
            record_consents(teacher, cast.school_class.id, wishes)
        assert words().standing == "waiting"
        with unit_of_work():
            session().get_one(Consultation, matter.id).state = "frozen"
        self.refuse(cast, settings)
        assert words().standing == "waiting"

    @pytest.mark.parametrize("text", ["绿灯太短", ""])
    def test_the_record_tells_the_day_and_not_whether_there_was_anything(
        self, text: str, say: Say, cast: Cast, settings: Settings
    ) -> None:
        if text:
            say(text)
        self.refuse(cast, settings)
        with unit_of_work(writes=False):
            told = select(Entry).where(Entry.what == "UnreadWordsTakenBack")
            row = session().scalars(told).one()
            assert (row.only_day, row.request, row.by, row.facts) == (True, "", None, "{}")
            assert (row.subject_kind, row.subject_id) == ("person", str(cast.child.id))

    def test_a_refusal_takes_them_back_and_the_record_keeps_no_decision(
        self, say: Say, cast: Cast
    ) -> None:
        say("绿灯太短")
        how: dict[str, Any] = {"channel": "self", "notice_version": 1, "decision": "refused"}
        with unit_of_work():
            whose = Subject("person", str(cast.child.id))
            listeners.take_back_words(ConsentRecorded(subject=whose, **how))
        assert words().standing == "withdrawn"
        with unit_of_work(writes=False):
            told = select(Entry).where(Entry.what == "UnreadWordsTakenBack")
            assert session().scalars(told).all() == []
