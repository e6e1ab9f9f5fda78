"""The story of the house in a real browser: an opinion reaches a decision maker and comes back."""

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser as Chromium
from pypdf import PdfReader

from participation import wiring
from participation.accounts.cards import PICTURES
from participation.accounts.passwords import hash_password
from participation.consultations.queries import topic as read_topic
from participation.kernel.clock import CITY_ZONE, now, today
from participation.kernel.database import unit_of_work
from participation.kernel.working import ring, work_off
from participation.settings import Settings
from tests.consultations.crowd import answer as crowd_answers
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving
from tests.support.smtp import Mailbox

pytestmark = [
    needs_chromium,
    pytest.mark.journey,
    pytest.mark.xdist_group("journey"),
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]

CLASSMATES = ("王小满", "李一林", "孙阿柚", "王小树", "李小河")
PASSWORD = "lake-and-hill-2026"
TITLE = "上学路上，安全又好走吗？"
WITH_PHONE = "绿灯太快了，我的电话是 13800138000"
MENDED = "绿灯太快了，外婆走到一半就变红"
NINE_YEARS_AGO = f"{today().year - 9}-01"
ROSTER = (
    "学号,姓名,性别,出生年月,年级,班级\n"
    f"2026030201,王小树,女,{NINE_YEARS_AGO},三年级,2班\n"
    f"2026030202,李小河,男,{NINE_YEARS_AGO},三年级,2班\n"
)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    return Settings(
        **{
            **{name: getattr(settings, name) for name in Settings.__dataclass_fields__},
            "smtp_port": mailbox.port,
        }
    )


@pytest.fixture
def staff(cast: Cast) -> Cast:
    """The cast, with a password for everybody who works here."""
    with unit_of_work() as opened:
        for person in (cast.secretary, cast.teacher, cast.moderator, cast.official):
            opened.merge(person).password = hash_password(PASSWORD)
    return cast


@pytest.fixture(scope="module")
def browser_window() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


class Story:
    """The people of the story, each with a window of their own."""

    def __init__(self, window: Chromium, address: str, cast: Cast, settings: Settings) -> None:
        self.window, self.address, self.cast, self.settings = window, address, cast, settings
        self.visitors: list[Visitor] = []
        self.topic_id = 0
        self.card = ""
        self.pictures: list[str] = []

    def visitor(self) -> Visitor:
        made = Visitor(self.window, self.address)
        self.visitors.append(made)
        return made

    def staff(self, email: str | None) -> Visitor:
        made = self.visitor()
        page = made.go("/staff/sign-in")
        page.fill("input[name=email]", email or "")
        page.fill("input[name=password]", PASSWORD)
        made.press("进去")
        return made

    def child(self) -> Visitor:
        """She types her card number and taps her three pictures."""
        made = self.visitor()
        page = made.go("/enter")
        page.fill("input[name=number]", self.card)
        for picture in self.pictures:
            page.locator(f"input[value={picture}]").check(force=True)
        made.press("进去")
        return made

    def work(self) -> None:
        """What the worker does while nobody presses a button."""
        ring(wiring.TIMERS)
        while work_off(wiring.WORKSHOP, self.settings):
            pass

    def leave(self) -> None:
        for visitor in self.visitors:
            visitor.leave()


def publish(story: Story) -> None:
    secretary = story.staff(story.cast.secretary.email)
    page = secretary.go("/desk/topics/new")
    page.fill("[name=title_zh]", TITLE)
    page.fill("[name=sign]", "路")
    secretary.press("开始写")
    story.topic_id = int(re.findall(r"/desk/topics/(\d+)", page.url)[0])
    page.get_by_role("button", name="发布").click()
    secretary.look()
    missing = page.locator("[data-error-summary] a").count()
    assert missing >= 6, "each missing part is named"
    local = datetime.now(CITY_ZONE).replace(second=0, microsecond=0)
    for name, words in {
        "summary_zh": "市交通局明年要改 30 个学校门口的路。请告诉我们先改什么。",
        "decided_zh": "30 所学校已经选好。",
        "changeable_zh": "先改什么，绿灯多长。",
        "opens_at": f"{local - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "closes_at": f"{local + timedelta(days=31):%Y-%m-%dT%H:%M}",
        "answer_due": f"{local + timedelta(days=90):%Y-%m-%d}",
        "follow_up_on": f"{local + timedelta(days=150):%Y-%m-%d}",
    }.items():
        page.fill(f"[name={name}]", words)
    for band in ("a", "b", "c"):
        page.locator(f"input[name=bands][value={band}]").check(force=True)
    page.select_option("[name=unit_id]", label="市交通局")
    page.select_option("[name=official_id]", value=str(story.cast.official.id))
    secretary.press("加一个问题")
    page.fill("[name=questions-0-wording_zh]", "你最想先改哪里？")
    page.fill("[name=questions-0-easy_zh]", "先改哪里？")
    for place, label in enumerate(("红绿灯", "斑马线")):
        page.fill(f"[name=questions-0-options-{place}-label_zh]", label)
        page.fill(f"[name=questions-0-options-{place}-easy_zh]", label)
    secretary.press("加一个问题")
    page.select_option("[name=questions-1-kind]", value="words")
    page.fill("[name=questions-1-wording_zh]", "还想说什么？")
    page.fill("[name=questions-1-easy_zh]", "还想说什么？")
    secretary.press("加一件事")
    page.fill("[name=themes-0-title_zh]", "延长绿灯")
    secretary.press("存成草稿")
    secretary.press("发布")
    assert page.locator("[data-error-summary] a").all_inner_texts() == []
    secretary.press("发布")
    secretary.go(f"/topics/{story.topic_id}")
    assert page.locator("h1").inner_text() == TITLE


