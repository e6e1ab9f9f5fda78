"""A published call for drawings."""

import pytest

from participation.contests.call import ShownCall
from tests.contests.stage import published_call
from tests.support.cast import Cast


@pytest.fixture
def drawings(cast: Cast) -> ShownCall:
    """A call for drawings that is open to all bands of the whole city."""
    return published_call(cast)
