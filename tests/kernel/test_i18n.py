"""The reader's language: negotiation, dates and numbers, lazy words."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import escape

from participation.kernel.i18n import (
    LazyWords,
    _l,
    current_locale,
    negotiate,
    say_date,
    say_number,
    say_percent,
    say_time,
    set_locale,
    speaking,
)
from participation.kernel.tables import Words


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("en-GB,en;q=0.9", "en"),
        ("en;q=0.4, zh;q=0.7", "zh-Hans"),
        ("fr, en;q=0.5", "en"),
        ("de", "zh-Hans"),
        ("en;q=nonsense, zh", "zh-Hans"),
        ("en;q=0", "zh-Hans"),
    ],
)
def test_negotiation(header: str, locale: str) -> None:
    assert negotiate(header) == locale


def test_an_unknown_language_becomes_the_first() -> None:
    with speaking("en"):
        set_locale("xx")
        assert current_locale() == "zh-Hans"


def test_dates_and_numbers_are_said_as_people_say_them() -> None:
    moment = datetime(2026, 7, 9, 16, 30, tzinfo=UTC)
    assert say_date(date(2026, 7, 10)) == "7 月 10 日"
    assert say_date(moment, year=True) == "2026 年 7 月 10 日"
    assert say_time(moment) == "7 月 10 日 00:30"
    assert (say_number(12345), say_percent(0.584)) == ("12,345", "58%")
    with speaking("en"):
        assert say_date(date(2026, 7, 10)) == "10 July"
        assert say_date(date(2026, 7, 10), year=True) == "10 July 2026"


def test_lazy_words_are_said_when_shown_and_escaped() -> None:
    lazy = _l("a < %(name)s", name="b")
    assert isinstance(lazy, LazyWords)
    assert (str(lazy), str(escape(lazy))) == ("a < b", "a &lt; b")
    assert lazy == "a < b"
    assert len(lazy) == 5
    assert repr(lazy) == "_l('a < %(name)s')"
    assert {lazy: 1}[_l("a < %(name)s", name="b")] == 1


def test_words_of_two_tongues_fall_back_to_chinese() -> None:
    both, one = Words(zh="路", en="Road"), Words(zh="<路>")
    assert (str(both), str(escape(one))) == ("路", "&lt;路&gt;")
    with speaking("en"):
        assert (str(both), str(one)) == ("Road", "<路>")
