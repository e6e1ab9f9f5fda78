"""Known cookies: the same sessions as Flask's own, no longer than their key and age allow."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask, Response, flash, get_flashed_messages, session
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient

from participation.kernel.visits import Visits

START = datetime(2026, 11, 25, 8, tzinfo=UTC)
HOURS = timedelta(hours=12)


def site(interface: SecureCookieSessionInterface | None = None, key: str = "k" * 40) -> Flask:
    made = Flask("visits")
    made.config.update(SECRET_KEY=key, PERMANENT_SESSION_LIFETIME=HOURS)
    made.session_interface = interface or Visits()

    @made.get("/held")
    def held() -> dict[str, Any]:
        return {name: session[name] for name in session if not name.startswith("_")}

    @made.get("/set/<value>")
    def put(value: str) -> str:
        session["said"] = value
        return "set"

    @made.get("/flash")
    def note() -> str:
        flash("once")
        return "noted"

    @made.get("/flashed")
    def shown() -> list[Any]:
        return list(get_flashed_messages())

    @made.get("/clear")
    def forget() -> str:
        session.clear()
        return "gone"

    return made


@pytest.fixture
def client() -> FlaskClient:
    return site().test_client()


def cookie_of(answer: Response) -> str:
    return answer.headers["Set-Cookie"].partition(";")[0]


def ask(made: Flask, path: str, cookie: str) -> Any:
    return made.test_client(use_cookies=False).get(path, headers={"Cookie": cookie})


def test_a_session_is_kept_changed_and_cleared(client: FlaskClient) -> None:
    client.get("/set/a")
    assert client.get("/held").json == client.get("/held").json == {"said": "a"}
    client.get("/set/b")
    assert client.get("/held").json == {"said": "b"}
    client.get("/clear")
    assert client.get("/held").json == {}


def test_what_one_request_changes_no_other_sees() -> None:
    made = site()
    cookie = cookie_of(made.test_client().get("/set/a"))
    assert ask(made, "/held", cookie).json == {"said": "a"}
    assert "Set-Cookie" in ask(made, "/set/b", cookie).headers
    assert ask(made, "/held", cookie).json == {"said": "a"}


def test_an_unchanged_session_sets_no_cookie(client: FlaskClient) -> None:
    assert client.get("/set/a").headers["Vary"] == "Cookie, Accept-Language"
    assert "Set-Cookie" not in client.get("/held").headers


def test_messages_are_shown_once_to_each_request_of_the_same_cookie() -> None:
    made = site()
    cookie = cookie_of(made.test_client().get("/flash"))
    assert ask(made, "/flashed", cookie).json == ["once"]
    assert ask(made, "/flashed", cookie).json == ["once"]
    second = cookie_of(ask(made, "/flash", cookie))
    assert ask(made, "/flashed", second).json == ["once", "once"]
    assert ask(made, "/flashed", cookie).json == ["once"]


def test_a_forged_cookie_is_nobody(client: FlaskClient) -> None:
    made = client.application
    cookie = cookie_of(client.get("/set/a"))
    signed, _dot, mark = cookie.rpartition(".")  # the last letter of the mark holds unused bits
    forged = f"{signed}.{'A' if mark[0] != 'A' else 'B'}{mark[1:]}"
    assert ask(made, "/held", forged).json == {}
    assert ask(made, "/held", "session=nonsense").json == {}
    assert ask(made, "/held", cookie_of(site(key="x" * 40).test_client().get("/set/a"))).json == {}


def test_a_known_cookie_ends_when_flasks_own_would() -> None:
    plain = SecureCookieSessionInterface()
    for interface in (Visits(), plain):
        made = site(interface)
        with time_machine.travel(START, tick=False) as clock:
            cookie = cookie_of(made.test_client().get("/set/a"))
            for late in (timedelta(0), HOURS):
                clock.move_to(START + late)
                assert ask(made, "/held", cookie).json == {"said": "a"}
            for wrong in (HOURS + timedelta(seconds=1), timedelta(seconds=-1)):
                clock.move_to(START + wrong)
                assert ask(made, "/held", cookie).json == {}


def test_the_cookie_is_flasks_own() -> None:
    ours, flasks = site(), site(SecureCookieSessionInterface())
    for writer, reader in ((ours, flasks), (flasks, ours)):
        cookie = cookie_of(writer.test_client().get("/set/a"))
        assert ask(reader, "/held", cookie).json == {"said": "a"}
