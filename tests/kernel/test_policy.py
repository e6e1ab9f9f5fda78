"""A right holds when every fact of one of its roads holds; a refusal says what stood in the way."""

from datetime import datetime

import pytest

from participation.kernel.clock import now
from participation.kernel.errors import NotAllowed
from participation.kernel.policy import Right, fact, right


@fact("Only for the tall")
def is_tall(who: str, thing: str, moment: datetime) -> bool:
    return "tall" in who


@fact("Only for the kind")
def is_kind(who: str, thing: str, moment: datetime) -> bool:
    return "kind" in who


@fact("Only for members")
def is_member(who: str, thing: str, moment: datetime) -> bool:
    return "member" in who


may_enter = right("enter", (is_tall, is_kind), (is_member,))


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("tall kind", None),
        ("member", None),
        ("tall", "Only for the kind"),
        ("", "Only for the tall"),
    ],
)
def test_roads_and_refusals(who: str, refusal: str | None) -> None:
    assert may_enter.refusal(who, "", now()) == refusal
    assert may_enter(who, "", now()) is (refusal is None)


def test_require_raises_the_sentence() -> None:
    may_enter.require("member", "", now())
    with pytest.raises(NotAllowed, match="Only for the kind"):
        may_enter.require("tall", "", now())


@pytest.mark.parametrize("roads", [(), ((),), ((is_tall,), ())])
def test_a_right_without_facts_is_refused(roads: tuple[tuple[object, ...], ...]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        right("nothing", *roads)  # type: ignore[arg-type]


def test_a_fact_can_be_asked_alone() -> None:
    assert is_tall("tall", "", now())
    assert isinstance(may_enter, Right)
