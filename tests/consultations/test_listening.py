"""Who may say whether the answer listened, and when: the matrix of this right."""

import pytest
from flask import Flask

from participation.consultations.policies import Listening, may_say_listened
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.settings import Settings
from tests.consultations.stage import who
from tests.support.cast import Cast

CHILDREN = ("child", "middle_child", "teenager", "unconsented", "far_child", "stranger")
STAFF = ("teacher", "moderator", "safeguarding", "secretary", "official", "administrator")


@pytest.mark.parametrize(
    ("took_part", "is_answered"), [(False, False), (True, False), (False, True), (True, True)]
)
def test_may_say_listened(
    app: Flask, cast: Cast, settings: Settings, took_part: bool, is_answered: bool
) -> None:
    """Only children who took part, and only after the reply; a later consent changes nothing."""
    thing = Listening(took_part=took_part, is_answered=is_answered)
    with unit_of_work():
        may = {
            part: may_say_listened(who(getattr(cast, part), settings), thing, now())
            for part in (*CHILDREN, *STAFF)
        }
    assert {part for part, holds in may.items() if holds} == (
        set(CHILDREN) if took_part and is_answered else set()
    )
