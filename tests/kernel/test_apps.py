"""An application is lent from test to test, and one that a test has changed is not."""

from dataclasses import replace
from pathlib import Path

import pytest

from participation.kernel.database import database
from participation.settings import Settings
from tests.support.apps import borrowed_app
from tests.support.browser import Browser
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_next_one_gets_the_same_on_its_own_database(
    settings: Settings, sqlite_template: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(sqlite_template.read_bytes())
    with borrowed_app(settings) as first:
        assert Browser(first, settings).get("/").status == 200
        assert database().url == settings.database_url
    elsewhere = replace(settings, database_url=f"sqlite:///{other}", var_dir=tmp_path / "else")
    with borrowed_app(elsewhere) as second:
        assert second is first
        assert second.extensions["settings"] is elsewhere
        assert database().url == elsewhere.database_url


def test_other_settings_are_another_application(settings: Settings) -> None:
    with borrowed_app(settings) as first:
        pass
    with borrowed_app(replace(settings, city_zh="云州市")) as second:
        assert second is not first
        assert "云州市" in Browser(second, settings).get("/").text


@pytest.mark.parametrize("change", ["view", "hook", "setting", "filter", "handler"])
def test_one_that_was_changed_is_thrown_away(settings: Settings, change: str) -> None:
    with borrowed_app(settings) as first:
        first._got_first_request = False
        if change == "view":
            first.add_url_rule("/mine", "mine", lambda: "mine")
        elif change == "hook":
            first.before_request(lambda: None)
        elif change == "setting":
            first.config["MAX_FORM_PARTS"] = 1
        elif change == "filter":
            first.jinja_env.filters["mine"] = str
        else:
            first.register_error_handler(418, lambda _problem: "tea")
    with borrowed_app(settings) as second:
        assert second is not first


def test_pages_and_refusals_are_no_change(settings: Settings, cast: Cast) -> None:
    with borrowed_app(settings) as first:
        visitor = Browser(first, settings).as_(cast.child)
        visitor.get("/me")
        visitor.get("/desk", status=403)
        visitor.get("/nowhere", status=404)
    with borrowed_app(settings) as second:
        assert second is first
