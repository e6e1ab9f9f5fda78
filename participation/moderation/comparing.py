"""What changed between two turns of a text, for a reader who saw the first one."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MOST: Final = 1200
"""Characters of each text that are compared."""

LEAST_ALIKE: Final = 0.4
"""Texts that share less are another text altogether: single letters in common say nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch: `how` is same, gone (only before) or new (only now)."""

    how: str
    text: str


def changes(before: str, now: str) -> list[Change]:
    """The stretches of both texts in reading order."""
    found: list[Change] = []
    matcher = SequenceMatcher(None, before[:MOST], now[:MOST], autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        whole = (Change("gone", before[:MOST]), Change("new", now[:MOST]))
        return [change for change in whole if change.text]
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Change("same", before[i1:i2]))
            continue
        if i2 > i1:
            found.append(Change("gone", before[i1:i2]))
        if j2 > j1:
            found.append(Change("new", now[j1:j2]))
    return found
