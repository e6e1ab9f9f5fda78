"""The lexicon: plain words in groups, and a text as sentences with the groups that stand there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

HIDES: Final = "nothing"
"""The group whose words hide all that stand inside them."""
_SENTENCE: Final = re.compile(r"[^。!?;\n]{1,90}")

Word = tuple[int, int, int]
"""A word of a sentence: start, end, and its groups as bits."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words with their groups, by their first two characters (or the one), longest first; the
    characters with which any of them begins; the bit of each group, and its name by the bit."""

    words: Mapping[str, Sequence[tuple[str, int]]]
    firsts: frozenset[str]
    bits: Mapping[str, int]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence of a text (a very long one in pieces): its place, its words, their groups."""

    start: int
    end: int
    words: Sequence[Word]
    groups: int


def lexicon_of(lines: Iterable[str]) -> Lexicon:
    """The lexicon of a file: `group: word word …`; a group may have several lines."""
    bits: dict[str, int] = {HIDES: 1}
    groups: dict[str, int] = {}
    for line in lines:
        group, colon, words = line.partition(":")
        if not colon:
            raise ValueError(f"no group: {line}")
        bit = bits.setdefault(group, 1 << len(bits))
        for word in words.split():
            plain = word.replace("_", " ")
            groups[plain] = groups.get(plain, 0) | bit
    heads: dict[str, list[tuple[str, int]]] = {}
    for word in sorted(groups, key=lambda one: (-len(one), one)):
        heads.setdefault(word[:2], []).append((word, groups[word]))
    firsts = frozenset(head[0] for head in heads)
    return Lexicon(heads, firsts, bits, {bit: f"@{group}" for group, bit in bits.items()})


def bits_of(groups: int) -> Iterator[int]:
    """Each bit of some groups by itself, the lowest first."""
    while groups:
        lowest = groups & -groups
        yield lowest
        groups ^= lowest


def sentences_of(text: str, lexicon: Lexicon) -> list[Spoken]:
    """The sentences of a text with their words."""
    found = []
    for sentence in _SENTENCE.finditer(text):
        words = list(_words(text, *sentence.span(), lexicon))
        found.append(Spoken(*sentence.span(), words, _groups_of(words)))
    return found


def _groups_of(words: Iterable[Word]) -> int:
    there = 0
    for word in words:
        there |= word[2]
    return there


def _words(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Word]:
    """The words of a stretch by place, longer ones first."""
    heads, firsts, hidden_until = lexicon.words, lexicon.firsts, start
    for at in range(start, end):
        if at < hidden_until or text[at] not in firsts:
            continue
        for head in (text[at : at + 2], text[at]):
            for word, groups in heads.get(head, ()):
                if text.startswith(word, at) and _stands_alone(text, at, word):
                    yield at, at + len(word), groups
                    if groups & 1:
                        hidden_until = at + len(word)
                        break
            if at < hidden_until:
                break


def _stands_alone(text: str, at: int, word: str) -> bool:
    """Is it no piece of a longer Latin word?"""
    if not word.isascii():
        return True
    around = text[max(at - 1, 0) : at] + text[at + len(word) : at + len(word) + 1]
    return not any(letter.isascii() and letter.isalpha() for letter in around)
