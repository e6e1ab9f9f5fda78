"""A published call for drawings."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from participation.contests.call import ShownCall
from participation.kernel.database import database
from tests.contests.stage import published_call
from tests.support.cast import Cast


@pytest.fixture
def drawings(cast: Cast) -> ShownCall:
    """A call for drawings that is open to all bands of the whole city."""
    return published_call(cast)


Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def statements(app: Flask) -> Statements:
    """`with statements() as said:` collects every statement sent to the database."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        said: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            said.append(statement)

        event.listen(database().engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(database().engine, "before_cursor_execute", note)

    return collecting
