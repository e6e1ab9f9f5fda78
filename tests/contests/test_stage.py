"""The stage of this room's tests stands: a call of each kind, and works on it."""

import pytest

from participation.contests.queries import call
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from tests.contests.stage import KINDS, approved, handed_in, published_call
from tests.support.cast import Cast


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_call_of_each_kind_is_open_and_takes_works(cast: Cast, kind: str) -> None:
    made = published_call(cast, kind, district_ids=[cast.district.id])
    with unit_of_work(writes=False):
        found = call(made.id)
        assert (found.phase(now()), found.district_ids) == ("open", (cast.district.id,))
    entry = approved(made, cast.child, cast.middle_child)
    assert bool(entry.text) == found.takes_text
    assert handed_in(made, cast.middle_child).standing == "waiting"
