"""Fixtures of this room's tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from participation.kernel.database import database


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement sent to the database, as it is sent; BEGIN and the like left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(database().engine, "before_cursor_execute", note)
    yield seen
    event.remove(database().engine, "before_cursor_execute", note)
