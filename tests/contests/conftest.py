"""A published call for drawings, a child, a moderator who decides, the slips of a class."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.contests.actions.batches import sheets
from participation.contests.call import ShownCall
from participation.kernel.database import database, unit_of_work
from participation.moderation.actions import claim_next, decide
from participation.moderation.models import Case
from participation.settings import Settings
from tests.contests.batching import look
from tests.contests.hands import Judge
from tests.contests.stage import published_call, who
from tests.support.cast import Cast


@pytest.fixture
def drawings(cast: Cast) -> ShownCall:
    """A call for drawings that is open to all bands of the whole city."""
    return published_call(cast)


@pytest.fixture
def child(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.child, settings)


@pytest.fixture
def judge(cast: Cast) -> Judge:
    """A moderator takes the next case and decides, with every tick."""

    def deed(verdict: str, by: Person = cast.moderator, **more: Any) -> Case:
        with unit_of_work():
            case = claim_next(by)
            assert case is not None
            ticks = [one["key"] for one in case.choices if one.get("needed")]
            marks = [*ticks, *more.pop("marks", ())]
            decide(by, case.id, version=case.version, verdict=verdict, marks=marks, **more)
            return case

    return deed


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


@pytest.fixture
def teacher(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.teacher, settings)


@pytest.fixture
def slips(teacher: Identity, cast: Cast, drawings: ShownCall) -> list[sheets.PrintedSlip]:
    with unit_of_work():
        return sheets.print_slips(teacher, look(teacher, cast, drawings))
