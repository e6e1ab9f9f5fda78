"""A published topic, and a tally of the statements that a request costs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from participation.consultations.topic import Topic
from participation.kernel.database import database
from participation.settings import Settings
from tests.consultations.stage import published
from tests.support.cast import Cast

Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def matter(app: Flask, cast: Cast, settings: Settings) -> Topic:
    """A published topic that is open, for all bands of the whole city."""
    return published(cast, settings)


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
