"""Rooms import downwards, files stay small, there is one commit, names say something."""

from pathlib import Path

import pytest

from participation.settings import ROOT
from tests.architecture import guards

PACKAGE = ROOT / "participation"


def room_of(path: Path) -> str:
    """The room (or the single module) that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_rooms_import_downwards() -> None:
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in guards.sources()
        if room_of(path) != "__init__"
        and (found := guards.upward_imports(room_of(path), path.read_text()))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("room", "text", "bites"),
    [
        ("kernel", "from participation.accounts.models import Person", True),
        ("moderation", "from participation.deliveries import queries", True),
        ("consultations", "def f():\n    from participation.kernel import clock", True),
        ("consultations", "from participation.moderation import actions", False),
    ],
)
def test_the_import_guard_bites(room: str, text: str, bites: bool) -> None:
    assert bool(guards.upward_imports(room, text)) is bites


def test_only_the_database_commits() -> None:
    found = {
        room_of(path) + "/" + path.name
        for path in guards.sources()
        if guards.commits(path.read_text())
    }
    assert found == {"kernel/database.py", "kernel/env.py"}
    assert guards.commits((PACKAGE / "kernel" / "database.py").read_text()) == 1


def test_the_commit_guard_bites() -> None:
    assert guards.commits("session().commit()") == 1


def test_no_way_around() -> None:
    wrong = {
        path.name: found for path in guards.sources() if (found := guards.escapes(path.read_text()))
    }
    assert wrong == {}
    assert guards.escapes("if TYPE_CHECKING: ...") == ["TYPE_CHECKING"]


def test_names_say_something() -> None:
    names = {path.stem for path in guards.sources()}
    assert not names & guards.FORBIDDEN_NAMES


def test_files_stay_small() -> None:
    long = {}
    for folder in ("participation", "templates", "static", "tests", "bench"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in guards.LINES and (over := guards.too_long(path, path.read_text())):
                long[str(path.relative_to(ROOT))] = over
    assert long == {}


def test_the_size_guard_bites() -> None:
    assert guards.too_long(Path("a.py"), "\n" * 401) == 1
    assert guards.too_long(Path("a.css"), "\n" * 401) == 0


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in guards.sources()
        if not path.read_text().lstrip().startswith('"""')
    ]
    assert silent == []
