"""A published call for drawings, a child who takes part, a moderator who decides."""

from typing import Any

import pytest

from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.contests.call import ShownCall
from participation.kernel.database import unit_of_work
from participation.moderation.actions import claim_next, decide
from participation.moderation.models import Case
from participation.settings import Settings
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
