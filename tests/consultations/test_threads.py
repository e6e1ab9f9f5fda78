"""Words beyond the first verdict: set aside, given back, asked about again, reported, undone."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.consultations.actions import (
    appeal_words,
    give_opinion,
    report_words,
    withdraw_opinion,
)
from participation.consultations.codec import SKIPPED
from participation.consultations.models import OpenWords, Result
from participation.consultations.queries import topic
from participation.consultations.topic import Said, Topic
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.kernel.subjects import Subject
from participation.moderation.actions import claim_next, decide, forget_texts, undo
from participation.moderation.actions.forgetting import KEEP_FOR
from participation.moderation.models import Case
from participation.moderation.redaction import BAR
from participation.safeguarding.happenings import ConcernReleased
from participation.safeguarding.models import Concern
from participation.settings import Settings
from tests.consultations.stage import who
from tests.support.browser import Browser
from tests.support.cast import Cast

HURT = "爸爸喝酒就打我，昨天又打了"
Say = Callable[[str], None]
Judge = Callable[..., Case]


@pytest.fixture
def child(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.child, settings)


@pytest.fixture
def say(matter: Topic, child: Identity) -> Say:
    """Give an opinion with these words, which others may see."""

    def deed(text: str) -> None:
        with unit_of_work():
            said = {matter.words_questions[0].id: Said(text, True)}
            give_opinion(child, topic(matter.id), (1, SKIPPED, SKIPPED), said)

    return deed


@pytest.fixture
def judge(cast: Cast) -> Judge:
    """A moderator takes the next case and decides."""

    def deed(verdict: str, by: Person = cast.moderator, **more: Any) -> Case:
        with unit_of_work():
            case = claim_next(by)
            assert case is not None
            decide(by, case.id, version=case.version, verdict=verdict, **more)
            return case

    return deed


def words() -> OpenWords:
    with unit_of_work(writes=False):
        return session().scalars(select(OpenWords)).one()


def cases() -> list[tuple[str, str, str]]:
    with unit_of_work(writes=False):
        rows = session().scalars(select(Case).order_by(Case.id))
        return [(row.kind, row.state, row.text) for row in rows]


class TestAside:
    def test_words_of_harm_never_reach_the_desk(self, say: Say, cast: Cast) -> None:
        say(HURT)
        assert (words().standing, words().reason, words().text) == ("refused", "escalated", "")
        assert cases() == [("text", "escalated", "")]
        with unit_of_work():
            assert claim_next(cast.moderator) is None

    def test_given_back_they_wait_as_any_others(self, say: Say, cast: Cast, judge: Judge) -> None:
        say(HURT)
        self.release()
        assert (words().standing, words().reason, words().text) == ("waiting", "", HURT)
        case = judge("refused", reasons=["hurtful"])
        assert (case.queue, case.school is not None, case.earlier_id) == ("short", True, None)
        assert case.cleared_on == today() and case.hints == []

    def test_given_back_they_are_quoted_only_if_she_says_so_again(self, say: Say) -> None:
        say(HURT)
        self.release()
        assert not words().may_quote
        say(HURT)
        assert words().may_quote and words().standing == "waiting"

    def test_the_same_text_is_not_passed_on_twice_by_itself(
        self, say: Say, child: Identity, matter: Topic
    ) -> None:
        say(HURT)
        self.release()
        with unit_of_work():
            withdraw_opinion(child, topic(matter.id))
        assert HURT not in str(cases())
        say(HURT)
        assert (words().standing, words().text) == ("waiting", HURT)
        say(HURT + "，今天又打了")
        assert (words().reason, words().text) == ("escalated", "")

    def test_a_moderator_still_passes_it_on(self, say: Say, cast: Cast, judge: Judge) -> None:
        say(HURT)
        self.release()
        judge("escalated")
        assert (words().reason, words().text) == ("escalated", "")
        with unit_of_work(writes=False):
            assert session().scalars(select(Concern.state)).all() == ["new"]

    def test_its_signs_are_no_open_question_when_it_comes_again(
        self, say: Say, judge: Judge, child: Identity, matter: Topic, cast: Cast
    ) -> None:
        say(HURT)
        self.release()
        case = judge("approved", bars=[(0, 2)])
        with unit_of_work():
            undo(cast.moderator, case.id)
        assert judge("returned", reasons=["unclear"]).hints == []
        with unit_of_work():
            appeal_words(child, topic(matter.id), session().get_one(OpenWords, words().id))
        with unit_of_work():
            again = claim_next(cast.second_moderator)
            assert again is not None and (again.kind, again.hints) == ("appeal", [])
            assert again.cleared_on == today()

    def test_the_mark_goes_with_the_words(self, say: Say, judge: Judge) -> None:
        say(HURT)
        self.release()
        judge("refused", reasons=["hurtful"])
        with time_machine.travel(now() + KEEP_FOR + timedelta(days=1), tick=False):
            with unit_of_work():
                forget_texts({})()
            with unit_of_work(writes=False):
                assert {one.cleared for one in session().scalars(select(Case))} == {None}

    def test_an_empty_field_takes_back_nothing_that_it_never_showed(self, say: Say) -> None:
        say(HURT)
        say("")
        assert words().reason == "escalated"
        self.release()
        assert words().text == HURT

    def test_the_desk_says_who_has_read_it_and_when(
        self, say: Say, cast: Cast, browser: Browser
    ) -> None:
        say(HURT)
        self.release()
        desk = browser.as_(cast.moderator)
        assert "保护老师看过了" in desk.get("/desk/moderation").words("span")
        page = desk.post("/desk/moderation/next")
        assert "没有发现孩子需要保护的地方" in page.text and HURT in page.text
        assert page.all("mark") == []
        assert "保护老师看过了" in browser.as_(cast.second_moderator).get("/desk/moderation").text

    @pytest.mark.parametrize("deed", ["withdrawn", "other words"])
    def test_nothing_comes_back_where_the_child_went_on(
        self, say: Say, child: Identity, matter: Topic, deed: str
    ) -> None:
        say(HURT)
        if deed == "withdrawn":
            with unit_of_work():
                withdraw_opinion(child, topic(matter.id))
        else:
            say("多种树")
        before = words().text
        self.release()
        assert words().text == before != HURT
        assert HURT not in str(cases())

    def test_another_room_s_words_are_left_alone(self, say: Say) -> None:
        say("多种树")
        self.release("motion:1")
        self.release("")
        assert words().text == "多种树"

    def release(self, about: str | None = None) -> None:
        named = f"consultation.words:{words().id.hex()}" if about is None else about
        with unit_of_work():
            happening = ConcernReleased(subject=Subject("concern", "1"), about=named, text=HURT)
            announce(happening)


class TestAppeals:
    def appeal(self, child: Identity, matter: Topic) -> None:
        with unit_of_work():
            row = session().get(OpenWords, words().id)
            assert row is not None
            appeal_words(child, topic(matter.id), row)

    def test_granted_the_words_are_published_with_an_answer(
        self, say: Say, judge: Judge, child: Identity, matter: Topic, cast: Cast
    ) -> None:
        say("食堂的菜太难吃了")
        judge("refused", reasons=["hurtful"])
        self.appeal(child, matter)
        assert (words().standing, words().appeal) == ("refused", "asked")
        judge("approved", by=cast.second_moderator)
        assert (words().standing, words().appeal, words().reason) == ("published", "granted", "")
        assert "你说得对" in words().sentence

    @pytest.mark.parametrize("standing", ["returned", "refused"])
    def test_upheld_they_stay_and_she_is_answered(
        self, say: Say, judge: Judge, child: Identity, matter: Topic, cast: Cast, standing: str
    ) -> None:
        say("食堂的菜太难吃了")
        judge(standing, reasons=["hurtful"])
        self.appeal(child, matter)
        judge("refused", by=cast.second_moderator, reasons=["unclear"], sentence="再写清楚点。")
        assert (words().standing, words().appeal) == (standing, "upheld")
        assert (words().reason, words().sentence) == ("unclear", "再写清楚点。")
        with pytest.raises(NotAllowed):
            self.appeal(child, matter)

    def test_not_for_words_of_another_nor_for_published_or_protected_ones(
        self, say: Say, judge: Judge, matter: Topic, child: Identity, cast: Cast, settings: Settings
    ) -> None:
        say("食堂的菜太难吃了")
        with pytest.raises(NotAllowed):
            self.appeal(child, matter)
        judge("refused", reasons=["hurtful"])
        with unit_of_work():
            another = who(cast.middle_child, settings)
        with pytest.raises(NotAllowed):
            self.appeal(another, matter)
        say(HURT)
        with pytest.raises(NotAllowed):
            self.appeal(child, matter)


class TestReopened:
    def test_a_verdict_taken_back(self, say: Say, judge: Judge, cast: Cast) -> None:
        say("多种树")
        case = judge("approved")
        assert words().standing == "published"
        with unit_of_work():
            undo(cast.moderator, case.id)
        assert words().standing == "waiting"

    def test_bars_and_their_undoing(self, say: Say, judge: Judge, cast: Cast) -> None:
        say("我叫王语桐，多种树")
        case = judge("approved", bars=[(2, 5)])
        assert (words().text, words().standing) == (f"我叫{BAR}，多种树", "published")
        assert "遮住" in words().sentence
        with unit_of_work():
            undo(cast.moderator, case.id)
        assert (words().text, words().sentence) == ("我叫王语桐，多种树", "")

    def test_words_withdrawn_since_stay_so(
        self, say: Say, judge: Judge, cast: Cast, child: Identity, matter: Topic
    ) -> None:
        say("多种树")
        case = judge("approved")
        with unit_of_work():
            withdraw_opinion(child, topic(matter.id))
        with unit_of_work(), pytest.raises(RuleBroken):
            undo(cast.moderator, case.id)
        assert (words().standing, words().text) == ("withdrawn", "")

    def test_an_appeal_is_asked_once_more(
        self, say: Say, judge: Judge, child: Identity, matter: Topic, cast: Cast
    ) -> None:
        say("我叫王语桐，多种树")
        judge("returned", reasons=["name"], sentence="删掉名字。")
        with unit_of_work():
            row = session().get_one(OpenWords, words().id)
            appeal_words(child, topic(matter.id), row)
        asked = ("returned", "asked", "name", "删掉名字。", "我叫王语桐，多种树")
        for verdict, more in (
            ("refused", {"reasons": ["unclear"], "sentence": "还是不行。"}),
            ("approved", {"bars": [(2, 5)], "marks": ["minority"]}),
        ):
            case = judge(verdict, by=cast.second_moderator, **more)
            assert words().appeal in ("upheld", "granted")
            with unit_of_work():
                undo(cast.second_moderator, case.id)
            found = words()
            assert (found.standing, found.appeal, found.reason, found.sentence) == asked[:4]
            assert (found.text, found.minority) == (asked[4], False)

    @pytest.mark.parametrize("verdict", ["approved", "returned", "refused"])
    def test_reported_words_are_published_as_they_were(
        self, say: Say, judge: Judge, cast: Cast, matter: Topic, verdict: str
    ) -> None:
        say("我叫王语桐，多种树")
        judge("approved", bars=[(2, 5)], marks=["minority"])
        before = words()
        with unit_of_work():
            report_words(matter, session().get_one(OpenWords, before.id), reason="other", note="")
        case = judge(verdict, reasons=[] if verdict == "approved" else ["hurtful"])
        with unit_of_work():
            undo(cast.moderator, case.id)
        after = words()
        for name in ("standing", "reason", "sentence", "text", "minority", "appeal"):
            assert getattr(after, name) == getattr(before, name), name

    def test_what_a_sealed_result_quotes_is_not_taken_back(
        self, say: Say, judge: Judge, cast: Cast, matter: Topic
    ) -> None:
        say("多种树")
        case = judge("approved")
        kept = {"sheets": 1, "schools": 1, "matrix": b"", "for_officials": "{}"}
        with unit_of_work():
            quotes = json.dumps({"quotes": [words().id.hex()]})
            row = Result(consultation_id=matter.id, frozen_at=now(), for_public=quotes, **kept)
            session().add(row)
        with pytest.raises(RuleBroken, match="汇总"), unit_of_work():
            undo(cast.moderator, case.id)
        assert (words().standing, cases()[0][1]) == ("published", "approved")
