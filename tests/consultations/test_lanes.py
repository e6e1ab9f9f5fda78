"""The express lanes say what Flask's views say, keep what they keep, and step aside when unsure."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Table, select
from werkzeug.test import TestResponse

from participation.consultations.actions import giving
from participation.consultations.models import AnswerSheet, OpenWords
from participation.consultations.queries.answers import _OWN
from participation.consultations.topic import Topic
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.express import FORM, MOST_BODY, Express
from participation.kernel.tables import Base
from participation.notifications.listeners import asked_for
from participation.settings import Settings
from tests.consultations.crowd import frozen
from tests.consultations.stage import published
from tests.consultations.test_pages import address, full
from tests.support.browser import Browser
from tests.support.cast import Cast


class Watch:
    """Counts the answers of lanes, and can shut them."""

    def __init__(self) -> None:
        self.answered = 0
        self.open = True

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Inside the block Flask answers everything."""
        self.open = False
        try:
            yield
        finally:
            self.open = True


@pytest.fixture
def lanes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What the lanes of the application do."""
    watch, answer = Watch(), Express._answer

    def watched(express: Express, environ: dict[str, Any]) -> Any:
        found = answer(express, environ) if watch.open else None
        watch.answered += found is not None
        return found

    monkeypatch.setattr(Express, "_answer", watched)
    return watch


def told(response: TestResponse) -> tuple[int, dict[str, str], bytes]:
    """All that a reader gets, but for the number of the request."""
    headers = dict(response.headers)
    number = headers.pop("X-Request-Id").encode()
    return response.status_code, headers, response.get_data().replace(number, b"")


def both(
    lanes: Watch, visitor: Browser, path: str, **more: Any
) -> tuple[tuple[int, dict[str, str], bytes], bool]:
    """The answer, which must be the same with lanes and without; and whether a lane gave it."""
    before = lanes.answered
    ours = told(visitor.client.get(path, **more))
    by_lane = lanes.answered > before
    with lanes.shut():
        assert told(visitor.client.get(path, **more)) == ours
    return ours, by_lane


class TestPages:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    @pytest.mark.parametrize("name", ["child", "middle_child", "teenager"])
    def test_pages_of_children(
        self, name: str, language: str, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(getattr(cast, name))
        visitor.client.set_cookie("language", language)
        visitor.client.set_cookie("theme", "dark")
        for part in ("", "/give-opinion"):
            path = address(matter, part)
            visitor.get(path)
            visitor.get(path)
            (status, headers, body), by_lane = both(lanes, visitor, path)
            assert (status, by_lane) == (200, True)
            assert headers["Content-Type"] == "text/html; charset=utf-8"
            assert int(headers["Content-Length"]) == len(body)
            known = {"If-None-Match": headers["ETag"]}
            (status, headers, body), by_lane = both(lanes, visitor, path, headers=known)
            assert (status, body, by_lane) == (304, b"", True)
            many = {"If-None-Match": f'"other", W/{headers["ETag"]}'}
            assert both(lanes, visitor, path, headers=many)[0][0] == 304

    def test_her_own_words_and_draft(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        path = address(matter, "/give-opinion")
        visitor.post(address(matter, "/draft"), full(matter), status=204)
        visitor.get(path)
        (_status, headers, body), by_lane = both(lanes, visitor, path)
        assert by_lane
        assert "钢琴" in body.decode()
        assert headers["Cache-Control"] == "no-store"
        assert "ETag" not in headers

    @pytest.mark.parametrize("name", [None, "unconsented", "official", "secretary"])
    def test_others_get_what_they_got(
        self, name: str | None, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(getattr(cast, name)) if name else browser
        visitor.get(address(matter))
        visitor.get(address(matter))
        no_door = 403 if name in ("official", "secretary") else 302
        for part, expected in (("", 200), ("/give-opinion", no_door), ("/result", 302)):
            (status, _headers, _body), by_lane = both(lanes, visitor, address(matter, part))
            assert (status, by_lane) == (expected, part == "")

    def test_a_result_that_the_reader_has(
        self, browser: Browser, cast: Cast, settings: Settings, lanes: Watch
    ) -> None:
        over = frozen(cast, settings)
        path = address(over, "/result")
        browser.get(path)
        tag = browser.get(path).response.headers["ETag"]
        (status, headers, _body), by_lane = both(
            lanes, browser, path, headers={"If-None-Match": tag}
        )
        assert (status, by_lane) == (304, True)
        assert headers["Cache-Control"] == "public, max-age=60"
        (status, _headers, _body), by_lane = both(
            lanes, browser, path, headers={"If-None-Match": '"x"'}
        )
        assert (status, by_lane) == (200, False)
        mine = browser.as_(cast.middle_child)
        mine.get(path)
        (status, _headers, _body), by_lane = both(lanes, mine, path, headers={"If-None-Match": tag})
        assert (status, by_lane) == (200, False)

    @pytest.mark.parametrize("part", ["?x=1", "/give-opinion?q=2", "/result?x"])
    def test_unusual_addresses(
        self, part: str, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.child)
        visitor.get("/me")
        assert both(lanes, visitor, address(matter, part))[1] is False
        assert both(lanes, visitor, "/topics/999999")[0][0] == 404
        assert both(lanes, visitor, "/topics/99999999999")[0][0] == 404

    def test_whoever_must_be_looked_at_anew_is(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        path = address(matter, "/give-opinion")
        visitor.get(path)
        assert both(lanes, visitor, path)[1]
        cookie = visitor.client.get_cookie("visit")
        assert cookie is not None
        visitor.client.set_cookie("visit", cookie.value[:-1] + "!")
        assert both(lanes, visitor, path)[0][0] == 302
        visitor.client.set_cookie("visit", cookie.value)
        with time_machine.travel(timedelta(hours=13), tick=False):
            assert both(lanes, visitor, path)[0][0] == 302


def rows(of: type[Base]) -> list[dict[str, Any]]:
    """The rows of a table without what is random or counts on."""
    table = of.__table__
    assert isinstance(table, Table)
    left_out = {"id", "participant", "subject_id", "request", "at", "opened_at", "name"}
    with unit_of_work(writes=False):
        found = session().execute(select(table)).mappings().all()
    plain = [{key: row[key] for key in row if key not in left_out} for row in found]
    return sorted(plain, key=repr)


def kept() -> dict[str, list[dict[str, Any]]]:
    """Every table that has rows."""
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    found = {name: rows(of) for name, of in tables.items()}
    return {name: lines for name, lines in found.items() if lines}


class TestOpinion:
    def test_keeps_and_says_what_the_view_keeps_and_says(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        path, sent = (
            address(matter, "/give-opinion"),
            {**full(matter), "csrf_token": visitor.token()},
        )
        visitor.client.post(address(matter, "/draft"), data=sent)
        before = kept()
        with lanes.shut():
            by_view = told(visitor.client.post(path, data=sent))
        after_view = kept()
        with unit_of_work():
            for table in reversed(Base.metadata.sorted_tables):
                if table.name.startswith(("consultations_sheets", "consultations_open")):
                    session().execute(table.delete())
            for name in ("moderation_cases", "audit_entries", "kernel_jobs", "kernel_windows"):
                session().execute(Base.metadata.tables[name].delete())
        asked_for.clear()
        visitor.client.post(address(matter, "/draft"), data=sent)
        assert lanes.answered == 0
        by_lane = told(visitor.client.post(path, data=sent))
        assert lanes.answered == 1
        assert by_lane == by_view
        assert by_lane[0] == 303
        changed = {name for name in after_view if before.get(name) != after_view[name]}
        assert {"consultations_sheets", "consultations_open_words", "moderation_cases"} <= changed
        after_lane = kept()
        assert {name: after_lane[name] for name in changed if name != "audit_entries"} == {
            name: after_view[name] for name in changed if name != "audit_entries"
        }
        what = [row["what"] for row in after_lane["audit_entries"]]
        assert what == ["OpinionGiven"]

    def test_a_second_opinion_goes_by_the_view_and_counts_once(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        visitor.post(address(matter, "/give-opinion"), full(matter))
        assert lanes.answered == 1
        first = matter.questions[0].name
        visitor.post(address(matter, "/give-opinion"), full(matter, **{first: "5"}))
        assert lanes.answered == 1
        with unit_of_work(writes=False):
            assert len(session().scalars(select(AnswerSheet)).all()) == 1

    @pytest.mark.parametrize(
        "broken",
        [
            {"csrf_token": "x"},
            {"csrf_token": ""},
            {"unknown": "9"},
            {"empty": "1"},
            {"go": "save"},
            {"long": "1"},
            {"huge": "1"},
        ],
        ids=lambda one: next(iter(one)) + next(iter(one.values())),
    )
    def test_what_is_refused_is_refused_by_the_view(
        self,
        broken: dict[str, str],
        matter: Topic,
        browser: Browser,
        cast: Cast,
        lanes: Watch,
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        faces, _several, _single, words = (question.name for question in matter.questions)
        sent = {**full(matter), "csrf_token": visitor.token(), **broken}
        if "unknown" in broken:
            sent[faces] = "9"
        if "empty" in broken:
            sent = {"csrf_token": sent["csrf_token"]}
        if "long" in broken:
            sent[words] = "字" * 3000
        if "huge" in broken:
            sent["more"] = "x" * (MOST_BODY + 1)
        path = address(matter, "/give-opinion")
        status, _headers, body = told(visitor.client.post(path, data=sent))
        assert lanes.answered == 0
        assert (status == 303) == (broken.keys() <= {"go", "huge"})
        assert status in (303, 400, 409, 422)
        if "long" in broken:
            assert "字" * 3000 in body.decode()
        with unit_of_work(writes=False):
            assert len(session().scalars(select(AnswerSheet)).all()) == ("huge" in broken)

    def test_bytes_that_are_no_text_and_forms_of_another_kind(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        path = address(matter, "/give-opinion")
        broken = b"csrf_token=" + visitor.token().encode() + b"&x=\xff\xfe"
        assert visitor.client.post(path, data=broken, content_type=FORM).status_code in (400, 409)
        assert visitor.client.post(path, json={"x": 1}).status_code == 400
        assert visitor.client.post(path).status_code == 400
        assert lanes.answered == 0

    @pytest.mark.parametrize("name", ["child", "unconsented", "far_child", "official", None])
    def test_who_may_not_is_told_by_the_view(
        self, name: str | None, browser: Browser, cast: Cast, settings: Settings, lanes: Watch
    ) -> None:
        near = published(cast, settings, district_ids=(cast.district.id,))
        visitor = browser.as_(getattr(cast, name)) if name else browser
        status = 422 if name == "child" else 403
        visitor.post(address(near, "/give-opinion"), full(near), status=status)
        assert lanes.answered == 0
        with unit_of_work(writes=False):
            assert not session().scalars(select(AnswerSheet)).all()

    def test_words_of_harm_go_by_the_view_and_reach_an_officer(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        visitor = browser.as_(cast.middle_child)
        words = matter.words_questions[0].name
        hurt = "爸爸喝酒就打我，昨天又打了"
        page = visitor.post(address(matter, "/give-opinion"), full(matter, **{words: hurt}))
        assert lanes.answered == 0
        assert "保护老师" in page.text and hurt not in page.text
        rows = kept()
        assert len(rows["safeguarding_concerns"]) == 1
        assert [row["text"] for row in rows["consultations_open_words"]] == [""]
        assert [row["text"] for row in rows["moderation_cases"]] == [""]
        assert hurt not in str(rows)

    def test_a_flood_is_stopped_by_the_view(
        self,
        matter: Topic,
        browser: Browser,
        cast: Cast,
        lanes: Watch,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        pace = giving._pace
        monkeypatch.setattr(giving, "_pace", lambda deed, who, most: pace(deed, who, most=1))
        visitor = browser.as_(cast.middle_child)
        path = address(matter, "/give-opinion")
        first = matter.questions[0].name
        visitor.post(path, full(matter))
        visitor.post(path, full(matter, **{first: "5"}))
        visitor.post(path, full(matter, **{first: "1"}), status=429)
        assert lanes.answered == 1

    def test_a_lane_that_breaks_keeps_nothing_and_the_view_goes_on(
        self,
        matter: Topic,
        browser: Browser,
        cast: Cast,
        lanes: Watch,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        put, times = giving.put_words, []

        def breaks_once(*values: Any, **more: Any) -> int:
            done = put(*values, **more)
            times.append(done)
            if len(times) == 1:
                raise OSError("the first time")
            return done

        monkeypatch.setattr(giving, "put_words", breaks_once)
        browser.as_(cast.middle_child).post(address(matter, "/give-opinion"), full(matter))
        assert (lanes.answered, len(times)) == (0, 2)
        with unit_of_work(writes=False):
            assert len(session().scalars(select(OpenWords)).all()) == 1

    def test_a_slow_connection_keeps_nobody_waiting(
        self, matter: Topic, browser: Browser, cast: Cast, lanes: Watch
    ) -> None:
        arriving, other_has_given, in_time = Event(), Event(), []

        class Slow(BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                arriving.set()
                in_time.append(other_has_given.wait(20))
                return super().read(size)

        path = address(matter, "/give-opinion")
        slow, quick = browser.as_(cast.middle_child), browser.as_(cast.teenager)
        body = urlencode({**full(matter), "csrf_token": slow.token()}, doseq=True).encode()
        more = {"content_type": FORM, "content_length": len(body), "input_stream": Slow(body)}
        with ThreadPoolExecutor(1) as workers:
            answer = workers.submit(slow.client.post, path, **more)
            assert arriving.wait(20)
            quick.post(path, full(matter))
            other_has_given.set()
            assert answer.result(60).status_code == 303
        assert (lanes.answered, in_time) == (2, [True])


def test_own_answers_are_found_however_many_others_wrote(matter: Topic) -> None:
    """The statement of the answer page goes to each table by the child's own key."""
    if not database().is_sqlite:
        pytest.skip("PostgreSQL plans by the size of the tables, which are empty here")
    with unit_of_work() as opened:
        driver: Any = opened.connection().connection.driver_connection
        values = {"consultation": matter.id, "participant": b"x" * 16}
        plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {_OWN._sqlite}", values)]
    looks = [step for step in plan if step.startswith(("SEARCH", "SCAN")) and " USING " in step]
    assert len(looks) == 3
    assert all("(consultation_id=? AND participant=?" in step for step in looks)
