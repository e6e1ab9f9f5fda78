"""Fixtures: one migrated database a test (SQLite and PostgreSQL), the app, the cast, a client."""

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
