"""Every endpoint has a door, every happening is wired, every template compiles and is said."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from participation import create_app, wiring
from participation.kernel.happenings import Happening
from participation.kernel.messages import CATALOGS, collect, path_of
from participation.settings import ROOT, Settings
from tests.architecture import guards

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture
def plain_app(sqlite_template: Path, tmp_path: Path) -> Flask:
    """An app to look at; nothing is written."""
    return create_app(
        Settings(
            database_url=f"sqlite:///{sqlite_template}",
            secret_key="s" * 40,
            pseudonym_key="p" * 40,
            secure_cookies=False,
            var_dir=tmp_path,
            log_level="ERROR",
        )
    )


def test_every_endpoint_has_a_door(plain_app: Flask) -> None:
    endpoints = {rule.endpoint for rule in plain_app.url_map.iter_rules()}
    assert guards.undeclared((name, plain_app.view_functions[name]) for name in endpoints) == []


def test_the_door_guard_bites(plain_app: Flask) -> None:
    def open_view() -> str:
        return "<h1>open</h1>"

    plain_app._got_first_request = False
    plain_app.add_url_rule("/undeclared", "undeclared", open_view)
    assert guards.undeclared([("undeclared", open_view)]) == ["undeclared"]
    assert plain_app.test_client().get("/undeclared").status_code == 403


def _kinds(of: type[Happening]) -> set[type[Happening]]:
    return {kind for child in of.__subclasses__() for kind in ({child} | _kinds(child))}


def _full_name(kind: type[Happening]) -> str:
    """By name: a dataclass with slots leaves its unfinished twin among the subclasses."""
    return f"{kind.__module__}.{kind.__qualname__}"


def unheard() -> set[str]:
    """The happenings of the house that the table of listeners does not know."""
    ours = {_full_name(kind) for kind in _kinds(Happening)}
    wired = {_full_name(kind) for kind in wiring.LISTENERS}
    return {name for name in ours - wired if name.startswith("participation.")}


def test_every_happening_is_wired() -> None:
    assert unheard() == set()


def test_the_happening_guard_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(kind for kind in wiring.LISTENERS if kind is not Happening)
    fewer = {kind: heard for kind, heard in wiring.LISTENERS.items() if kind is not first}
    monkeypatch.setattr(wiring, "LISTENERS", fewer)
    assert unheard() == {_full_name(first)}


def test_every_timer_has_a_handler() -> None:
    assert {timer.kind for timer in wiring.TIMERS} <= set(wiring.HANDLERS)


def test_every_template_compiles(plain_app: Flask) -> None:
    names = [
        name for name in plain_app.jinja_env.list_templates() if name.endswith((".html", ".txt"))
    ]
    assert len(names) > 20
    for name in names:
        plain_app.jinja_env.get_template(name)


def test_templates_hold_no_inline_style_or_script() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "letters" not in path.parts
        and re.search(r"\sstyle=|<script>|<style|\son\w+=|\|\s*safe\b", path.read_text())
    ]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(CATALOGS))
def test_every_message_is_said_in_every_language(name: str) -> None:
    with path_of(name).open("rb") as file:
        catalog = read_po(file, locale=CATALOGS[name])
    unsaid, crooked = [], []
    for message in collect():
        if not message.id:
            continue
        forms = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        kept = catalog.get(forms[0])
        said = (
            ()
            if kept is None
            else (kept.string,)
            if isinstance(kept.string, str)
            else tuple(kept.string)
        )
        if not said or not all(said):
            unsaid.append(forms[0])
        elif any(
            set(PLACEHOLDER.findall(one)) - {"num"} != set(PLACEHOLDER.findall(forms[0])) - {"num"}
            for one in said
        ):
            crooked.append(forms[0])
    assert (unsaid, crooked) == ([], [])


def test_the_catalogs_are_what_the_source_says() -> None:
    wanted = {message.id if isinstance(message.id, str) else message.id[0] for message in collect()}
    for name in CATALOGS:
        with path_of(name).open("rb") as file:
            kept = read_po(file, locale=CATALOGS[name])
        found = {message.id if isinstance(message.id, str) else message.id[0] for message in kept}
        assert found - {""} == wanted - {""}, "run `make messages`"


def test_every_setting_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    missing = [
        name.upper() for name in Settings.__dataclass_fields__ if f"`{name.upper()}`" not in readme
    ]
    assert missing == []


def test_lock_files_hold_hashes_and_no_address() -> None:
    for path in sorted(ROOT.glob("*.lock")):
        text = path.read_text()
        assert "--hash=sha256:" in text
        assert "http" not in text, path.name
        assert "index" not in text.split("\n", 1)[0], path.name
