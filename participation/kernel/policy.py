"""Rights as sentences: small named facts, and a right as "all of these, or all of those".

A fact is a question about person × thing × moment with the sentence that is said when the answer
is no. A right holds when every fact of at least one of its roads holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.kernel.errors import NotAllowed, Sentence

Question = Callable[[Any, Any, datetime], bool]


@dataclass(frozen=True, slots=True)
class Fact:
    """One question and what to say when the answer is no."""

    name: str
    asks: Question
    otherwise: Sentence

    def __call__(self, who: Any, thing: Any, now: datetime) -> bool:
        return self.asks(who, thing, now)


def fact(otherwise: Sentence) -> Callable[[Question], Fact]:
    """Make a function `(who, thing, now) -> bool` a fact with its refusal."""

    def made(question: Question) -> Fact:
        return Fact(question.__name__, question, otherwise)

    return made


@dataclass(frozen=True, slots=True)
class Right:
    """A right: roads of facts. `right(who, thing, now)` asks, `require` insists."""

    name: str
    roads: tuple[tuple[Fact, ...], ...]

    def __call__(self, who: Any, thing: Any, now: datetime) -> bool:
        return self.refusal(who, thing, now) is None

    def refusal(self, who: Any, thing: Any, now: datetime) -> Sentence | None:
        """None where the right holds; otherwise the sentence of the road that came furthest."""
        furthest, sentence = -1, None
        for road in self.roads:
            for place, asked in enumerate(road):
                if not asked(who, thing, now):
                    if place > furthest:
                        furthest, sentence = place, asked.otherwise
                    break
            else:
                return None
        return sentence

    def require(self, who: Any, thing: Any, now: datetime) -> None:
        """Raise `NotAllowed` with that sentence unless the right holds."""
        sentence = self.refusal(who, thing, now)
        if sentence is not None:
            raise NotAllowed(sentence)


def right(name: str, *roads: tuple[Fact, ...]) -> Right:
    """A right of this name that holds by any one of the roads."""
    if not roads or not all(roads):
        raise ValueError("a right needs at least one road with at least one fact")
    return Right(name, roads)
