"""Which characters a pattern can't do without: a text with none of them needs no closer look."""

from collections.abc import Iterator, Set
from typing import Final

Needed = frozenset[str] | None
"""One of these characters stands in every match; None: that can't be said."""

_NOT_THERE: Final = ("(?!", "(?=", "(?<!", "(?<=")
_COMMON: Final = frozenset(
    "我你他她们的了不没有是在人来去上下家里大小到说要会能就都和也这那一天个好老师学看想aeiotnsr "
)
"""Characters that stand in nearly every text."""
_MAY_LACK: Final = ("?", "*", "{0,")


def needed_by(pattern: str) -> Needed:
    """Characters of which one stands in every match of a pattern; few and rare ones.

    Read are groups, alternatives, classes and counts; whatever else there is says nothing.
    """
    whole: set[str] = set()
    for branch in branches_of(pattern):
        known = all_needed_by(branch)
        if not known:
            return None
        whole |= known[0]
    return frozenset(whole)


def all_needed_by(branch: str) -> list[frozenset[str]]:
    """Sets of characters of each of which one stands in every match of an alternative; the one
    that says most stands first. Empty: nothing can be said."""
    return sorted({one for one in _of_pieces(branch) if one}, key=_commonness)


def _commonness(letters: Set[str]) -> tuple[int, int, list[str]]:
    """How little it helps to look for these."""
    return len(letters & _COMMON), len(letters), sorted(letters)


def _of_pieces(branch: str) -> Iterator[Needed]:
    """What each piece of a branch needs; nothing from one that may be left out."""
    at = 0
    while at < len(branch):
        end = _end_of_piece(branch, at)
        if not branch.startswith(_MAY_LACK, end):
            yield _of_piece(branch[at:end])
        at = _end_of_count(branch, end)


def _of_piece(piece: str) -> Needed:
    if piece.startswith(_NOT_THERE) or piece[0] in "\\.^$":
        return None
    if piece[0] == "(":
        return needed_by(piece[1:-1].removeprefix("?:"))
    if piece[0] == "[":
        inner = piece[1:-1]
        return None if inner[0] == "^" or "-" in inner or "\\" in inner else frozenset(inner)
    return frozenset(piece)


def branches_of(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern."""
    at = begin = 0
    while at < len(pattern):
        if pattern[at] == "|":
            yield pattern[begin:at]
            begin = at = at + 1
        else:
            at = _end_of_piece(pattern, at)
    yield pattern[begin:]


def _end_of_piece(text: str, at: int) -> int:
    """Where the piece that begins here ends: a character, a class, a group."""
    if text[at] == "\\":
        return at + 2
    if text[at] == "[":
        return text.index("]", at + 2) + 1
    if text[at] != "(":
        return at + 1
    at += 1
    while text[at] != ")":
        at = _end_of_piece(text, at)
    return at + 1


def _end_of_count(text: str, at: int) -> int:
    """Past a count and what makes it lazy."""
    if text[at : at + 1] == "{":
        at = text.index("}", at) + 1
    while text[at : at + 1] in ("?", "*", "+"):
        at += 1
    return at
