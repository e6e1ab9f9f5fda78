"""The record of deeds: for administrators, newest first, by page, narrowed by deed and by thing."""

import pytest
from flask import Flask

from participation.audit import queries
from participation.audit.models import Entry
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.subjects import Subject
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def record(app: Flask) -> None:
    """A hundred and twenty deeds on two things."""
    with unit_of_work():
        session().add_all(
            Entry(
                at=now(),
                what="WordsPublished" if number % 2 else "ConsultationClosed",
                subject_kind="consultation",
                subject_id=str(number % 3),
                by=number,
                facts='{"mark": "<b>"}',
            )
            for number in range(1, 121)
        )


@pytest.mark.usefixtures("record")
def test_pages_lead_through_the_whole_record() -> None:
    with unit_of_work(writes=False):
        first = queries.entries()
        second = queries.entries(below=first.older or 0)
        third = queries.entries(below=second.older or 0)
        back = queries.entries(above=second.newer or 0)
    assert [len(page.rows) for page in (first, second, third)] == [50, 50, 20]
    assert first.newer is None and third.older is None
    assert [row.id for row in back.rows] == [row.id for row in first.rows]


@pytest.mark.usefixtures("record")
def test_narrowed_by_deed_and_thing() -> None:
    with unit_of_work(writes=False):
        some = queries.entries(what="WordsPublished", subject=Subject("consultation", "1"))
        assert {(row.what, row.subject_id) for row in some.rows} == {("WordsPublished", "1")}
        assert len(some.rows) == 20
        assert queries.kinds() == ["ConsultationClosed", "WordsPublished"]
        assert queries.entries(what="Nothing").rows == ()


@pytest.mark.usefixtures("record")
def test_an_administrator_reads_it(cast: Cast, browser: Browser) -> None:
    visitor = browser.as_(cast.administrator)
    shown = visitor.get("/desk/audit?what=WordsPublished&subject=consultation:1")
    assert shown.h1 == "记录"
    assert len(shown.words("tr")) == 21
    assert "&lt;b&gt;" in shown.text and "孩子的话通过了" in shown.words("td")[1]
    older = visitor.get(visitor.get("/desk/audit").links["更早的"])
    assert len(older.words("tr")) == 51
    assert "没有这样的记录" in visitor.get("/desk/audit?subject=consultation:99").text
    assert "写成 种类:编号" in visitor.get("/desk/audit?subject=nonsense").text


FACTS = '{"queues": ["short"], "english": true, "due_on": "2026-07-10", "list": "2026-99-99"}'


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_staff_by_name_and_children_never(cast: Cast, browser: Browser, language: str) -> None:
    deeds = (("SkillSet", cast.moderator), ("PersonJoined", cast.child))
    with unit_of_work():
        for what, person in deeds:
            entry = Entry(at=now(), what=what, subject_kind="person", subject_id=str(person.id))
            entry.by, entry.facts = cast.administrator.id, FACTS
            session().add(entry)
    visitor = browser.as_(cast.administrator)
    visitor.client.set_cookie("language", language)
    visitor.get("/desk/audit?subject=person:x")
    shown = visitor.get("/desk/audit")
    row = next(one for one in shown.words("tr") if str(cast.moderator.legal_name) in one)
    assert str(cast.administrator.legal_name) in row and "short" in row and "✓" in row
    assert ("10 July 2026" if language == "en" else "2026 年 7 月 10 日") in row
    assert "2026-99-99" in row
    assert str(cast.child.legal_name) not in shown.text


@pytest.mark.parametrize("part", ["child", "stranger", "teacher", "secretary", "official"])
def test_nobody_else_does(cast: Cast, browser: Browser, part: str) -> None:
    browser.as_(getattr(cast, part)).get("/desk/audit", status=403)
    assert browser.client.get("/desk/audit").status_code == 302
