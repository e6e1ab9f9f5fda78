"""What a child and a reader can do about a verdict, on the pages: ask again, report, read on."""

import re

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from participation.audit.models import Entry
from participation.consultations.actions import give_opinion
from participation.consultations.codec import SKIPPED
from participation.consultations.models import OpenWords
from participation.consultations.queries import topic as read_topic
from participation.consultations.topic import Said, Topic
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.moderation.actions import claim_next, decide
from participation.moderation.models import Case, Report
from participation.safeguarding import actions as safeguarding
from participation.safeguarding import queries
from participation.safeguarding.models import Concern
from participation.safeguarding.sealing import contents_of
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published, who
from tests.safeguarding.room import opened_and_taken
from tests.support.browser import Browser
from tests.support.cast import Cast

HURT = "爸爸喝酒就打我，昨天又打了"
QUOTE = "绿灯再长一点，外婆走得慢。"


@pytest.fixture
def frozen(app: Flask, cast: Cast, settings: Settings) -> Topic:
    """A frozen matter with one quote that everybody can read, and one that nobody can."""
    with time_machine.travel(now() - crowd.timedelta(days=40), tick=False):
        made = published(cast, settings)
        with unit_of_work():
            crowd.answer(made, 400)
            crowd.say(made, QUOTE)
            crowd.say(made, "只给读意见的大人看", may_quote=False)
    crowd.work()
    return made


def say(cast: Cast, settings: Settings, matter: Topic, text: str) -> None:
    with unit_of_work():
        said = {matter.words_questions[0].id: Said(text, True)}
        give_opinion(who(cast.child, settings), read_topic(matter.id), (1, SKIPPED, SKIPPED), said)


def judge(cast: Cast, verdict: str, **more: object) -> None:
    with unit_of_work():
        case = claim_next(cast.moderator)
        assert case is not None
        decide(cast.moderator, case.id, version=case.version, verdict=verdict, **more)  # type: ignore[arg-type]


def words(text: str = "") -> OpenWords:
    with unit_of_work(writes=False):
        found = select(OpenWords)
        return session().scalars(found.where(OpenWords.text == text) if text else found).one()


class TestReading:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_at_night_she_is_told_when(
        self, browser: Browser, cast: Cast, settings: Settings, language: str
    ) -> None:
        with time_machine.travel("2026-12-01T23:10:00+08:00", tick=False):
            crowded = published(cast, settings)
            say(cast, settings, crowded, "多种树")
            child = browser.as_(cast.child)
            child.client.set_cookie("language", language)
            page = child.get(f"/topics/{crowded.id}/thanks")
        resting = "现在审核老师在休息" if language == "zh-Hans" else "resting now"
        assert resting in page.text
        assert ("12 月 2 日" if language == "zh-Hans" else "2 Dec") in page.text

    def test_by_day_by_when(self, browser: Browser, cast: Cast, settings: Settings) -> None:
        with time_machine.travel("2026-12-01T10:00:00+08:00", tick=False):
            crowded = published(cast, settings)
            say(cast, settings, crowded, "多种树")
            page = browser.as_(cast.child).get(f"/topics/{crowded.id}/thanks")
        assert "有一位老师会先看，最晚" in page.text and "休息" not in page.text


def tell_once(visitor: Browser, matter: Topic) -> None:
    """As if she came from sending."""
    with visitor.client.session_transaction() as visit:
        visit["told"] = matter.id


class TestAside:
    def test_thanked_calmly_and_answered_later(
        self, browser: Browser, cast: Cast, settings: Settings, matter: Topic
    ) -> None:
        say(cast, settings, matter, HURT)
        child = browser.as_(cast.child)
        tell_once(child, matter)
        page = child.get(f"/topics/{matter.id}/thanks")
        assert page.h1 == "谢谢你告诉我们" and "12355" in page.text
        assert re.search(r"最晚 .+ 有人看到。", page.text)
        assert child.get(f"/topics/{matter.id}/thanks").h1 == "收到了！"
        assert HURT not in page.text and "已经送到了，保护老师会来看" in page.text
        assert "谢谢你告诉我们" not in child.get("/me").text
        with unit_of_work():
            concern = session().scalars(select(Concern)).one()
            officer = opened_and_taken(cast, concern)
            safeguarding.answer_child(officer, concern, "明天上午有老师来找你。")
        assert "明天上午" not in child.get(f"/topics/{matter.id}/thanks").text
        tell_once(child, matter)
        page = child.get(f"/topics/{matter.id}/thanks")
        assert "明天上午有老师来找你。" in page.text and "保护老师正在办" in page.text
        for other in (cast.middle_child, cast.stranger):
            visitor = browser.as_(other)
            tell_once(visitor, matter)
            page = visitor.get(f"/topics/{matter.id}/thanks")
            assert "明天上午" not in page.text


class TestAppeal:
    def test_one_tap(self, browser: Browser, cast: Cast, settings: Settings, matter: Topic) -> None:
        say(cast, settings, matter, "食堂的菜太难吃了")
        judge(cast, "returned", reasons=["hurtful"])
        child = browser.as_(cast.child)
        address = f"/words/{words().id.hex()}/appeal"
        assert child.get("/me").text.count(address) == 1
        assert address in child.get(f"/words/{words().id.hex()}/mend").text
        page = child.post(address)
        assert "另一位老师会再看一次，最晚" in page.text
        assert "另一位老师在看" in page.text and address not in page.text
        child.post(address, status=403)

    def test_not_another_s(
        self, browser: Browser, cast: Cast, settings: Settings, matter: Topic
    ) -> None:
        say(cast, settings, matter, "食堂的菜太难吃了")
        judge(cast, "refused", reasons=["hurtful"])
        address = f"/words/{words().id.hex()}/appeal"
        browser.as_(cast.middle_child).post(address, status=404)
        browser.as_(cast.teacher).post(address, status=403)
        browser.as_(cast.child).post("/words/zz/appeal", status=404)


