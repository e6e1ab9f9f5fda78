"""The guards as functions of source text or of an app, so that each can be shown to bite."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError

from participation.settings import ROOT

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
INLINE = re.compile(r"\sstyle=|<script>|<style|\son\w+=|\|\s*safe\b")

LAYERS = (
    ("demo",),
    ("running", "migrating"),
    ("app",),
    ("wiring",),
    ("front",),
    ("audit", "notifications"),
    ("consultations", "council", "observers", "contests"),
    ("plan",),
    ("moderation", "safeguarding", "deliveries", "media", "figures", "ballots"),
    ("screening",),
    ("accounts",),
    ("kernel",),
    ("settings",),
)
HEIGHT = {room: len(LAYERS) - place for place, rooms in enumerate(LAYERS) for room in rooms}
FORBIDDEN_NAMES = frozenset(
    {"utils", "helpers", "common", "misc", "base", "manager", "service", "helper", "util"}
)
LINES = {".py": 400, ".html": 400, ".js": 400, ".css": 900}


def sources() -> list[Path]:
    """Every Python file of the package."""
    return sorted((ROOT / "participation").rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Each imported module of ours, and whether it is imported inside a function."""
    inside = {
        id(leaf)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for leaf in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            yield name, id(node) in inside


def upward_imports(room: str, text: str) -> list[str]:
    """The imports of a file of `room` that lead upwards, to a neighbour, or stand in a function."""
    wrong = []
    for name, inside in imports(ast.parse(text)):
        parts = name.split(".")
        if inside:
            wrong.append(f"{name} inside a function")
        if parts[0] != "participation" or len(parts) < 2:
            continue
        target = parts[1]
        if target in HEIGHT and target != room and HEIGHT[target] >= HEIGHT[room]:
            wrong.append(name)
    return wrong


def commits(text: str) -> int:
    """How often a file calls `.commit()` on something."""
    return sum(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        for node in ast.walk(ast.parse(text))
    )


def escapes(text: str) -> list[str]:
    """Ways around the rules: TYPE_CHECKING, backref."""
    return [word for word in ("TYPE_CHECKING", "backref=") if word in text]


def undeclared(doors: Iterable[tuple[str, object]]) -> list[str]:
    """The endpoints without a door."""
    return [endpoint for endpoint, view in doors if getattr(view, "door", None) is None]


def too_long(path: Path, text: str) -> int:
    """By how many lines a file is longer than its kind may be."""
    return max(0, text.count("\n") - LINES.get(path.suffix, 10**9))


def broken_templates(env: Environment) -> list[str]:
    """The pages and letters that do not compile."""
    wrong = []
    for name in env.list_templates():
        if name.endswith((".html", ".txt")):
            try:
                env.get_template(name)
            except TemplateSyntaxError:
                wrong.append(name)
    return wrong


def holds_inline(text: str) -> bool:
    """Does a template hold a style or a script of its own, or trust a text unseen?"""
    return INLINE.search(text) is not None


def _forms(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def unsaid(messages: Iterable[Any], catalog: Any) -> list[str]:
    """The messages that a catalogue does not say, or with other placeholders."""
    wrong = []
    for message in messages:
        if not message.id:
            continue
        asked = _forms(message.id)[0]
        kept = catalog.get(asked)
        said = _forms(kept.string) if kept else ()
        if not said or not all(said) or any(_places(one) != _places(asked) for one in said):
            wrong.append(asked)
    return wrong


def _places(text: str) -> set[str]:
    """The placeholders of a message; a number may be left out where one form says "one"."""
    return set(PLACEHOLDER.findall(text)) - {"num"}


def unnamed(settings: Iterable[str], readme: str) -> list[str]:
    """The settings that the README does not name."""
    return [name for name in settings if f"`{name.upper()}`" not in readme]


def loose_locks(text: str) -> list[str]:
    """What is wrong with a lock file: a requirement without a hash, an address."""
    wrong = [
        line
        for line in text.splitlines()
        if re.match(r"[a-z0-9]", line, re.IGNORECASE) and not line.endswith("\\")
    ]
    return [*wrong, *re.findall(r"https?://\S+|--(?:extra-)?index-url\S*", text)]
