"""The life of a request: commit or roll back, refusals as pages, headers, doors, languages."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask, Response, flash, get_flashed_messages, request, session

from participation.kernel import versions
from participation.kernel.database import unit_of_work
from participation.kernel.doors import anyone, door, signed_in
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, TooMany
from participation.kernel.headers import CONTENT_POLICY
from participation.kernel.logs import JsonLines
from participation.kernel.paging import LARGEST_ID
from participation.kernel.web import safe_next, same_site
from participation.settings import Settings
from tests.support.apps import new_app
from tests.support.browser import Browser

SECRET_WORDS = "我的电话是一三八"


@pytest.fixture
def rooms(settings: Settings) -> Iterator[Browser]:
    """An app with a few views of this test beside its own."""
    app = new_app(settings)
    app._got_first_request = False
    pages = Blueprint("trial", __name__)

    @pages.get("/trial/grow")
    @door(anyone)
    def grow_on_get() -> str:
        versions.grow("trial")
        return "grown"

    @pages.post("/trial/<deed>")
    @door(anyone)
    def act(deed: str) -> tuple[str, int]:
        versions.grow("trial")
        if deed == "fail":
            raise RuntimeError(SECRET_WORDS)
        if deed == "refuse":
            raise NotAllowed("只有本人可以")
        if deed == "broken":
            raise RuleBroken("已经结束了")
        if deed == "missing":
            raise Missing
        if deed == "often":
            raise TooMany("歇一会儿", seconds=30)
        return deed, 422 if deed == "invalid" else 200

    @pages.get("/trial/mine")
    @door(signed_in)
    def mine() -> str:
        return "mine"

    app.register_blueprint(pages)
    yield Browser(app, settings)


def grown() -> int:
    with unit_of_work(writes=False):
        return versions.version_of("trial")


@pytest.mark.parametrize(
    ("deed", "status", "kept"),
    [
        ("go", 200, 1),
        ("invalid", 422, 0),
        ("refuse", 403, 0),
        ("broken", 409, 0),
        ("missing", 404, 0),
        ("often", 429, 0),
        ("fail", 500, 0),
    ],
)
def test_a_deed_is_kept_only_when_it_went_well(
    rooms: Browser, deed: str, status: int, kept: int
) -> None:
    page = rooms.client.post(f"/trial/{deed}", data={"csrf_token": rooms.token()})
    assert (page.status_code, grown()) == (status, kept)
    if status == 429:
        assert page.headers["Retry-After"] == "30"


def test_a_get_keeps_nothing(rooms: Browser) -> None:
    assert rooms.client.get("/trial/grow").status_code == 200
    assert grown() == 0


def test_no_trace_and_no_words_reach_the_reader_or_the_log(
    rooms: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        page = rooms.client.post("/trial/fail", data={"csrf_token": rooms.token()})
    text = page.get_data(as_text=True)
    assert SECRET_WORDS not in text
    assert "Traceback" not in text
    assert page.headers["X-Request-Id"] in text
    lines = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "RuntimeError" in lines
    assert SECRET_WORDS not in lines


def test_without_a_token_nothing_is_done(rooms: Browser) -> None:
    assert rooms.client.post("/trial/go").status_code == 400
    assert grown() == 0


@pytest.mark.parametrize("status", [403, 404, 409, 429, 500])
@pytest.mark.parametrize(("language", "lang"), [("zh-CN", "zh-Hans"), ("en", "en")])
def test_refusals_are_pages_in_the_readers_language(
    rooms: Browser, status: int, language: str, lang: str
) -> None:
    deeds = {403: "refuse", 404: "missing", 409: "broken", 429: "often", 500: "fail"}
    page = rooms.post(
        f"/trial/{deeds[status]}", status=status, headers={"Accept-Language": language}
    )
    assert page.root is not None
    assert page.root.get("lang") == lang


def test_every_answer_carries_the_headers(rooms: Browser) -> None:
    for address in ("/trial/grow", "/nowhere"):
        headers = rooms.client.get(address).headers
        assert headers["Content-Security-Policy"] == CONTENT_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_stranger_at_a_closed_door_is_led_to_sign_in(rooms: Browser) -> None:
    answer = rooms.client.get("/trial/mine?a=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/enter?next=/trial/mine?a%3D1"


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("/me?a=1", "/me?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\nb", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_only_addresses_of_this_site_are_followed(address: str | None, taken: str) -> None:
    assert safe_next(address, "/") == taken


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({}, True),
    ],
)
def test_a_form_of_another_site_is_refused(
    app: Flask, headers: dict[str, str], passes: bool
) -> None:
    with app.test_request_context("/display", method="POST", headers=headers):
        assert request.method == "POST"
        if passes:
            same_site()
        else:
            with pytest.raises(Exception, match="400"):
                same_site()


def test_the_address_of_a_deed_leads_to_its_page(app: Flask) -> None:
    """A refused form that is loaded anew, or shown in another language, is no dead end."""
    visitor = app.test_client()
    for path, leads in (
        ("/desk/moderation/cases/7/decide", "/desk/moderation/cases/7"),
        ("/desk/topics/5/extend", "/desk/topics/5"),
        ("/display", "/"),
    ):
        answer = visitor.get(path)
        assert (answer.status_code, answer.location) == (303, leads)
    assert visitor.put("/desk/topics").status_code in (400, 405)


def test_a_log_line_is_json_with_its_facts() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("trial")
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    logger.propagate = False
    logger.warning("said %s", "once", extra={"job": "x"})
    line = json.loads(stream.getvalue())
    assert (line["says"], line["job"], line["level"]) == ("said once", "x", "WARNING")


class TestOneReaderAlone:
    """What sets a cookie or showed a message is kept by nobody else."""

    @pytest.fixture
    def shared(self, rooms: Browser) -> Browser:
        trial = Blueprint("shared", __name__)

        @trial.get("/trial/shared")
        @door(anyone)
        def page() -> Response:
            said = " ".join(get_flashed_messages())
            headers = {"Cache-Control": "public, max-age=60", "ETag": '"x"', "X-Mine": "1"}
            return Response(f"said: {said}", headers=headers)

        @trial.get("/trial/own")
        @door(anyone)
        def own() -> Response:
            session["seen"] = True
            return Response("own", headers={"Cache-Control": "private, no-cache", "ETag": '"y"'})

        @trial.post("/trial/say/<word>")
        @door(anyone)
        def say(word: str) -> str:
            flash(word)
            return "ok"

        rooms.app._got_first_request = False
        rooms.app.register_blueprint(trial)
        return rooms

    def test_a_message_makes_a_shared_page_ones_own(self, shared: Browser) -> None:
        plain = shared.client.get("/trial/shared")
        assert plain.headers.getlist("Cache-Control") == ["public, max-age=60"]
        assert (plain.headers["ETag"], plain.text) == ('"x"', "said: ")
        shared.client.post("/trial/say/hello", data={"csrf_token": shared.token()})
        told = shared.client.get("/trial/shared")
        assert "hello" in told.text and "Set-Cookie" in told.headers
        assert told.headers.getlist("Cache-Control") == ["no-store"]
        assert "ETag" not in told.headers and told.headers["X-Mine"] == "1"
        assert shared.client.get("/trial/shared").headers["ETag"] == '"x"'

    def test_a_private_page_with_a_cookie_keeps_its_tag(self, shared: Browser) -> None:
        answer = shared.client.get("/trial/own")
        assert "Set-Cookie" in answer.headers
        assert (answer.headers["Cache-Control"], answer.headers["ETag"]) == (
            "private, no-cache",
            '"y"',
        )


class TestNumbers:
    """No number in an address is an error, and no view gets one that a column can't hold."""

    @pytest.fixture
    def numbers(self, rooms: Browser) -> Browser:
        trial = Blueprint("numbers", __name__)

        @trial.get("/trial/number/<int:number>.<any(csv, json):kind>")
        @door(anyone)
        def number(number: int, kind: str) -> str:
            return str(number)

        @trial.get("/trial/asked")
        @door(anyone)
        def asked() -> str:
            return str(request.args.get("n", 5, type=int))

        rooms.app._got_first_request = False
        rooms.app.register_blueprint(trial)
        return rooms

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("7", 200),
            (str(LARGEST_ID), 200),
            (str(LARGEST_ID + 1), 404),
            ("9" * 25, 404),
            ("-1", 404),
            ("１２", 404),
        ],
    )
    def test_in_a_path(self, numbers: Browser, text: str, status: int) -> None:
        assert numbers.client.get(f"/trial/number/{text}.csv").status_code == status

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("7", 7),
            ("-7", -7),
            (str(LARGEST_ID), LARGEST_ID),
            (str(LARGEST_ID + 1), 5),
            (str(-LARGEST_ID - 1), 5),
            ("9" * 25, 5),
            ("9" * 5000, 5),
            ("x", 5),
            ("", 5),
        ],
    )
    def test_in_a_query(self, numbers: Browser, text: str, number: int) -> None:
        assert numbers.client.get(f"/trial/asked?n={text}").text == str(number)

    @pytest.mark.parametrize("address", ["/trial/asked?n=%00", "/topics?x=%00", "/verify/%00"])
    def test_a_null_character_names_nothing(self, numbers: Browser, address: str) -> None:
        assert numbers.client.get(address).status_code == 404


