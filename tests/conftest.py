"""Fixtures: one migrated database a test (SQLite and PostgreSQL), the app, the cast, a client.

The whole run has twenty minutes on two cores. What keeps it short:

- `database_url` costs 2 ms on SQLite and 30 on PostgreSQL: a rule that needs no database gets none,
  and its cells are one test (`tests.support.every`), not one test each.
- `app` costs 1 ms because it is lent from test to test (`tests.support.apps`). A test that adds
  views or needs other settings makes its own with `new_app`, for 65 ms and its templates.
- `cast` costs 10 ms, a first page of a template 100, every further one 15: a table of inputs that
  all start from the same cast is a loop in one test that names each row, unless a row changes what
  the next one starts from.
- A journey looks at 50 pages with axe, which is half a minute: what a page test can prove, it does.
  Each journey goes over one of the two databases; what it stores is tried on both by the rooms.
"""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from flask import Flask

from participation.kernel import database as kernel_database
from participation.kernel.database import unit_of_work
from participation.kernel.i18n import FIRST, set_locale
from participation.kernel.migrations import upgrade
from participation.settings import Settings
from tests.support.apps import borrowed_app
from tests.support.browser import Browser
from tests.support.cast import Cast, make_cast
from tests.support.postgres import postgres_address

SECRETS = {"secret_key": "s" * 40, "pseudonym_key": "p" * 40, "safeguarding_key": "g" * 40}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: one takes a minute, and must not begin when all else is done."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)


@pytest.fixture(autouse=True)
def first_language() -> None:
    """A request of an earlier test in this process may have spoken another language."""
    set_locale(FIRST)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "site.db"
    upgrade(f"sqlite:///{path}")
    kernel_database.database().dispose()
    assert not Path(f"{path}-wal").exists(), "the template is still open somewhere"
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection]:
    """One connection to make and drop databases with: to open it takes as long as to drop one."""
    server = postgres_address(tmp_path_factory)
    with psycopg.connect(_in_database(server, "postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def postgres_template(
    tmp_path_factory: pytest.TempPathFactory, postgres: psycopg.Connection
) -> str:
    """A migrated PostgreSQL database of this worker to copy from."""
    server = postgres_address(tmp_path_factory)
    name = f"template_{uuid.uuid4().hex[:10]}"
    postgres.execute(f'CREATE DATABASE "{name}"')
    upgrade(_in_database(server, name))
    kernel_database.database().dispose()
    return _in_database(server, name)


def _in_database(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database for this test; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "site.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template: str = request.getfixturevalue("postgres_template")
    postgres: psycopg.Connection = request.getfixturevalue("postgres")
    name = f"test_{uuid.uuid4().hex[:12]}"
    origin = urlsplit(template).path.strip("/")
    # The files are copied; to log every page of them as well takes three times as long.
    postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{origin}" STRATEGY FILE_COPY')
    yield _in_database(template, name)
    kernel_database.database().dispose()
    postgres.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test site."""
    return Settings(
        database_url=database_url,
        secure_cookies=False,
        demo=False,
        var_dir=tmp_path / "var",
        site_url="http://localhost",
        log_level="ERROR",
        **SECRETS,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on a fresh database; `tests.support.apps` tells what it is shared with."""
    with borrowed_app(settings) as lent:
        yield lent


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The fixed cast, in the database."""
    with unit_of_work():
        return make_cast()


@pytest.fixture
def browser(app: Flask, settings: Settings) -> Browser:
    """A checking client that has not signed in."""
    return Browser(app, settings)


@pytest.fixture
def unit(app: Flask) -> Iterator[None]:
    """A unit of work around the whole test, for tests of actions and queries."""
    with unit_of_work():
        yield
