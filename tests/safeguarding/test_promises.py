"""By when a message is read and a complaint dealt with: one answer for writer and desk."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from participation.kernel.clock import CITY_ZONE
from participation.kernel.database import session, unit_of_work
from participation.safeguarding import clocks
from participation.safeguarding.models import Concern
from participation.safeguarding.promises import due_of, settled_by, settled_on
from participation.safeguarding.wording import moment_words
from tests.safeguarding.room import on_duty
from tests.support.browser import Browser
from tests.support.cast import Cast

LEVELS = {
    "我现在想跳楼": 1,
    "有人跟着我": 1,
    "我不想活了": 2,
    "老师打我": 2,
    "同学天天骂我": 2,
    "我有点难过": 2,
}


def test_a_complaint_is_settled_within_fifteen_working_days() -> None:
    assert settled_by(date(2025, 9, 1)) == date(2025, 9, 22)
    late = datetime(2025, 9, 1, 15, 59, tzinfo=UTC)  # a minute before midnight in the city
    assert settled_on(Concern(kind="complaint", written_at=late)) == date(2025, 9, 22)
    later = late + timedelta(minutes=1)
    assert settled_on(Concern(kind="complaint", written_at=later)) == date(2025, 9, 23)


def test_a_concern_is_due_by_its_clock_and_a_complaint_has_none() -> None:
    end = datetime(2025, 9, 3, 18, tzinfo=UTC)
    assert due_of(Concern(kind="help", due_at=end)) == end
    with pytest.raises(ValueError, match="clock"):
        due_of(Concern(kind="complaint"))


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("hour", [3, 9, 13, 23])
def test_what_is_promised_is_the_officers_clock(
    browser: Browser, cast: Cast, hour: int, watched: bool
) -> None:
    """Whatever the words, the hour and the rota: one moment on both pages."""
    began = datetime(2026, 6, 18, hour, 10, tzinfo=CITY_ZONE)
    with time_machine.travel(began, tick=False):
        if watched:
            with unit_of_work():
                on_duty(cast)
        before = browser.get("/help").text
        assert ("这会儿没有人值班" not in before) == watched
        assert moment_words(clocks.due(clocks.UNREAD, began)) in before
        for words, level in LEVELS.items():
            page = browser.post("/help", {"text": words})
            with unit_of_work():
                concern = session().query(Concern).order_by(Concern.id.desc()).first()
                assert concern is not None
                assert (concern.level, concern.due_at) == (level, clocks.due(level, began))
                promised = re.findall(r"最晚 ((?:今天|明天) \d\d:\d\d)", page.text)
                assert promised == [moment_words(due_of(concern))]
            assert ("这会儿没有人值班" not in page.text) == watched
            assert ("所有的保护老师" in page.text) != watched
