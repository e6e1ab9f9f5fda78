"""Signed addresses: bound to file, version, end and visit; served bare, in part, for a while."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.kernel.storage import store
from participation.media import actions, queries, signing
from participation.media.press import Cover
from participation.media.queries import FileView
from tests.media import stage
from tests.support.browser import Browser
from tests.support.cast import Cast


def visit_of(visitor: Browser) -> str:
    """The sign-in of a browser that is signed in."""
    with visitor.client.session_transaction() as kept:
        return str(kept["_user_id"]).split('"')[3]


def ask(visitor: Browser, address: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return visitor.client.get(address, headers=named, buffered=True)


@pytest.fixture
def file(app: Flask) -> FileView:
    return stage.pressed(stage.picture())


class TestForWhom:
    def test_a_private_address_opens_in_its_own_visit_alone(
        self, file: FileView, cast: Cast, browser: Browser
    ) -> None:
        child, stranger = browser.as_(cast.child), browser.as_(cast.stranger)
        moderator, elsewhere = browser.as_(cast.moderator), browser.as_(cast.child)
        address = queries.address(file, "small", viewer=visit_of(child))
        answer = ask(child, address)
        assert answer.status_code == 200
        assert answer.data == stage.content_of(file, "small")
        for other in (stranger, moderator, elsewhere, browser):
            page = other.get(address, status=404)
            assert page.h1 == "这里没有东西" and "只给你一个人用" in page.text

    def test_a_public_address_opens_for_anyone_and_is_the_same_for_all(
        self, file: FileView, cast: Cast, browser: Browser
    ) -> None:
        address = queries.public_address(file, "large")
        assert address == queries.public_address(file, "large")
        for visitor in (browser, browser.as_(cast.child)):
            assert ask(visitor, address).status_code == 200

    def test_nobody_can_write_one(self, file: FileView, browser: Browser) -> None:
        address = queries.public_address(file, "small")
        token = address.removeprefix("/files/")
        payload, _dot, signature = token.rpartition(".")
        other = queries.public_address(file, "print").removeprefix("/files/").rpartition(".")[0]
        forged = (
            *(
                "x",
                "é",
                ".",
                f"{token}x",
                token[:-1],
                payload,
                f"{payload}.",
                f"{other}.{signature}",
            ),
            f"{payload}.{signature[::-1]}",
            signing.sign(file.id, "small", 1, viewer="v", lives=signing.PRIVATE_FOR),
            f"../{token}",
        )
        for one in forged:
            assert browser.client.get(f"/files/{one}").status_code == 404, one

    def test_a_session_cookie_is_no_address(
        self, app: Flask, file: FileView, browser: Browser
    ) -> None:
        browser.get("/enter")
        cookie = browser.client.get_cookie("visit")
        assert cookie is not None
        assert browser.client.get(f"/files/{cookie.value}").status_code == 404


class TestUntilWhen:
    @pytest.mark.parametrize(
        ("viewer", "least", "most"),
        [("v", timedelta(minutes=7, seconds=29), timedelta(minutes=10)), ("", 18, 24)],
    )
    def test_it_ends(self, file: FileView, viewer: str, least: object, most: object) -> None:
        def span(value: object) -> timedelta:
            return value if isinstance(value, timedelta) else timedelta(hours=value)  # type: ignore[arg-type]

        moment = datetime(2026, 11, 25, 2, 3, 4, tzinfo=UTC)
        with time_machine.travel(moment, tick=False):
            if viewer:
                token = queries.address(file, "small", viewer=viewer)
            else:
                token = queries.public_address(file, "small")
            token = token.removeprefix("/files/")
        for after, opens in ((timedelta(), True), (span(least), True), (span(most), False)):
            with time_machine.travel(moment + after, tick=False):
                assert (signing.read(token, viewer="v") is not None) is opens, after

    def test_within_a_step_it_stays_the_same(self, file: FileView) -> None:
        found = set()
        for second in (0, 60, 149):
            with time_machine.travel(f"2026-11-25T02:00:{0:02d}Z", tick=False) as clock:
                clock.shift(second)
                found.add(queries.address(file, "small", viewer="v"))
        assert len(found) == 1

    def test_it_lives_for_an_hour_at_most(self, file: FileView) -> None:
        token = queries.address(file, "small", viewer="v", minutes=900).removeprefix("/files/")
        ticket = signing.read(token, viewer="v")
        assert ticket is not None
        assert ticket.until <= now().timestamp() + 3600

    @pytest.mark.parametrize("deed", ["discard", "take_down", "cover"])
    def test_it_dies_with_the_file(self, deed: str, file: FileView, browser: Browser) -> None:
        address = queries.public_address(file, "small")
        assert ask(browser, address).status_code == 200
        with unit_of_work():
            if deed == "cover":
                actions.cover(file.id, [Cover(0, 0, 10, 10)])
            else:
                getattr(actions, deed)(file.id)
        assert ask(browser, address).status_code == 404
        stage.work()
        assert ask(browser, address).status_code == 404
        if deed != "discard":
            fresh = queries.public_address(stage.again(file.id), "small")
            assert ask(browser, fresh).status_code == 200

    def test_bytes_that_are_gone(self, file: FileView, browser: Browser) -> None:
        address = queries.public_address(file, "small")
        for key in stage.stored():
            store().delete(key)
        assert ask(browser, address).status_code == 404


class TestHow:
    def test_what_every_answer_says(self, file: FileView, browser: Browser) -> None:
        answer = ask(browser, queries.public_address(file, "small"))
        told = answer.headers
        assert told["Content-Type"] == "image/webp"
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert told["Content-Disposition"] == "inline"
        assert told["X-Robots-Tag"] == "noindex"
        assert told["Content-Length"] == str(len(answer.data))
        assert told["Cache-Control"] == "public, max-age=60"
        assert told["Vary"] == "Range" and "Set-Cookie" not in told

    def test_near_its_end_it_is_kept_no_longer_than_it_opens(
        self, file: FileView, browser: Browser
    ) -> None:
        with time_machine.travel("2026-11-25T00:00:00Z", tick=False) as clock:
            address = queries.public_address(file, "small")
            clock.shift(timedelta(hours=23, minutes=59, seconds=30))
            assert ask(browser, address).headers["Cache-Control"] == "public, max-age=30"

    def test_what_is_one_visitor_s_is_kept_nowhere(
        self, file: FileView, cast: Cast, browser: Browser
    ) -> None:
        child = browser.as_(cast.child)
        answer = ask(child, queries.address(file, "small", viewer=visit_of(child)))
        assert answer.headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        ("content", "name", "mime", "said"),
        [
            (stage.picture(), "print", "image/jpeg", 'attachment; filename="print.jpg"'),
            (stage.SVG, "print", "image/png", 'attachment; filename="print.png"'),
            (stage.SVG, "svg", "image/svg+xml", 'attachment; filename="svg.svg"'),
            (stage.SVG, "large", "image/webp", "inline"),
            (stage.sound(), "sound", "audio/mpeg", "inline"),
        ],
    )
    def test_what_is_shown_and_what_is_only_saved(
        self, app: Flask, browser: Browser, content: bytes, name: str, mime: str, said: str
    ) -> None:
        answer = ask(browser, queries.public_address(stage.pressed(content), name))
        assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
            mime,
            said,
        )
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")

    def test_who_has_it_gets_it_not_again(self, file: FileView, browser: Browser) -> None:
        address = queries.public_address(file, "small")
        tag = ask(browser, address).headers["ETag"]
        again = ask(browser, address, If_None_Match=tag)
        assert (again.status_code, again.data) == (304, b"")
        assert ask(browser, address, If_None_Match='"other"').status_code == 200
        assert ask(browser, queries.public_address(file, "large")).headers["ETag"] != tag

    def test_a_head_opens_nothing(self, file: FileView, browser: Browser) -> None:
        answer = browser.client.head(queries.public_address(file, "small"))
        assert (answer.status_code, answer.data) == (200, b"")
        assert answer.headers["Content-Length"] == str(file.renditions["small"].size)

    @pytest.mark.parametrize(
        ("asked", "status", "start", "stop"),
        [
            ("bytes=0-9", 206, 0, 10),
            ("bytes=10-", 206, 10, None),
            ("bytes=-10", 206, -10, None),
            ("bytes=0-", 200, 0, None),
            ("bytes=0-999999999", 200, 0, None),
            ("bytes=0-1,5-6", 200, 0, None),
            ("lines=0-1", 200, 0, None),
            ("bytes=x", 200, 0, None),
            ("bytes=999999999-", 416, 0, 0),
        ],
    )
    def test_a_sound_in_part(
        self,
        app: Flask,
        browser: Browser,
        asked: str,
        status: int,
        start: int,
        stop: int | None,
    ) -> None:
        file = stage.pressed(stage.sound())
        whole = stage.content_of(file, "sound")
        answer = ask(browser, queries.public_address(file, "sound"), Range=asked)
        assert (answer.status_code, answer.data) == (status, whole[start:stop])
        assert answer.headers["Accept-Ranges"] == "bytes"
        if status == 206:
            assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")
        if status == 416:
            assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"

    def test_a_part_of_another_version_gets_the_whole(
        self, file: FileView, browser: Browser
    ) -> None:
        address = queries.public_address(file, "small")
        tag = ask(browser, address).headers["ETag"]
        part = {"Range": "bytes=0-1"}
        assert ask(browser, address, If_Range=tag, **part).status_code == 206
        assert ask(browser, address, If_Range='"other"', **part).status_code == 200


def test_no_key_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_key", "")
    with pytest.raises(RuntimeError, match="use_key"):
        signing.read("x", viewer="")
