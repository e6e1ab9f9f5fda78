"""Every deed on record has its words, in both languages, and so has what it happened to."""

import pytest

from participation import wiring
from participation.audit.sayings import SAYINGS, THINGS
from participation.kernel.happenings import Happening

RECORDED = {kind.__name__ for kind in wiring.LISTENERS if kind.recorded and kind is not Happening}


def test_every_recorded_happening_has_its_words() -> None:
    assert set(SAYINGS) == RECORDED


@pytest.mark.parametrize("table", [SAYINGS, THINGS], ids=["sayings", "things"])
def test_no_two_say_the_same(table: dict[str, object]) -> None:
    said = [str(words) for words in table.values()]
    assert len(said) == len(set(said)) and all(said)
