"""Stories of the reading desk in a real browser: an appeal that overturns, and one text for two."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from sqlalchemy import select

from participation.accounts.models import Person
from participation.consultations.actions import give_opinion
from participation.consultations.codec import SKIPPED
from participation.consultations.models import OpenWords
from participation.consultations.queries import topic as read_topic
from participation.consultations.topic import Said, Topic
from participation.kernel.database import session, unit_of_work
from participation.moderation.models import Verdict
from participation.settings import Settings
from tests.consultations.stage import published, who
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving, signed_in

pytestmark = [
    needs_chromium,
    pytest.mark.journey,
    pytest.mark.xdist_group("journey"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
WORDS = "食堂的菜太难吃了，我都吐了"


@pytest.fixture(scope="module")
def window() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def matter(app: Flask, cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


@contextmanager
def windows(
    app: Flask, window: Chromium, browser: Browser, *people: Person
) -> Iterator[list[Visitor]]:
    """The site on a port, and a window for each of these people."""
    with serving(app) as address:
        made = [signed_in(Visitor(window, address), browser, person) for person in people]
        yield made
        for visitor in made:
            visitor.leave()


def say(cast: Cast, settings: Settings, matter: Topic, text: str) -> None:
    with unit_of_work():
        said = {matter.words_questions[0].id: Said(text, True)}
        child = who(cast.middle_child, settings)
        give_opinion(child, read_topic(matter.id), (1, SKIPPED, SKIPPED), said)


def rows(kind: type[Any]) -> list[Any]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(kind)))


def test_an_appeal_overturns(
    app: Flask, window: Chromium, browser: Browser, cast: Cast, settings: Settings, matter: Topic
) -> None:
    say(cast, settings, matter, WORDS)
    people = (cast.middle_child, cast.moderator, cast.second_moderator)
    with windows(app, window, browser, *people) as (child, first, second):
        page = first.go("/desk/moderation")
        first.press("看下一条")
        page.get_by_label("伤到别人").first.check(force=True)
        first.press("不发布")
        mine = child.go("/me")
        assert WORDS in mine.content() and "里面有会伤到别人的话" in mine.content()
        child.press("请另一位老师再看")
        assert "另一位老师会再看一次，最晚" in mine.content()
        assert "另一位老师在看" in mine.content()
        assert mine.get_by_role("button", name="请另一位老师再看").count() == 0
        first.go("/desk/moderation")
        assert page.get_by_role("button", name="看下一条").count() == 0
        hers = second.go("/desk/moderation")
        second.press("看下一条")
        assert WORDS in hers.content() and "伤到别人" in hers.content()
        assert cast.moderator.legal_name not in hers.content()
        hers.fill("#sentence_approved", "我们又看了一次：难吃也可以说。谢谢你。")
        second.press("改成通过")
        child.go("/me")
        assert "难吃也可以说" in mine.content() and "改了决定" in mine.content()
    assert [words.standing for words in rows(OpenWords)] == ["published"]


def test_two_moderators_take_the_same_text(
    app: Flask, window: Chromium, browser: Browser, cast: Cast, settings: Settings, matter: Topic
) -> None:
    say(cast, settings, matter, WORDS)
    people = (cast.moderator, cast.second_moderator)
    with windows(app, window, browser, *people) as (first, second):
        page, hers = first.go("/desk/moderation"), second.go("/desk/moderation")
        second.press("看下一条")
        page.locator("button.qline").first.click()
        page.wait_for_load_state()
        assert "别的审核员拿走了" in page.content() and WORDS not in page.content()
        first.go("/desk/moderation")
        assert "别人正在看" in page.content()
        second.press("通过")
        first.go("/desk/moderation")
        assert "现在没有要看的了" in page.content()
        assert hers.get_by_role("button", name="撤销").count() >= 1
        first.faults = [one for one in first.faults if "409" not in one]
    assert [(one.verdict, one.by) for one in rows(Verdict)] == [
        ("approved", cast.second_moderator.id)
    ]
