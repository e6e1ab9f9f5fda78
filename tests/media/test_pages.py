"""A page with a file, from the child's side: what she sends, sees, and may not send."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from participation.kernel.database import unit_of_work
from participation.kernel.errors import RuleBroken
from participation.kernel.subjects import Subject
from participation.media import queries
from participation.media.forms import read_covers
from participation.media.press import Cover
from participation.media.queries import FileView
from participation.settings import Settings
from tests.media import stage
from tests.media.pages import LIMIT
from tests.support.browser import Browser, Page, check_bones
from tests.support.cast import Cast


@pytest.fixture
def child(room: Flask, cast: Cast, browser: Browser) -> Browser:
    return browser.as_(cast.child)


def send(
    who: Browser,
    content: bytes,
    name: str = "x.jpg",
    status: int = 200,
    referer: str = "",
) -> Page:
    """What a browser sends, in one piece: Werkzeug's client would leave a temporary file open."""
    lines = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{who.token()}\r\n',
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n',
        "Content-Type: image/jpeg\r\n\r\n",
    )
    answer = who.client.post(
        "/test/file",
        data="".join(lines).encode() + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"Referer": referer},
        follow_redirects=True,
    )
    page = Page(answer)
    assert page.status == status, page.text[:600]
    check_bones(page, "/test/file")
    return page


class TestSending:
    def test_waits_then_is_there(self, child: Browser) -> None:
        page = send(child, stage.picture())
        assert "正在检查，请等一等。" in page.text and "data-upload-waits" in page.text
        stage.work()
        page = child.get("/test/file")
        assert "data-upload-waits" not in page.text
        source = next(
            one.get("src", "") for one in page.all("img") if "/files/" in one.get("src", "")
        )
        assert child.client.get(source, buffered=True).status_code == 200

    def test_a_sound_can_be_heard(self, child: Browser) -> None:
        send(child, stage.sound(), "x.wav")
        stage.work()
        page = child.get("/test/file")
        assert page.all("audio")[0].get("src", "").startswith("/files/")

    def test_the_place_in_the_queue(self, child: Browser) -> None:
        stage.take(stage.picture(5), Subject("media.other", "1"))
        assert "排在第 2 个" in send(child, stage.picture()).text

    def test_at_the_number_the_form_is_gone(self, child: Browser) -> None:
        send(child, stage.picture(1))
        page = send(child, stage.picture(2))
        assert not [one for one in page.all("input") if one.get("type") == "file"]

    def test_one_is_taken_away(self, child: Browser, settings: Settings) -> None:
        page = send(child, stage.picture())
        file_id = page.fields("/test/file/remove")["file_id"]
        child.post("/test/file/remove", {"file_id": file_id})
        stage.work()
        assert stage.stored() == [] and not child.get("/test/file").all("audio")

    def test_not_of_another_child(self, child: Browser, cast: Cast) -> None:
        page = send(child, stage.picture())
        file_id = page.fields("/test/file/remove")["file_id"]
        child.as_(cast.stranger).post("/test/file/remove", {"file_id": file_id})
        assert "正在检查" in child.get("/test/file").text
        assert "正在检查" not in child.as_(cast.stranger).get("/test/file").text

    def test_what_she_called_it_is_kept_nowhere(self, child: Browser, settings: Settings) -> None:
        send(child, stage.picture(), "王小满的家在湖滨路.jpg")
        stage.work()
        page = child.get("/test/file")
        source = next(
            one.get("src", "") for one in page.all("img") if "/files/" in one.get("src", "")
        )
        answer = child.client.get(source, buffered=True)
        assert "湖滨路" not in page.text + str(answer.headers)
        assert "湖滨路".encode() not in stage.disk_of(settings.var_dir.parent)


