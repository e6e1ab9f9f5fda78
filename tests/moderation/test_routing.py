"""Ordered rules: which queue a text waits in, and that somebody takes every queue."""

import pytest

from participation.moderation.reasons import tongue_of
from participation.moderation.routing import BY_CODE, QUEUES, RULES, arrival, queue_of
from participation.moderation.targets import HOURS


def queue(
    text: str = "多种树", *, kind: str = "text", turn: int = 1, hints: tuple[str, ...] = ()
) -> str:
    marks = [{"what": what, "start": 0, "end": 1} for what in hints]
    came = arrival(kind=kind, turn=turn, text=text, hints=marks)
    return queue_of(came).code


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, "short"),
        ({"text": "字" * 60}, "short"),
        ({"text": "字" * 61}, "texts"),
        ({"hints": ("phone",)}, "marked"),
        ({"hints": ("phone", "suspect")}, "words"),
        ({"hints": ("pasted",)}, "marked"),
        ({"hints": ("phone",), "turn": 2}, "again"),
        ({"hints": ("phone", "bullying"), "turn": 2}, "care"),
        ({"hints": ("bullying",), "kind": "report"}, "reports"),
        ({"hints": ("bullying",), "kind": "appeal", "turn": 3}, "appeals"),
    ],
)
def test_the_first_rule_that_fits(given: dict[str, object], where: str) -> None:
    assert queue(**given) == where  # type: ignore[arg-type]


def test_every_queue_has_a_rule_and_a_target_and_what_is_urgent_comes_first() -> None:
    assert {rule.queue for rule in RULES} == set(BY_CODE) == set(HOURS)
    assert [one.rank for one in QUEUES] == sorted(one.rank for one in QUEUES)
    assert min(HOURS, key=lambda code: HOURS[code]) in ("care", "reports")


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("多种树", "zh"),
        ("More trees", "en"),
        ("多种 trees", "zh"),
        ("123", "zh"),
        ("😀", "zh"),
        ("a", "zh"),
        ("", "zh"),
    ],
)
def test_the_tongue_of_a_text(text: str, tongue: str) -> None:
    assert tongue_of(text) == tongue
