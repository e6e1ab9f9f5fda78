"""What the tests of this room share: the statements that a page costs."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from participation.kernel.database import database


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement since the fixture was asked for, or since it was cleared."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(database().engine, "before_cursor_execute", note)
    yield seen
    event.remove(database().engine, "before_cursor_execute", note)
