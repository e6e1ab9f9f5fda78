"""The page of a result: for everybody, for a child who took part, and never more than allowed."""

import csv
import io
import json

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select

from participation.consultations.actions import giving, hearing
from participation.consultations.models import AnswerSheet, Hearing, HearingSum, OpenWords
from participation.consultations.topic import Said, Topic
from participation.deliveries.actions import AnswerText, ReplyText, give_reply
from participation.deliveries.due import last_day
from participation.deliveries.queries import dossier_for, dossier_of
from participation.kernel.clock import now, start_of, today
from participation.kernel.database import database, session, unit_of_work
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published, who
from tests.support.browser import Browser
from tests.support.cast import Cast

SECRET = "这句话谁也不该看到"


@pytest.fixture
def topic(app: Flask, cast: Cast, settings: Settings) -> Topic:
    """A frozen topic of 400 children; the middle child gave an opinion with words of her own."""
    with time_machine.travel(now() - crowd.timedelta(days=40), tick=False):
        made = published(cast, settings)
        with unit_of_work():
            child = who(cast.middle_child, settings)
            words = {made.words_questions[0].id: Said("绿灯再长一点，外婆走得慢。", True)}
            giving.give_opinion(child, made, (2, (1,), 1), words)
            mine = session().scalars(select(OpenWords)).one()
            mine.standing = "published"
            crowd.answer(made, 400)
            crowd.say(made, "<b>我喜欢</b>走小路。", minority=True)
            for standing in ("waiting", "returned", "refused"):
                crowd.say(made, f"{SECRET}{standing}", standing=standing)
            crowd.say(made, f"{SECRET}不给看", may_quote=False)
            session().execute(OpenWords.__table__.delete().where(OpenWords.standing == "waiting"))
    crowd.work()
    return made


def page(topic: Topic) -> str:
    return f"/topics/{topic.id}/result"


def answer(topic: Topic, cast: Cast, settings: Settings) -> None:
    """The official answers every point of the dossier."""
    with unit_of_work():
        official = who(cast.official, settings)
        sent = hearing.standing_of(topic.subject)
        assert sent is not None
        dossier = dossier_for(official, 1)
        answers = [
            AnswerText(
                point_id=point.id,
                outcome="adopted" if place == 0 else "not",
                reason="路口太短。",
                next_step="先改九个路口。",
                next_on=(today() + crowd.timedelta(days=60)).isoformat() if place == 0 else "",
                children_zh=f"给孩子的第 {place + 1} 句话。",
            )
            for place, point in enumerate(dossier.points)
        ]
        give_reply(
            official, dossier, ReplyText(greeting_zh="谢谢你们。\n我读了两遍。", answers=answers)
        )


def test_everybody_reads_the_result(topic: Topic, browser: Browser) -> None:
    shown = browser.get(page(topic))
    assert shown.h1 == "上学路上，安全又好走吗？"
    assert len([one for one in shown.words("li") if "最多" in one]) >= 1
    assert "≈400" in shown.text
    assert "<b>我喜欢</b>" not in shown.text and "&lt;b&gt;我喜欢&lt;/b&gt;" in shown.text
    assert "少数人的看法" in shown.text
    english = browser.get(page(topic), headers={"Accept-Language": "en"})
    assert english.root is not None and english.root.get("lang") == "en"
    assert english.h1 == "Is the way to school safe?"


@pytest.mark.parametrize(
    "part", ["stranger", "far_official", "official", "secretary", "teacher", "moderator", ""]
)
def test_nothing_unapproved_by_any_way(
    topic: Topic, cast: Cast, browser: Browser, part: str
) -> None:
    visitor = browser.as_(getattr(cast, part)) if part else browser
    addresses = [
        page(topic),
        f"/open-data/{topic.id}.csv",
        f"/open-data/{topic.id}.json",
        "/",
        "/echoes",
        "/topics?when=over",
        "/open-data",
        f"/topics/{topic.id}",
    ]
    for address in addresses:
        shown = visitor.get(address)
        assert SECRET not in shown.text, address


def test_a_reply_that_came_late_is_called_late_for_ever(
    topic: Topic, cast: Cast, settings: Settings, browser: Browser
) -> None:
    with unit_of_work(writes=False):
        due_on = dossier_of(topic.subject).due_on  # type: ignore[union-attr]
    moment = start_of(last_day(due_on).date + crowd.timedelta(days=9))
    with time_machine.travel(moment, tick=False):
        answer(topic, cast, settings)
    for address in (page(topic), "/echoes", "/"):
        assert "晚了 9 天" in browser.get(address).text
        english = browser.get(address, headers={"Accept-Language": "en"})
        assert "9 days late" in english.text