def enrol(story: Story, folder: Path) -> None:
    secretary = story.staff(story.cast.secretary.email)
    roster = folder / "名单.csv"
    roster.write_bytes(ROSTER.encode("gb18030"))
    page = secretary.go(f"/desk/schools/{story.cast.school.id}/roster")
    page.set_input_files("input[type=file]", roster)
    secretary.press("先看看")
    assert "王小树" in page.content()
    secretary.press("就这样收")
    teacher = story.staff(story.cast.teacher.email)
    page = teacher.go(f"/desk/classes/{story.cast.school_class.id}/consents")
    row = page.locator("tr", has_text="王小树")
    row.get_by_label("同意了", exact=True).check()
    teacher.press("记下这一页")
    page = teacher.go(f"/desk/classes/{story.cast.school_class.id}/cards")
    with page.expect_download() as download:
        page.get_by_role("button", name="做卡并下载 PDF").click()
    read_card(story, download.value.path().read_bytes())


def read_card(story: Story, paper: bytes) -> None:
    """Find the child's number and pictures on the printed card, as she would."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    pictures = {str(words): name for name, words in PICTURES.items()}
    names = re.findall("|".join(CLASSMATES), text)
    numbers = re.findall(r"HB3X[- ]?\w{4}", text)
    chosen = re.findall("|".join(pictures), text)
    assert (len(numbers), len(chosen)) == (len(names), 3 * len(names))
    place = names.index("王小树")
    story.card = numbers[place]
    story.pictures = [pictures[word] for word in chosen[3 * place : 3 * place + 3]]


def say(story: Story) -> Visitor:
    child = story.child()
    page = child.go("/topics")
    child.follow("上学路上")
    child.follow("说一说", within="main p.row")
    page.locator("input[type=radio]").first.check(force=True)
    child.press("下一题")
    page.fill("textarea", WITH_PHONE)
    page.locator("main input[type=checkbox]").first.check(force=True)
    child.press("交给城市")
    assert page.locator("main mark").inner_text() == "13800138000", "she is asked first"
    child.press("就这样交")
    assert f"/topics/{story.topic_id}/thanks" in page.url
    return child


def judge(story: Story, child: Visitor) -> None:
    moderator = story.staff(story.cast.moderator.email)
    page = moderator.go("/desk/moderation")
    moderator.press("看下一条")
    assert page.locator("mark", has_text="13800138000").count() == 1
    page.get_by_label("写了电话").first.check(force=True)
    moderator.press("请孩子改一改")
    mine = child.go("/me")
    assert WITH_PHONE not in story.visitor().go(f"/topics/{story.topic_id}").content()
    child.follow("改", within="main .note--fix")
    assert mine.locator("textarea").input_value() == WITH_PHONE
    mine.fill("textarea", MENDED)
    child.press("改好了，再交一次")
    moderator.go("/desk/moderation")
    moderator.press("看下一条")
    assert MENDED in page.content()
    moderator.press("通过")


def answer_it(story: Story) -> None:
    official = story.staff(story.cast.official.email)
    page = official.go("/desk/dossiers")
    official.follow("上学路上")
    official.press("签收")
    assert MENDED in page.content()
    official.press("把回音给孩子")
    assert page.locator("[data-error-summary] a").count() >= 3
    page.locator("select[name$=outcome]").select_option("adopted")
    page.locator("input[name$=next_on]").fill(f"{today() + timedelta(days=40):%Y-%m-%d}")
    page.locator("textarea[name$=reason]").fill("经费已经批下来。")
    page.locator("textarea[name$=next_step]").fill("九个路口改信号灯。")
    page.locator("textarea[name$=children_zh]").fill("绿灯会长 9 秒。你可以慢慢走。")
    official.press("把回音给孩子")


def hear(story: Story) -> None:
    child = story.child()
    page = child.go("/echoes")
    child.follow("上学路上")
    shown = page.content()
    assert MENDED in shown
    assert "绿灯会长 9 秒。你可以慢慢走。" in shown
    assert "≈" in page.locator("main").inner_text(), "the tally is there, rounded"
    page.get_by_label("听到了", exact=True).check(force=True)
    with page.expect_navigation():
        page.locator("form[action$=listened] button").click()
    child.look()
    assert page.get_by_label("听到了", exact=True).is_checked()


def test_an_opinion_reaches_a_decision_maker_and_comes_back(
    app: Flask,
    staff: Cast,
    settings: Settings,
    mailbox: Mailbox,
    browser_window: Chromium,
    tmp_path: Path,
) -> None:
    with serving(app) as address:
        story = Story(browser_window, address, staff, settings)
        publish(story)
        enrol(story, tmp_path)
        child = say(story)
        judge(story, child)
        with unit_of_work():
            crowd_answers(read_topic(story.topic_id), 240)
        with time_machine.travel(now() + timedelta(days=32), tick=True):
            story.work()
            sent = [
                one
                for one in mailbox.messages
                if one["To"].addresses[0].addr_spec == staff.official.email
            ]
            assert len(sent) == 1
            kinds = sorted(part.get_content_type() for part in sent[0].iter_attachments())
            assert kinds == ["application/json", "application/pdf", "text/csv"]
            answer_it(story)
            story.work()
            hear(story)
        story.leave()
