"""Fixtures of the tests of this room: the clock stands in a month that the tests know."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.moderation.reading import MAY


@pytest.fixture
def in_may() -> Iterator[None]:
    """The whole test, its cast included, happens in May 2026."""
    with time_machine.travel(MAY, tick=True):
        yield
