"""Templates compile, messages are said in both languages, settings are told, locks are tight."""

from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import DictLoader, Environment

from participation.kernel.messages import CATALOGS, collect, path_of
from participation.settings import ROOT, Settings
from tests.architecture import guards


def catalog_of(name: str) -> Any:
    """One of our catalogues."""
    with path_of(name).open("rb") as file:
        return read_po(file, locale=CATALOGS[name])


def test_every_template_compiles(plain_app: Flask) -> None:
    assert len(plain_app.jinja_env.list_templates()) > 20
    assert guards.broken_templates(plain_app.jinja_env) == []


def test_the_template_guard_bites() -> None:
    pages = {"good.html": "{{ x }}", "bad.html": "{% if %}", "bad.txt": "{{ x", "other.css": "{{"}
    assert guards.broken_templates(Environment(loader=DictLoader(pages))) == ["bad.html", "bad.txt"]  # noqa: S701


def test_templates_hold_no_inline_style_or_script() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "letters" not in path.parts and guards.holds_inline(path.read_text())
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text", ['<p style="x">', "<script>x", "<style>", '<a onclick="x">', "{{ said | safe }}"]
)
def test_the_inline_guard_bites(text: str) -> None:
    assert guards.holds_inline(text)
    assert not guards.holds_inline('<p class="style">{{ said }}<script src="x"></script>')


@pytest.mark.parametrize("name", sorted(CATALOGS))
def test_every_message_is_said_in_every_language(name: str) -> None:
    assert guards.unsaid(collect(), catalog_of(name)) == []


def test_the_message_guard_bites() -> None:
    asked, kept = Catalog(), Catalog()
    for one in ("said", "empty", "not there", "%(count)s left", ("%(num)d one", "%(num)d more")):
        asked.add(one)
    kept.add("said", "gesagt")
    kept.add("empty", "")
    kept.add("%(count)s left", "%(other)s übrig")
    kept.add(("%(num)d one", "%(num)d more"), ("eins", ""))
    assert guards.unsaid(asked, kept) == ["empty", "not there", "%(count)s left", "%(num)d one"]


def test_the_catalogs_are_what_the_source_says() -> None:
    wanted = {message.id if isinstance(message.id, str) else message.id[0] for message in collect()}
    for name in CATALOGS:
        kept = catalog_of(name)
        found = {message.id if isinstance(message.id, str) else message.id[0] for message in kept}
        assert found - {""} == wanted - {""}, "run `make messages`"


def test_every_setting_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert guards.unnamed(Settings.__dataclass_fields__, readme) == []


def test_the_settings_guard_bites() -> None:
    assert guards.unnamed(["port", "bind"], "| `PORT` · BIND |") == ["bind"]


def test_lock_files_hold_hashes_and_no_address() -> None:
    locks = sorted(ROOT.glob("*.lock"))
    assert len(locks) == 3
    for path in locks:
        assert "--hash=sha256:" in path.read_text()
        assert guards.loose_locks(path.read_text()) == [], path.name


@pytest.mark.parametrize(
    "text",
    [
        "flask==3.1.0\n",
        "flask==3.1.0 \\\n    --hash=sha256:00\n--index-url=x\n",
        "# from https://registry.example/simple\n",
    ],
)
def test_the_lock_guard_bites(text: str) -> None:
    assert guards.loose_locks(text)
    assert not guards.loose_locks("flask==3.1.0 \\\n    --hash=sha256:00\n    # via -r x\n")