def test_a_quote_whose_standing_changed_is_gone(topic: Topic, browser: Browser) -> None:
    with unit_of_work():
        words = session().scalars(select(OpenWords).where(OpenWords.minority.is_(True))).one()
        words.may_quote = False
    assert "走小路" not in browser.get(page(topic)).text


def test_words_approved_after_the_freeze_are_never_shown(topic: Topic, browser: Browser) -> None:
    with unit_of_work():
        crowd.say(topic, f"{SECRET}太晚了")
    assert SECRET not in browser.get(page(topic)).text


def test_a_child_sees_her_own_words_and_nobody_else_does(
    topic: Topic, cast: Cast, browser: Browser
) -> None:
    own = browser.as_(cast.middle_child).get(page(topic))
    assert "你说的" in own.words("h2")
    assert own.response.headers["Cache-Control"] == "no-store"
    other = browser.as_(cast.far_child).get(page(topic))
    assert "你说的" not in other.words("h2")


def test_the_young_read_in_tens(topic: Topic, cast: Cast, browser: Browser) -> None:
    assert "10 个人里大约" in browser.as_(cast.child).get(page(topic)).text
    assert "10 个人里" not in browser.get(page(topic)).text


def test_before_the_reply_the_day_is_said_and_lateness_too(topic: Topic, browser: Browser) -> None:
    assert "给你们回音" in browser.get(page(topic)).text
    with time_machine.travel(now() + crowd.timedelta(days=120), tick=False):
        late = browser.get(page(topic)).text
    assert "还没有来。我们已经去催了。" in late


def test_after_the_reply_each_point_has_its_answer(
    topic: Topic, cast: Cast, settings: Settings, browser: Browser
) -> None:
    answer(topic, cast, settings)
    shown = browser.get(page(topic))
    assert "给孩子的第 1 句话。" in shown.text and "给孩子的第 2 句话。" in shown.text
    assert "我读了两遍。" in shown.words("p")
    assert "给你们的回信" in shown.words("h2")
    assert "听你们的" in shown.text and "这次做不到" in shown.text
    assert "已采纳" in shown.text and "未采纳" in shown.text
    assert "已采纳" not in browser.as_(cast.child).get(page(topic)).text


def test_what_is_there_in_chinese_only_says_so_on_an_english_page(
    topic: Topic, cast: Cast, settings: Settings, browser: Browser
) -> None:
    answer(topic, cast, settings)
    shown = browser.get(page(topic), headers={"Accept-Language": "en"})
    chinese = ["".join(one.itertext()) for one in shown.all("span") if one.get("lang") == "zh-Hans"]
    assert "给孩子的第 1 句话。" in chinese and "路口太短。" in chinese
    quoted = ["".join(one.itertext()) for one in shown.all("q") if one.get("lang") == "zh-Hans"]
    assert "<b>我喜欢</b>走小路。" in quoted
    assert 'class="only-zh"' in shown.text
    assert 'class="only-zh"' not in browser.get(page(topic)).text


def test_a_bar_fills_its_share_of_the_track(topic: Topic, browser: Browser) -> None:
    shown = browser.get(page(topic))
    for row in shown.all("tr"):
        bars = [one for one in row.iter() if one.get("class") in ("d1", "dm")]
        said = "".join(row.itertext())
        if bars and "不到" not in said and "超过" not in said:
            assert f"{bars[0].get('width', '').removesuffix('.0%')}%" in said


def test_a_public_page_is_kept_and_made_anew_after_the_reply(
    topic: Topic, cast: Cast, settings: Settings, browser: Browser
) -> None:
    first = browser.get(page(topic)).response
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in first.headers
    tag = {"If-None-Match": first.headers["ETag"]}
    assert browser.client.get(page(topic), headers=tag).status_code == 304
    english = browser.client.get(page(topic), headers={**tag, "Accept-Language": "en"})
    assert english.status_code == 200
    answer(topic, cast, settings)
    assert browser.client.get(page(topic), headers=tag).status_code == 200


def test_open_and_unfinished_ones_have_no_result(
    app: Flask, cast: Cast, settings: Settings, browser: Browser
) -> None:
    made = published(cast, settings)
    assert browser.client.get(page(made)).status_code == 302
    assert made.closes_at is not None
    with time_machine.travel(made.closes_at + crowd.timedelta(seconds=5), tick=False):
        waiting = browser.get(page(made))
        assert "问完了，正在数" in waiting.text
        browser.get(f"/open-data/{made.id}.csv", status=404)
    browser.get("/topics/4711/result", status=404)


