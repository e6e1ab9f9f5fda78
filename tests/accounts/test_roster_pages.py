"""A roster by page: choose a file, read the dry run, say yes; and who may not."""

import io
import json
from typing import Any

import pytest
from sqlalchemy import select

from participation.accounts.models import ImportDraft, Person
from participation.accounts.roster import Roster, read_roster
from participation.accounts.standing import note_change
from participation.kernel.database import present_unit, session, unit_of_work
from tests.support.browser import Browser, Page
from tests.support.cast import Cast
from tests.support.shared import data

HEAD = "学号,姓名,性别,出生年月,年级,班级,密码"
ROWS = ("001,王新,女,2017-03,3,4,Secret77", "002,李新,男,2017年4月,3,3,Secret77")


def upload(asker: Browser, where: str, *rows: str, status: int = 200, **more: Any) -> Page:
    file = (io.BytesIO("\r\n".join([HEAD, *rows]).encode("gb18030")), "名单.csv")
    return asker.post(where, {"file": file, **more}, status=status)


@pytest.fixture
def where(cast: Cast) -> str:
    return f"/desk/schools/{cast.school.id}/roster"


def plan_form(page: Page) -> tuple[str, dict[str, str]]:
    """The address and the fields of the yes on a dry-run page."""
    action = next(
        found.get("action", "")
        for found in page.all("form")
        if found.get("action", "").startswith("/desk/rosters/")
    )
    return action, page.fields(action)


def test_from_the_file_to_the_class(cast: Cast, browser: Browser, where: str) -> None:
    asker = browser.as_(cast.secretary)
    asker.get(where)
    page = upload(asker, where, *ROWS)
    assert page.h1 == "名单会这样收"
    assert page.words("th")[-2:] == ["王新", "李新"]
    assert page.words("td")[2:5] == ["3 年级 4 班", "新来的", "出生年月：2017-03，性别：女"]
    with unit_of_work():
        assert session().scalar(select(Person.id).where(Person.pupil_number == "001")) is None
        assert "Secret77" not in session().scalars(select(ImportDraft.rows)).one()
    action, fields = plan_form(page)
    done = asker.post(action, fields)
    assert done.h1 == "湖滨路第三小学" and "3 年级 3 班" in done.links
    again = upload(asker, where, *ROWS)
    assert sum("一样" in cell for cell in again.words("td")) == 2
    assert "就这样收" not in again.words("button")
    asker.get(action, status=404)


@pytest.mark.parametrize("stale", [False, True], ids=["fresh cookie", "cookie read anew"])
def test_while_a_file_is_read_everyone_else_may_write(
    cast: Cast, browser: Browser, where: str, monkeypatch: pytest.MonkeyPatch, stale: bool
) -> None:
    begun: list[bool] = []

    def watched(raw: bytes, **more: Any) -> Roster:
        opened = present_unit().session
        begun.append(opened is not None and opened.in_transaction())
        return read_roster(raw, **more)

    monkeypatch.setattr("participation.accounts.views.roster.read_roster", watched)
    asker = browser.as_(cast.secretary)
    if stale:
        with unit_of_work():
            note_change(cast.secretary.id)
    assert upload(asker, where, *ROWS).h1 == "名单会这样收"
    assert begun == [False]


def test_a_file_for_a_school_that_is_not_there(cast: Cast, browser: Browser) -> None:
    upload(browser.as_(cast.secretary), "/desk/schools/999999/roster", *ROWS, status=404)


def test_wrong_files_are_explained_and_the_form_stays(
    cast: Cast, browser: Browser, where: str
) -> None:
    asker = browser.as_(cast.administrator)
    page = asker.post(where, {}, status=422)
    assert "请选一个文件" in page.text
    empty = {"file": (io.BytesIO(b""), "x.csv")}
    assert "空的" in asker.post(where, empty, status=422).text
    short = {"file": (io.BytesIO("姓名,密码\n甲,Secret77".encode()), "x.csv")}
    page = asker.post(where, short, status=422, headers={"Accept-Language": "en"})
    assert "Secret77" not in page.text and page.h1
    with unit_of_work():
        assert session().scalar(select(ImportDraft.id)) is None


