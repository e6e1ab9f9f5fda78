"""A first look at a text: which of some long patterns can stand in it at all.

A pattern of signs is dozens of lines long, and the engine tries one after the other at every place
of the text (50 µs for a sentence that none of them fits). But a line can't do without certain
characters (`needed.py`), and a text seldom holds all of a line's; where it does, the line is looked
for by itself. So a pattern that isn't named here has no match; one that is named has one. It
takes 8 µs.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from participation.screening.needed import all_needed_by, branches_of

_ANYTHING: Final = ""
"""What a line of which nothing is known is found by."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One alternative of a pattern: the number of the pattern, what else it needs, itself."""

    number: int
    needs: Sequence[Set[str]]
    alone: re.Pattern[str]


class FirstLook:
    """Some patterns by what their lines can't do without."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._by_letter: dict[str, list[_Line]] = {}
        for number, pattern in enumerate(patterns):
            for branch in branches_of(pattern):
                rarest, *others = all_needed_by(branch) or [frozenset({_ANYTHING})]
                line = _Line(number, others, re.compile(branch))
                for letter in rarest:
                    self._by_letter.setdefault(letter, []).append(line)

    def possible(self, text: str) -> list[int]:
        """The numbers of the patterns that have a match in a text, in their order."""
        letters = {*text, _ANYTHING}
        found: set[int] = set()
        for letter in self._by_letter.keys() & letters:
            for line in self._by_letter[letter]:
                if (
                    line.number not in found
                    and _may_stand(line, letters)
                    and line.alone.search(text)
                ):
                    found.add(line.number)
        return sorted(found)


def _may_stand(line: _Line, letters: Set[str]) -> bool:
    """Is something there of all that a line needs?"""
    return not any(map(letters.isdisjoint, line.needs))