class TestWrittenWords:
    """What somebody wrote is never lost because her form was refused as a whole."""

    LONG = "我觉得校门口\n红灯太短 <b>"

    def send(self, browser: Browser, address: str, **more: object) -> str:
        fields = {"text": self.LONG, "password": "我的 密码", "faces": "yes"}
        return browser.post(address, fields, status=403, **more).text

    def test_signed_out_by_time(self, rooms: Browser) -> None:
        page = self.send(
            rooms,
            "/topics/1/give-opinion",
            headers={"Referer": "http://localhost/topics/1/give-opinion?step=2"},
        )
        assert "我觉得校门口\n红灯太短 &lt;b&gt;</textarea>" in page
        assert "密码" not in page
        assert 'href="/enter?next=/topics/1/give-opinion?step%3D2"' in page

    def test_signed_out_with_every_cookie_gone(self, rooms: Browser) -> None:
        page = rooms.client.post(
            "/topics/1/give-opinion", data={"text": self.LONG, "csrf_token": "of before"}
        )
        assert page.status_code == 403
        assert "红灯太短 &lt;b&gt;</textarea>" in page.text
        assert 'href="/enter?next="' in page.text

    def test_another_site_is_no_way_back(self, rooms: Browser) -> None:
        page = self.send(
            rooms, "/topics/1/give-opinion", headers={"Referer": "http://elsewhere.example/x"}
        )
        assert 'href="/enter?next="' in page

    def test_a_form_grown_old(self, rooms: Browser) -> None:
        page = rooms.client.post("/trial/grow-up", data={"text": self.LONG, "csrf_token": "old"})
        assert page.status_code == 400
        assert "红灯太短 &lt;b&gt;</textarea>" in page.text

    def test_a_rule_that_stands_against_it(self, rooms: Browser) -> None:
        page = rooms.post("/trial/broken", {"text": self.LONG}, status=409)
        assert "红灯太短 &lt;b&gt;</textarea>" in page.text

    def test_nothing_is_shown_back_where_something_broke(self, rooms: Browser) -> None:
        page = rooms.post("/trial/fail", {"text": self.LONG}, status=500)
        assert "红灯太短" not in page.text
