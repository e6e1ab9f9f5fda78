"""Two moderators, a month that the tests know, and the fold that every case must equal."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.models import Person
from participation.kernel import announcing
from participation.kernel.database import session
from participation.moderation.happenings import CaseDecided, CaseReopened, GoldJudged
from participation.moderation.models import Case, Verdict
from participation.moderation.standing import fold
from participation.wiring import LISTENERS
from tests.moderation.reading import MAY
from tests.support.cast import Cast

HEARD = (CaseDecided, CaseReopened, GoldJudged)


@pytest.fixture
def judge(cast: Cast, unit: None) -> Person:
    return cast.moderator


@pytest.fixture
def other(cast: Cast) -> Person:
    return cast.second_moderator


@pytest.fixture
def heard() -> list[Any]:
    """What moderation tells, instead of what follows from it."""
    told: list[Any] = []
    announcing.follow({**LISTENERS, **dict.fromkeys(HEARD, (told.append,))})
    return told


@pytest.fixture
def states_equal_the_fold(unit: None) -> Any:
    """Whatever a test did: every case stands where its verdicts lead."""
    yield
    for case in session().scalars(select(Case).execution_options(populate_existing=True)):
        given = session().scalars(
            select(Verdict.verdict).where(Verdict.case_id == case.id).order_by(Verdict.id)
        )
        assert case.state in (fold(given), "withdrawn")


@pytest.fixture
def in_may() -> Iterator[None]:
    """The whole test, its cast included, happens in May 2026."""
    with time_machine.travel(MAY, tick=True):
        yield
