"""A published call for drawings; a teacher, and the slips of her class for it."""

import pytest

from participation.accounts.identity import Identity
from participation.contests.actions.batches import sheets
from participation.contests.call import ShownCall
from participation.kernel.database import unit_of_work
from participation.settings import Settings
from tests.contests.batching import look
from tests.contests.stage import published_call, who
from tests.support.cast import Cast


@pytest.fixture
def drawings(cast: Cast) -> ShownCall:
    """A call for drawings that is open to all bands of the whole city."""
    return published_call(cast)


@pytest.fixture
def teacher(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.teacher, settings)


@pytest.fixture
def slips(teacher: Identity, cast: Cast, drawings: ShownCall) -> list[sheets.PrintedSlip]:
    with unit_of_work():
        return sheets.print_slips(teacher, look(teacher, cast, drawings))
