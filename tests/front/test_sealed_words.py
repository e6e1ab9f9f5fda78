"""What is told of words that the safeguarding officers keep: true, and the same to every child."""

import pytest

from participation.consultations.topic import Topic
from participation.safeguarding.clocks import FROZEN_YEARS
from participation.settings import Settings
from tests.consultations.stage import published
from tests.consultations.test_pages import address, full
from tests.front.test_nothing_of_it import HURT, tell
from tests.support.browser import Browser
from tests.support.cast import Cast

STAYS = "交给了保护老师的话会封好，留在保护老师那里，好帮那个孩子。"


@pytest.fixture
def matter(cast: Cast, settings: Settings) -> Topic:
    return published(cast, settings)


@pytest.mark.parametrize("page", ["remember", "readers", "moderation"])
def test_each_page_says_who_has_them_and_for_how_long(browser: Browser, page: str) -> None:
    shown = browser.get(f"/about/{page}")
    assert "话里像有危险的时候" in shown.words("h2")
    lines = " ".join(shown.words("li"))
    assert f"至少再留 {FROZEN_YEARS} 年" in lines
    assert "得两位保护老师一起：一位写明为什么，另一位同意" in lines


def test_taking_back_says_the_same_to_every_child(
    matter: Topic, cast: Cast, browser: Browser
) -> None:
    said = set()
    for person, text in ((cast.middle_child, HURT), (cast.far_child, "多种树")):
        visitor = browser.as_(person)
        tell(matter, visitor, text)
        asked = visitor.get(address(matter, "/withdraw"))
        done = visitor.post(address(matter, "/withdraw"))
        assert STAYS in asked.text and STAYS in done.text
        said.add((tuple(asked.words("main")), tuple(done.words("main"))))
    assert len(said) == 1


def test_without_the_tick_she_reads_that_she_is_not_quoted(
    matter: Topic, cast: Cast, browser: Browser
) -> None:
    visitor = browser.as_(cast.middle_child)
    tell(matter, visitor, "多种树")
    assert "不会公开引用" in visitor.get("/me").text
    name = matter.words_questions[0].quote
    visitor.post(address(matter, "/give-opinion"), full(matter, **{name: "y"}))
    assert "不会公开引用" not in visitor.get("/me").text
