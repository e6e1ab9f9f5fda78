"""Statements keep their compiled form from test to test.

Each test has a database, and with it an engine, of its own. What SQLAlchemy makes of a statement is
kept by the engine and hangs on its dialect; made anew it is a third of the time of a test. So all
engines of one kind share the dialect and the kept statements of the first one.
"""

from typing import Any

from participation.kernel.database import Database

_kept: dict[str, tuple[Any, Any]] = {}


def keep_statements(base: Database) -> None:
    """Let a database that nobody has used yet share what was compiled for those before it."""
    engine = base.engine
    kept = _kept.setdefault(engine.name, (engine.dialect, engine._compiled_cache))
    for one in (engine, base._reading, base._writing):
        one.dialect, one._compiled_cache = kept
