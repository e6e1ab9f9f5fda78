"""Words that a moderator must see: our own short lists and those of the city, as one pattern each.

`forbidden` words have no place on a children's site (R59), `suspect` ones depend on what is said;
`allow` holds what only sounds like it (禁毒教育, 紫砂壶) and keeps a hit away where it covers it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Self

from participation.screening.folding import View, fold, lines_of
from participation.screening.harm import OWN_HARM, Harm
from participation.screening.hints import Hint, hint

Spans = list[tuple[int, int]]


Pattern = re.Pattern[str]
_LATIN: Final = re.compile("[a-z]")


def patterns_of(words: Iterable[str]) -> tuple[Pattern | None, Pattern | None]:
    """One pattern for the words that begin with no Latin letter, one for the others, longest first.

    Words are grouped by their first character, which the engine looks at first: a long list costs
    little more than a short one. A Latin word stands alone.
    """
    plain = sorted(
        {fold(one).closed.text for one in words} - {""}, key=lambda one: (-len(one), one)
    )
    latin = [one for one in plain if _LATIN.match(one)]
    other = [one for one in plain if not _LATIN.match(one)]
    alone = f"(?<![a-z])(?:{'|'.join(map(_ended, latin))})"
    return re.compile(_grouped(other)) if other else None, re.compile(alone) if latin else None


def _grouped(words: list[str]) -> str:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(_ended(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


def _ended(word: str) -> str:
    """A word as a pattern; where it ends in a Latin letter no other one follows."""
    return re.escape(word) + ("(?![a-z])" if _LATIN.match(word[-1:]) else "")


@dataclass(frozen=True, slots=True)
class Lists:
    """Three lists ready for use, equal where their words are; with them the signs of harm."""

    forbidden: frozenset[str]
    suspect: frozenset[str]
    allow: frozenset[str]
    harm: Harm = field(default=OWN_HARM, compare=False)

    @classmethod
    def of(
        cls,
        forbidden: Iterable[str] = (),
        suspect: Iterable[str] = (),
        allow: Iterable[str] = (),
    ) -> Self:
        """Lists of these words."""
        return cls(frozenset(forbidden), frozenset(suspect), frozenset(allow))

    def with_words(self, other: "Lists") -> "Lists":
        """These words and the other ones."""
        return Lists(
            self.forbidden | other.forbidden,
            self.suspect | other.suspect,
            self.allow | other.allow,
            self.harm,
        )

    def with_harm(self, harm: Harm) -> "Lists":
        """These words with other signs of harm."""
        return replace(self, harm=harm)

    def words_in(self, view: View) -> Iterator[Hint]:
        """The places of forbidden and suspect words in a plain view."""
        ready = _ready(self)
        places = list(_spans(ready.words, view.text))
        if not places:
            return
        kept = self.allowed_in(view)
        for start, end in places:
            if not covered(kept, start, end):
                what = "forbidden" if view.text[start:end] in ready.forbidden else "suspect"
                yield hint(what, *view.place(start, end), "word")

    def allowed_in(self, view: View) -> Spans:
        """The stretches of a view that are beyond suspicion."""
        return list(_spans(_ready(self).allow, view.text))


def covered(kept: Spans, start: int, end: int) -> bool:
    """Does an allowed stretch cover this one?"""
    return any(first <= start and end <= last for first, last in kept)


@dataclass(frozen=True, slots=True)
class _Ready:
    """Lists as patterns, and the forbidden words in their plain form."""

    words: tuple[Pattern | None, Pattern | None]
    allow: tuple[Pattern | None, Pattern | None]
    forbidden: frozenset[str]


@lru_cache(maxsize=8)
def _ready(lists: Lists) -> _Ready:
    plain = frozenset(fold(one).closed.text for one in lists.forbidden)
    return _Ready(patterns_of(lists.forbidden | lists.suspect), patterns_of(lists.allow), plain)


def _spans(patterns: tuple[Pattern | None, Pattern | None], text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand; Latin ones are looked for only in a text with Latin letters."""
    other, latin = patterns
    if other is not None:
        yield from (found.span() for found in other.finditer(text))
    if latin is not None and _LATIN.search(text):
        yield from (found.span() for found in latin.finditer(text))


OWN: Final = Lists.of(*(lines_of(f"{name}.txt") for name in ("forbidden", "suspect", "allow")))
"""The short lists that come with the program."""
