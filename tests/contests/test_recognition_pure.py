"""The words of cards and certificates, and of a dossier, without a database."""

from datetime import date

import pytest

from participation.contests.dossier.parts import schools_words
from participation.contests.recognition import (
    STANZA_MOST,
    Card,
    bare_name,
    card_data,
    is_used,
    level_words,
    next_words,
    stanza_of,
)

DAY = date(2026, 11, 30)


@pytest.mark.parametrize("typed", ["林小满", " 林 小满 ", "林　小满", "林·小满"])
def test_a_name_is_compared_without_blanks_and_dots(typed: str) -> None:
    assert bare_name(typed) == "林小满"


def test_a_name_is_compared_without_case() -> None:
    assert bare_name("Ａnna-Maria O’Neil") == bare_name("annamaria oneil")
    assert bare_name("林小满") != bare_name("林小蛮")


@pytest.mark.parametrize(
    ("guardian", "until", "ended_on", "used"),
    [
        ("waiting", None, None, True),
        ("agreed", DAY, None, True),
        ("agreed", date(2026, 11, 29), None, False),
        ("agreed", date(2028, 1, 1), DAY, False),
        ("refused", None, None, False),
        ("withdrawn", None, None, False),
    ],
)
def test_the_use_of_a_work(
    guardian: str, until: date | None, ended_on: date | None, used: bool
) -> None:
    assert is_used(guardian, until, ended_on, DAY) is used


def test_a_stanza_is_the_first_and_fits() -> None:
    assert stanza_of("  一\r\n二\r\n\r\n三") == "一\n二"
    assert stanza_of("") == ""
    assert stanza_of("\n".join("一二三四五六七")) == "\n".join("一二三四五六")
    assert len(stanza_of("字" * 500)) == STANZA_MOST
    assert stanza_of("\n".join(["字" * 100, "字" * 100])) == "字" * 100


def test_what_comes_next() -> None:
    assert "会看" in next_words("交通局", DAY, "", overdue=False)
    assert "2026" in next_words("交通局", DAY, "sent", overdue=False)
    assert "我们在催" in next_words("交通局", DAY, "sent", overdue=True)
    assert "回音了" in next_words("交通局", DAY, "answered", overdue=False)
    for unit, due in (("", DAY), ("交通局", None)):
        assert "做决定的单位" in next_words(unit, due, "", overdue=False)


def test_levels_in_words() -> None:
    assert [level_words(one) for one in ("shown", "shortlisted", "selected", "adopted")] == [
        "",
        "入围",
        "入选",
        "被城市采用",
    ]


def test_a_card_without_name_and_work_has_no_empty_frames() -> None:
    card = Card("征集", "", "", "", "", "接着", adopted=True)
    data = card_data(card, site="童声", day=DAY, picture="", alt="")
    assert (data["to"], data["work"], data["picture"], data["stanza"]) == ("", "", "", "")
    assert data["adopted"] and data["thanks"] == card.thanks


def test_few_schools_are_not_counted() -> None:
    assert [schools_words(one) for one in (0, 2, 3)] == ["不到 3", "不到 3", "3"]
