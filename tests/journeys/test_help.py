"""Safeguarding in a real browser: a sentence at night, and an officer who does not come."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser as Chromium

from participation import wiring
from participation.consultations.topic import Topic
from participation.kernel.calendar import is_working_day
from participation.kernel.clock import CITY_ZONE, today
from participation.kernel.database import unit_of_work
from participation.kernel.working import ring, work_off
from participation.safeguarding import actions
from participation.settings import Settings
from tests.consultations.stage import published
from tests.safeguarding.room import on_duty
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving, signed_in
from tests.support.smtp import Mailbox

pytestmark = [
    needs_chromium,
    pytest.mark.journey,
    pytest.mark.xdist_group("journey"),
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]
HURT = "爸爸喝醉了就打我，我不敢回家"
ANSWER = "谢谢你告诉我们。明天上午，有一位老师会到学校来找你。"


@pytest.fixture(scope="module")
def window() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    names = Settings.__dataclass_fields__
    return Settings(
        **{**{name: getattr(settings, name) for name in names}, "smtp_port": mailbox.port}
    )


@pytest.fixture
def night(app: Flask) -> Iterator[time_machine.Traveller]:
    """23:10 of the next working day."""
    day = today() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    with time_machine.travel(datetime.combine(day, time(23, 10), CITY_ZONE), tick=True) as clock:
        yield clock


@pytest.fixture
def matter(night: time_machine.Traveller, cast: Cast, settings: Settings) -> Topic:
    with unit_of_work():
        on_duty(cast)
    return published(cast, settings)


def work(settings: Settings) -> None:
    """What the worker does while nobody presses a button."""
    ring(wiring.TIMERS)
    while work_off(wiring.WORKSHOP, settings):
        pass


def called(mailbox: Mailbox) -> list[str]:
    """Whom the letters about a concern went to, in order of arrival; not one of them quotes it."""
    found = [one for one in mailbox.messages if "/desk/concerns/" in str(one)]
    assert all(HURT not in str(one) for one in mailbox.messages)
    return [one["To"].addresses[0].addr_spec for one in found]


def test_a_sentence_about_being_hurt_at_home_at_ten_past_eleven(
    app: Flask,
    window: Chromium,
    browser: Browser,
    cast: Cast,
    settings: Settings,
    mailbox: Mailbox,
    matter: Topic,
) -> None:
    with serving(app) as address:
        people = (
            cast.middle_child,
            cast.moderator,
            cast.administrator,
            cast.safeguarding,
            cast.second_safeguarding,
        )
        visitors = [signed_in(Visitor(window, address), browser, person) for person in people]
        child, moderator, administrator, officer, second = visitors
        page = child.go(f"/topics/{matter.id}/give-opinion")
        page.locator("textarea").first.fill(HURT)
        child.press("交给城市")
        shown = page.locator("main").inner_text()
        assert "谢谢你告诉我们" in shown and "12355" in shown and HURT not in page.content()
        assert HURT not in child.go("/me").content()
        work(settings)
        assert called(mailbox) == [cast.safeguarding.email]
        assert HURT not in moderator.go("/desk/moderation").content()
        assert moderator.page.get_by_role("button", name="看下一条").count() == 0
        assert HURT not in administrator.go("/desk/audit").content()

        desk = officer.go("/desk/concerns")
        assert HURT not in desk.content()
        officer.follow("第 1 号")
        officer.press("我来办")
        officer.press("打开看")
        assert HURT in desk.content() and "可能有人伤害他" in desk.content()
        officer.press("打开原话，记一次报告")
        desk.get_by_label("公安").first.check(force=True)
        desk.fill("[name=unit]", "湖滨派出所")
        desk.fill("[name=person]", "王警官")
        desk.get_by_label("打电话").first.check(force=True)
        officer.press("记下这次报告")
        desk.select_option("[name=outcome]", index=1)
        desk.fill("[name=reason]", "已经报告，孩子在奶奶家，安全。")
        officer.press("请另一位同意结束")

        hers = second.go("/desk/concerns/1")
        second.press("打开看")
        assert "湖滨派出所" in hers.content()
        second.press("同意结束")
        assert "同意" in hers.locator("main").inner_text()
        work(settings)
        assert set(called(mailbox)) <= {cast.safeguarding.email, cast.second_safeguarding.email}
        for visitor in visitors:
            visitor.leave()


def test_an_officer_who_does_not_react(
    app: Flask,
    window: Chromium,
    browser: Browser,
    cast: Cast,
    settings: Settings,
    mailbox: Mailbox,
    night: time_machine.Traveller,
) -> None:
    with unit_of_work():
        lead = factories.staff("safeguarding", "何领")
        actions.make_head(lead.id)
        on_duty(cast)
    with serving(app) as address:
        stranger = Visitor(window, address)
        page = stranger.go("/help")
        page.fill("textarea[name=text]", "有人推我，我很害怕")
        stranger.press("交给保护老师")
        assert "谢谢你告诉我们" in page.content()
        expected = [cast.safeguarding.email]
        more = (
            [cast.safeguarding.email],
            [cast.safeguarding.email, cast.second_safeguarding.email],
        )
        for minutes, called_then in ((31, more[0]), (30, more[1]), (60, [*more[1], lead.email])):
            night.shift(timedelta(minutes=minutes))
            work(settings)
            expected += called_then
            assert sorted(called(mailbox)) == sorted(str(each) for each in expected)
        head = signed_in(Visitor(window, address), browser, lead)
        desk = head.go("/desk/concerns")
        assert "还没有人接手" in desk.content()
        head.follow("第 1 号")
        head.press("我来办")
        night.shift(timedelta(hours=5))
        work(settings)
        assert len(called(mailbox)) == len(expected)
        head.leave()
        stranger.leave()
