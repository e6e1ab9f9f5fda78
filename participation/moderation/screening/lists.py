"""Words that a moderator must see: our own short lists and those of the city, as one pattern each.

`forbidden` words have no place on a children's site (R59), `suspect` ones depend on what is said;
`allow` holds what only sounds like it (禁毒教育, 紫砂壶) and keeps a hit away where it covers it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from participation.moderation.screening.folding import View, fold, lines_of
from participation.moderation.screening.hints import Hint, hint

Spans = list[tuple[int, int]]


def _branch(word: str) -> str:
    """A word as a pattern; a Latin one stands alone."""
    pattern = re.escape(word)
    left = r"(?<![a-z])" if "a" <= word[0] <= "z" else ""
    right = r"(?![a-z])" if "a" <= word[-1] <= "z" else ""
    return f"{left}{pattern}{right}"


def pattern_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all words, longest first, grouped by their first character; None for none.

    Grouped, a place in a text costs one look at its character and not one for each word.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted({fold(one).closed.text for one in words} - {""}, key=lambda w: (-len(w), w)):
        groups.setdefault(word[0], []).append(_branch(word))
    if not groups:
        return None
    firsts = "".join(map(re.escape, sorted(groups)))
    branches = "|".join(branch for found in groups.values() for branch in found)
    return re.compile(f"(?=[{firsts}])(?:{branches})")


@dataclass(frozen=True, slots=True)
class Lists:
    """Three lists ready for use; equal where their words are."""

    forbidden: frozenset[str]
    suspect: frozenset[str]
    allow: frozenset[str]

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
        )

    def words_in(self, view: View) -> Iterator[Hint]:
        """The places of forbidden and suspect words in a plain view."""
        both, forbidden, allow = _patterns(self)
        if both is None or not both.search(view.text):
            return
        kept: Spans = self.allowed_in(view) if allow else []
        for found in both.finditer(view.text):
            start, end = found.span()
            if not covered(kept, start, end):
                what = "forbidden" if forbidden and forbidden.fullmatch(found[0]) else "suspect"
                yield hint(what, *view.place(start, end), "word")

    def allowed_in(self, view: View) -> Spans:
        """The stretches of a view that are beyond suspicion."""
        allow = _patterns(self)[2]
        return [found.span() for found in allow.finditer(view.text)] if allow else []


def covered(kept: Spans, start: int, end: int) -> bool:
    """Does an allowed stretch cover this one?"""
    return any(first <= start and end <= last for first, last in kept)


@lru_cache(maxsize=8)
def _patterns(lists: Lists) -> tuple[re.Pattern[str] | None, ...]:
    """Forbidden and suspect words together, forbidden ones, allowed ones."""
    return (
        pattern_of(lists.forbidden | lists.suspect),
        pattern_of(lists.forbidden),
        pattern_of(lists.allow),
    )


OWN: Final = Lists.of(*(lines_of(f"{name}.txt") for name in ("forbidden", "suspect", "allow")))
"""The short lists that come with the program."""
