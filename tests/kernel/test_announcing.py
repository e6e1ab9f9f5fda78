"""Announcing: listeners run in order, an unknown happening is refused."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from participation import wiring
from participation.kernel import announcing
from participation.kernel.happenings import Happening
from participation.kernel.subjects import Subject


@dataclass(frozen=True, kw_only=True)
class LampLit(Happening):
    """Announced when a lamp was lit, in this test alone."""


@pytest.fixture(autouse=True)
def own_table() -> Iterator[None]:
    yield
    announcing.follow(wiring.LISTENERS)


def test_listeners_run_in_order_and_the_base_last() -> None:
    said: list[str] = []
    announcing.follow(
        {
            LampLit: (
                lambda fact: said.append(f"one {fact.subject}"),
                lambda fact: said.append("two"),
            ),
            Happening: (lambda fact: said.append("all"),),
        }
    )
    announcing.announce(LampLit(subject=Subject("lamp", "1")))
    assert said == ["one lamp:1", "two", "all"]


def test_an_unknown_happening_is_refused() -> None:
    announcing.follow({})
    with pytest.raises(LookupError, match="LampLit"):
        announcing.announce(LampLit(subject=Subject("lamp", "1")))


@pytest.mark.parametrize("text", ["", "lamp", "lamp:", ":1"])
def test_a_subject_needs_both_halves(text: str) -> None:
    with pytest.raises(ValueError, match="not a subject"):
        Subject.parse(text)


def test_a_subject_reads_back() -> None:
    assert Subject.parse("consultation.words:ab") == Subject("consultation.words", "ab")
