"""The exact figures of the desk: for those who answer for it, and nobody else."""

from datetime import timedelta

import pytest

from participation.kernel.clock import at
from participation.kernel.database import unit_of_work
from participation.moderation.queries.months import PAGE
from tests.moderation.reading import MAY, a_month, count, judged
from tests.support.browser import Browser
from tests.support.cast import Cast

pytestmark = pytest.mark.usefixtures("in_may")
PATH = "/desk/moderation/figures"


def test_who_may_see_them(cast: Cast, browser: Browser) -> None:
    for person in (cast.moderator, cast.second_moderator, cast.secretary, cast.administrator):
        assert browser.as_(person).get(PATH).h1 == "审核的数字"
    for other in (cast.official, cast.teacher, cast.safeguarding, cast.child, cast.stranger):
        browser.as_(other).get(PATH, status=403)
    assert browser.get(PATH).h1 != "审核的数字"
    assert browser.client.get(PATH).status_code == 302


def test_before_anything_was_counted(cast: Cast, browser: Browser) -> None:
    shown = browser.as_(cast.secretary).get(PATH)
    assert "还没有数过。" in shown.text and not shown.all("table")


def test_an_empty_month_says_so(cast: Cast, browser: Browser) -> None:
    count(MAY)
    shown = browser.as_(cast.secretary).get(PATH)
    assert "这个月没有看过孩子的话。" in shown.text
    assert "一起看过的太少，算不出来" in shown.text


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_month_in_tables(cast: Cast, browser: Browser, language: str) -> None:
    a_month(cast)
    count(MAY + timedelta(days=1))
    seen = browser.as_(cast.moderator).get(PATH, headers={"Accept-Language": language})
    assert seen.root is not None and seen.root.get("lang") == language
    captions = seen.words("caption")
    assert len(captions) == len(set(captions)) == 9
    cells = [" ".join(text.split()) for text in seen.words("td")]
    assert "40 71%" in cells and "1 50%" in cells
    assert any(text.startswith("A – B") for text in seen.words("th"))
    for person in (cast.moderator, cast.second_moderator):
        assert seen.text.count(str(person.legal_name)) <= (person is cast.moderator)
    if language == "zh-Hans":
        assert "0.6 以上算一致，低于 0.4 要一起重新读规则。" in seen.text
        assert "这里截至 5 月 14 日 " in seen.text


def test_a_month_is_chosen_by_a_link(cast: Cast, browser: Browser) -> None:
    with at(MAY), unit_of_work():
        judged(cast.moderator, 1, "approved")
    count(MAY + timedelta(days=40))
    secretary = browser.as_(cast.secretary)
    newest = secretary.get(PATH)
    assert newest.words("h1") == ["审核的数字 2026 年 6 月"]
    older = secretary.get(newest.links["2026 年 5 月"])
    assert older.words("h1") == ["审核的数字 2026 年 5 月"]
    assert "这个月数完了，不会再变。" in older.text
    assert "审核的数字" in newest.links
    for month in ("2026-04", "2026-13", "x", "2026-05'"):
        secretary.get(f"{PATH}?month={month}", status=404)


def test_months_by_page(cast: Cast, browser: Browser) -> None:
    with at(MAY), unit_of_work():
        judged(cast.moderator, 1, "approved")
    for months in range(14):
        count(MAY + timedelta(days=30 * months))
    secretary = browser.as_(cast.secretary)
    first = secretary.get(PATH)
    assert len([words for words in first.links if words.startswith("20")]) == PAGE
    second = secretary.get(first.links["更早的"])
    assert "2026 年 5 月" in second.links and "2027 年 6 月" not in second.links
    assert secretary.get(second.links["更新的"]).words("h1") == first.words("h1")
    assert secretary.get(f"{PATH}?before=nonsense").words("h1") == first.words("h1")


def test_the_desk_leads_there(cast: Cast, browser: Browser) -> None:
    assert browser.as_(cast.moderator).get("/desk/moderation").links["每月的数字"] == PATH
    assert browser.as_(cast.secretary).get("/desk").links["审核的数字"] == PATH
    administrator = browser.as_(cast.administrator)
    keeping = administrator.get("/desk").links["审核"]
    assert administrator.get(keeping).links["每月的数字"] == PATH