def test_open_data_says_what_the_page_says(topic: Topic, browser: Browser) -> None:
    table = browser.client.get(f"/open-data/{topic.id}.csv")
    assert table.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.get_data(as_text=True).lstrip("\ufeff"))))
    assert {row["shown_as"] for row in rows} <= {"rounded", "hidden"}
    assert all(int(row["count"]) % 5 == 0 for row in rows if row["count"])
    data = json.loads(browser.client.get(f"/open-data/{topic.id}.json").data)
    assert data["figures"]["profile"]["name"] == "public"
    tag = {"If-None-Match": table.headers["ETag"]}
    assert browser.client.get(f"/open-data/{topic.id}.csv", headers=tag).status_code == 304
    browser.get(f"/open-data/{topic.id}.xml", status=404)


class TestSayListened:
    """Whether the answer listened: asked of those who took part, after the reply."""

    def test_not_before_the_reply(self, topic: Topic, cast: Cast, browser: Browser) -> None:
        child = browser.as_(cast.middle_child)
        child.post(f"/topics/{topic.id}/listened", {"listened": "yes"}, status=403)
        assert "有没有被听到？" not in child.get(page(topic)).text

    def test_only_who_took_part(
        self, topic: Topic, cast: Cast, settings: Settings, browser: Browser
    ) -> None:
        answer(topic, cast, settings)
        address = f"/topics/{topic.id}/listened"
        browser.as_(cast.stranger).post(address, {"listened": "yes"}, status=403)
        browser.as_(cast.official).post(address, {"listened": "yes"}, status=403)
        browser.post(address, {"listened": "yes"}, status=403)

    def test_said_and_changed(
        self, topic: Topic, cast: Cast, settings: Settings, browser: Browser
    ) -> None:
        answer(topic, cast, settings)
        child = browser.as_(cast.middle_child)
        address = f"/topics/{topic.id}/listened"
        wrong = child.post(address, {}, status=422)
        assert "选一个" in wrong.text
        child.post(address, {"listened": "no"})
        thanked = child.post(address, {"listened": "partly"})
        assert "谢谢你告诉我们。" in thanked.text
        with unit_of_work(writes=False):
            assert session().scalars(select(Hearing.listened)).all() == ["partly"]
        assert child.get(page(topic)).fields(address)["listened"] == "partly"

    def test_a_sum_is_published_in_batches_of_ten(
        self, topic: Topic, settings: Settings, browser: Browser
    ) -> None:
        speak(topic, 9)
        crowd.work()
        assert sums() == []
        speak(topic, 40)
        with time_machine.travel(now() + crowd.timedelta(days=1), tick=False):
            crowd.work()
        assert sums() == [49]
        speak(topic, 9)
        with time_machine.travel(now() + crowd.timedelta(days=2), tick=False):
            crowd.work()
        assert sums() == [49]
        speak(topic, 1)
        with time_machine.travel(now() + crowd.timedelta(days=3), tick=False):
            crowd.work()
        assert sums() == [59]
        assert "孩子们觉得有没有被听到" in browser.get(page(topic)).words("h2")


def speak(topic: Topic, count: int) -> None:
    """The next so many of those who answered say whether they felt heard."""
    with unit_of_work():
        spoken = set(session().scalars(select(Hearing.participant)))
        answered = session().scalars(select(AnswerSheet.participant).order_by(AnswerSheet.id))
        silent = [each for each in answered if each not in spoken]
        session().add_all(
            Hearing(
                consultation_id=topic.id,
                participant=participant,
                listened=("yes", "partly", "no")[number % 3],
            )
            for number, participant in enumerate(silent[:count])
        )


def sums() -> list[int]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(HearingSum.n)))


def test_a_page_costs_few_statements(topic: Topic, cast: Cast, browser: Browser) -> None:
    child = browser.as_(cast.middle_child)
    for visitor, most in ((browser, 8), (child, 14)):
        visitor.get(page(topic))
        assert statements(visitor, page(topic)) <= most


def statements(visitor: Browser, address: str) -> int:
    """How many statements one GET sends."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(database().engine, "before_cursor_execute", note)
    try:
        visitor.client.get(address)
    finally:
        event.remove(database().engine, "before_cursor_execute", note)
    return len(sent)