class TestReport:
    def test_anybody_reports_a_quote_and_it_is_taken_down(
        self, browser: Browser, cast: Cast, frozen: Topic
    ) -> None:
        result, address = f"/topics/{frozen.id}/result", f"/words/{words(QUOTE).id.hex()}/report"
        assert address in browser.get(result).links.values()
        page = browser.get(address)
        assert QUOTE in page.text
        page = browser.post(address, {"note": "这是我家"}, status=422)
        assert "选一个，哪里不对" in page.text and "这是我家" in page.text
        page = browser.post(address, {"reason": "personal", "note": "这是我家"})
        assert page.h1 == "谢谢你告诉我们" and "审核老师会再看一次" in page.text
        with unit_of_work(writes=False):
            case = session().scalars(select(Case).where(Case.kind == "report")).one()
            report = session().scalars(select(Report)).one()
            assert (case.text, case.band, report.reason) == (QUOTE, words(QUOTE).band, "personal")
        assert QUOTE in browser.get(result).text
        judge(cast, "refused", reasons=["contact"])
        assert QUOTE not in browser.get(result).text
        browser.get(address, status=404)

    @pytest.mark.parametrize(
        ("note", "level"),
        [
            ("这是我同学，他昨天又割自己的手腕", 2),
            ("他说他今晚想自杀", 1),
            ("同学天天骂他", 2),
        ],
    )
    def test_what_tells_of_harm_goes_to_the_officers(
        self, browser: Browser, cast: Cast, frozen: Topic, note: str, level: int
    ) -> None:
        shown = words(QUOTE)
        for _twice in range(2):
            page = browser.post(f"/words/{shown.id.hex()}/report", {"note": note})
            assert "我们交给了保护老师" in page.text and page.text.count('href="tel:') >= 4
        with unit_of_work():
            concern = session().scalars(select(Concern)).one()
            told = contents_of(concern)
            assert (concern.kind, concern.level, concern.outcome) == ("report", level, "")
            assert (told.text, told.band, told.has_subject) == (QUOTE, shown.band, True)
            assert told.note == f"读到这句话的人写道：{note}" and told.signs
            notes = [one.said["text"] for one in queries.log_of(concern)]
            assert notes == [told.note]
            kept = session().scalars(select(Report)).all()
            assert {(one.reason, one.note) for one in kept} == {("other", "")}
            facts = session().scalars(select(Entry.facts).where(Entry.what == "TextReported"))
            assert not [one for one in facts if note in one or "harm" in one]
            # No concern: the words stay as they were read, and the note is nobody's words.
            concern.state, concern.taken_by = "taken", cast.safeguarding.id
            one, two = (
                who(each, browser.settings)
                for each in (cast.safeguarding, cast.second_safeguarding)
            )
            safeguarding.read_concern(one, concern)
            safeguarding.ask_closing(one, concern, "问过了", outcome="closed", no_report="无")
            safeguarding.read_concern(two, concern)
            safeguarding.confirm_closing(two, concern)
        assert words(QUOTE).standing == "published"

    def test_a_plain_report_has_the_numbers_as_well(
        self, browser: Browser, cast: Cast, frozen: Topic
    ) -> None:
        page = browser.get(f"/topics/{frozen.id}/reported")
        assert "helpcard" in page.text and "交给了保护老师" not in page.text

    def test_what_is_not_public_can_t_be_reported(
        self, browser: Browser, cast: Cast, settings: Settings, frozen: Topic, matter: Topic
    ) -> None:
        hidden = words("只给读意见的大人看").id.hex()
        browser.get(f"/topics/{frozen.id}/reported")
        browser.get(f"/topics/{matter.id}/reported", status=404)
        for path in (f"/words/{hidden}/report", "/words/00/report", "/words/zz/report"):
            browser.get(path, status=404)
            browser.post(path, {"reason": "other"}, status=404)

    def test_a_flood_is_stopped(self, browser: Browser, frozen: Topic) -> None:
        address = f"/words/{words(QUOTE).id.hex()}/report"
        for _one in range(120):
            browser.client.post(address, data={"csrf_token": browser.token(), "reason": "other"})
        page = browser.post(address, {"reason": "other", "note": "再一次"}, status=429)
        assert "再一次" in page.text


def test_a_moderator_has_second_thoughts(
    browser: Browser, cast: Cast, settings: Settings, matter: Topic
) -> None:
    say(cast, settings, matter, "多种树")
    judge(cast, "approved")
    moderator = browser.as_(cast.moderator)
    page = moderator.get("/desk/moderation/cases/1")
    assert "请人再看一次" in page.text
    browser.as_(cast.second_moderator).post("/desk/moderation/cases/1/again", status=404)
    moderator.post("/desk/moderation/cases/1/again")
    moderator.post("/desk/moderation/cases/1/again", status=409)
    judge(cast, "refused", reasons=["unclear"])
    assert words().standing == "refused"
    moderator.post("/desk/moderation/cases/1/again", status=409)
