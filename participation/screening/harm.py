"""Signs that a child is harmed or in danger, in the indirect ways in which children say it.

A sign only makes a person look at once; nothing is decided and nothing is asked of the child.
Negations, figures of speech, games, lessons and advice are left alone where the same breath says
so. The rules are our own; what they stand on: 未成年人保护法 arts 11, 17, 39, 54, and the nine
situations of mandatory reporting (九部门 2020). Missing one is worse than reading one too many.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from participation.screening.folding import View
from participation.screening.harm_rules import NO_SIGN, NOW_WORDS, RULES
from participation.screening.hints import NOW, Hint, hint

_BREATH: Final = re.compile(r"[,.。!?;:\n、~]")
REACH: Final = 24
"""Characters to each side in which the same breath is looked for."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One rule: what it is a sign of, its code, its pattern, what must not stand around it, and
    the characters of which one must stand in the text."""

    what: str
    why: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    needs: frozenset[str]


SIGNS: Final = tuple(
    Sign(what, why, re.compile(pattern), re.compile(unless) if unless else None, frozenset(needs))
    for what, why, needs, pattern, unless in RULES
)
_NO_SIGN: Final = re.compile(NO_SIGN)
_NOW: Final = re.compile(NOW_WORDS)


def harm_in(view: View) -> Iterator[Hint]:
    """The signs of harm in a plain view; those of danger now carry a code that ends in `-now`."""
    letters = frozenset(view.text)
    for sign in SIGNS:
        if not letters.isdisjoint(sign.needs):
            yield from found_by(sign, view)


def found_by(sign: Sign, view: View) -> Iterator[Hint]:
    """The finds of one rule that nothing in the same breath takes back."""
    text = view.text
    for found in sign.pattern.finditer(text):
        before, after = _breath(text, *found.span())
        if _is_meant(sign, found[0], before, after):
            why = f"{sign.why}{NOW}" if _is_now(sign, text, *found.span()) else sign.why
            yield hint(sign.what, *view.place(*found.span()), why)


def _breath(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a find in the same breath."""
    before = _BREATH.split(text[max(0, start - REACH) : start])[-1]
    after = _BREATH.split(text[end : end + REACH])[0]
    return before, after


def _is_meant(sign: Sign, found: str, before: str, after: str) -> bool:
    if _NO_SIGN.search(before):
        return False
    return not (sign.unless and sign.unless.search(f"{before}<{found}>{after}"))


def _is_now(sign: Sign, text: str, start: int, end: int) -> bool:
    """Does the same breath, or the one before, say that it happens now? Of bullying, never."""
    near = text[max(0, start - REACH) : end + REACH // 2]
    return sign.what != "bullying" and _NOW.search(near) is not None