def test_refused_rows_and_leaving_are_shown_and_kept_on_error(
    cast: Cast, browser: Browser, where: str
) -> None:
    asker = browser.as_(cast.secretary)
    page = upload(asker, where, *ROWS, "003,<script>,女,去年,3,2", whole="y")
    assert "出生年月：“去年”看不懂，请写成 2017-03 这样" in page.words("p")
    assert "<script>" in page.words("th")
    action, fields = plan_form(page)
    leaving = str(cast.unconsented.id)
    ask = {"digest": fields["digest"], "leaving": leaving}
    page = asker.post(action, ask, status=422)
    assert page.fields(action)["leaving"] == leaving
    only = asker.get(f"{action}?only=refuse", headers={"Accept-Language": "en"})
    assert len(only.all("tr")) == 2
    gone = browser.as_(cast.unconsented)
    asker.post(action, {**ask, "despite": "y"})
    with unit_of_work():
        assert session().get_one(Person, cast.unconsented.id).left_at is not None
        assert session().get_one(Person, cast.child.id).left_at is None
    assert gone.client.get("/me/devices").status_code == 302


def test_a_plan_that_is_no_longer_true_is_shown_again(
    cast: Cast, browser: Browser, where: str
) -> None:
    asker, other = browser.as_(cast.secretary), browser.as_(cast.administrator)
    action, fields = plan_form(upload(asker, where, *ROWS))
    second, theirs = plan_form(upload(other, where, ROWS[0]))
    other.post(second, theirs)
    page = asker.post(action, fields, status=422)
    assert "请再看一遍" in page.text
    assert page.fields(action)["digest"] != fields["digest"]
    asker.post(action, page.fields(action))
    with unit_of_work():
        assert session().scalar(select(Person.id).where(Person.pupil_number == "002"))


def test_a_long_plan_is_read_page_by_page(cast: Cast, browser: Browser, where: str) -> None:
    asker = browser.as_(cast.secretary)
    rows = [f"Q{n},学生{n},女,2016-05,4,{n % 3 + 1}," for n in range(120)]
    page, seen = upload(asker, where, *rows), 0
    while "往下看" in page.links:
        seen += len(page.all("tr")) - 1
        page = asker.get(page.links["往下看"])
    assert seen + len(page.all("tr")) - 1 == 120
    assert "从头看" in page.links


def test_hostile_names_are_shown_as_written(cast: Cast, browser: Browser, where: str) -> None:
    asker = browser.as_(cast.secretary)
    naughty = json.loads(data("naughty/blns.json").read_text("utf-8"))
    names = [words for words in naughty if 0 < len(words) < 50 and "<" in words][:30]
    rows = []
    for place, words in enumerate(names):
        quoted = words.replace('"', '""')
        rows.append(f'Z{place},"{quoted}",女,2016-05,4,1,')
    page = upload(asker, where, *rows)
    shown = page.words("th")
    for words in names:
        assert " ".join(words.split()) in shown


def test_the_doors(cast: Cast, browser: Browser, where: str) -> None:
    action, fields = plan_form(upload(browser.as_(cast.secretary), where, *ROWS))
    fields.pop("csrf_token")  # each visitor sends one of their own
    for person in (cast.teacher, cast.moderator, cast.official, cast.stranger):
        stranger = browser.as_(person)
        upload(stranger, where, *ROWS, status=403)
        stranger.get(action, status=403)
        stranger.post(action, fields, status=403)
    other = browser.as_(cast.administrator)
    other.get(action, status=404)
    other.post(action, fields, status=404)
    assert browser.client.get(action).status_code == 302
    browser.as_(cast.secretary).get("/desk/schools/999/roster", status=404)
