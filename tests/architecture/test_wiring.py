"""Every endpoint has a door, every happening is wired, every timer has a handler."""

import pytest
from flask import Flask

from participation import wiring
from participation.kernel.happenings import Happening
from tests.architecture import guards


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