HOSTILE = {
    "a page": (b"<!doctype html><script>alert(1)</script>", "x.jpg"),
    "a page with the head of a GIF": (b"GIF89a/*<script>alert(1)</script>*/", "x.png"),
    "PHP": (b"<?php system('id'); ?>", "x.php.jpg"),
    "a ZIP": (b"PK\x03\x04" + b"\0" * 60, "x.jpg"),
    "a program": (b"\x7fELF" + b"\0" * 60, "x.jpg"),
    "nothing": (b"", "x.jpg"),
    "a file that leads out": (b"root:x:0:0", "../../../etc/passwd"),
    "too large": (b"\xff\xd8\xff\xe0" + b"\0" * LIMIT, "x.jpg"),
    "half a picture": (stage.picture()[:20], "x.jpg"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_is_hostile_is_refused_in_words_and_leaves_no_trace(
    name: str, child: Browser, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    content, called = HOSTILE[name]
    page = send(child, content, called, status=422)
    said = [one for one in page.all("p") if one.get("id") == "shots-err"]
    assert said and said[0].get("hidden") is None and "".join(said[0].itertext()).strip()
    assert stage.work() == 0
    assert list((settings.var_dir / "files").rglob("*")) == []
    assert list((tmp_path / "tmp").rglob("*")) == []


class TestTooLarge:
    def test_the_page_says_how_large_and_leads_back(self, child: Browser) -> None:
        content = b"\0" * (LIMIT + 100_000)
        page = send(child, content, status=413, referer="http://localhost/test/file")
        assert page.h1 == "这个文件太大了"
        assert "3.1 MB" in page.text
        assert page.links["回到刚才那一页"] == "/test/file"

    def test_other_pages_keep_the_small_limit(self, child: Browser) -> None:
        page = child.post("/help", {"words": "x" * 2_200_000}, status=413)
        assert "2.1 MB" in page.text

    def test_who_may_not_come_in_may_not_send_much(self, child: Browser, browser: Browser) -> None:
        content = b"\0" * 2_500_000
        assert send(child, content, status=422).status == 422
        assert send(browser, content, status=413).status == 413


def row(left: str, top: str, width: str, height: str, how: str = "box") -> list[tuple[str, str]]:
    return list(
        zip(("left", "top", "width", "height", "how"), (left, top, width, height, how), strict=True)
    )


class TestFields:
    def test_empty_rows_are_left_out(self) -> None:
        form = MultiDict(
            [*row("", "", "", ""), *row("1", "2", "3", " 4 ", "blur"), *row("", "", "", "")]
        )
        assert read_covers(form) == [Cover(1, 2, 3, 4, "blur")]
        assert read_covers(MultiDict()) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            ("1", "2", "3", ""),
            ("-1", "2", "3", "4"),
            ("1", "2", "0", "4"),
            ("900", "0", "101", "4"),
            ("x", "2", "3", "4"),
            ("1.5", "2", "3", "4"),
            ("٣", "2", "3", "4"),
            ("1" * 99, "2", "3", "4"),
        ],
    )
    def test_a_wrong_row_is_named(self, wrong: tuple[str, str, str, str]) -> None:
        form = MultiDict([*row("1", "2", "3", "4"), *row(*wrong)])
        with pytest.raises(RuleBroken, match="第 2 块"):
            read_covers(form)

    def test_another_way_of_covering_is_a_box(self) -> None:
        assert read_covers(MultiDict(row("1", "2", "3", "4", "sparkle")))[0].how == "box"


class TestDesk:
    @pytest.fixture
    def file(self, room: Flask) -> FileView:
        return stage.pressed(stage.halves((200, 0, 0), (0, 120, 0)))

    def test_numbers_cover_the_picture(self, file: FileView, cast: Cast, browser: Browser) -> None:
        desk = browser.as_(cast.moderator)
        page = desk.get(f"/test/covers/{file.id}")
        assert len(page.all("fieldset")) == 4
        sent: Any = {"left": ["500", ""], "top": ["0", ""], "width": ["500", ""]}
        sent |= {"height": ["1000", ""], "how": ["box", "box"]}
        page = desk.post(f"/test/covers/{file.id}", sent)
        assert "谁也看不到" in page.text and "data-covers-rect" not in page.text
        stage.work()
        page = desk.get(f"/test/covers/{file.id}")
        with unit_of_work(writes=False):
            found = queries.file_view(file.id)
        assert found is not None and len(found.covers) == 1
        typed = [one.get("value") for one in page.all("input") if one.get("name") == "left"]
        assert typed[0] == "500" and set(typed[1:]) == {""}
        assert 'data-covers-rect="1" x="500" y="0" width="500" height="1000"' in page.text

    def test_a_wrong_number_is_said(self, file: FileView, cast: Cast, browser: Browser) -> None:
        desk = browser.as_(cast.moderator)
        sent = {"left": "900", "top": "0", "width": "500", "height": "10", "how": "box"}
        page = desk.post(f"/test/covers/{file.id}", sent, status=422)
        assert "第 1 块" in page.text
        assert stage.again(file.id) == file

    def test_a_child_is_not_at_the_desk(self, file: FileView, child: Browser) -> None:
        child.get(f"/test/covers/{file.id}", status=403)
