"""The lexicon: plain words in groups, and a text as sentences with the groups that stand there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

HIDES: Final = "nothing"
"""The group whose words hide all that stand inside them."""
_SENTENCE: Final = re.compile(r"[^。!?;\n]{1,90}")

Word = tuple[int, int, int]
"""A word of a sentence: start, end, and its groups as bits."""


Entry = tuple[str, int, bool]
"""A word of the lexicon, its groups as bits, and whether it is Latin and must stand alone."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that begin with two characters, or with the one, longest first; what finds the
    places where one may begin; the bit of each group, and the names of the groups that a word
    stands in (`@kin`)."""

    words: Mapping[str, Sequence[Entry]]
    begins: re.Pattern[str]
    bits: Mapping[str, int]
    names: Mapping[int, Sequence[str]]


class Spoken(NamedTuple):
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
    heads: dict[str, list[Entry]] = {}
    for word in sorted(groups, key=lambda one: (-len(one), one)):
        heads.setdefault(word[:2], []).append((word, groups[word], word.isascii()))
    for pair in [head for head in heads if len(head) == 2 and head[0] in heads]:
        heads[pair] += heads[pair[0]]
    names = {bit: f"@{group}" for group, bit in bits.items()}
    of_words = {every: tuple(names[bit] for bit in bits_of(every)) for every in groups.values()}
    return Lexicon(heads, _begins(heads), bits, of_words)


def _begins(heads: Iterable[str]) -> re.Pattern[str]:
    """Finds every place where a word may begin, and few others: its one character, or one that
    begins a pair before one that ends a pair. Looking each place up took four times as long."""
    alone = {head for head in heads if len(head) == 1}
    pairs = [head for head in heads if len(head) == 2]
    firsts, seconds = ({pair[place] for pair in pairs} for place in (0, 1))
    ways = [_one_of(alone)] if alone else []
    ways += [f"{_one_of(firsts - alone)}(?={_one_of(seconds)})"] if firsts - alone else []
    return re.compile("|".join(ways) or "(?!)")


def _one_of(letters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(letters)))}]"


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
        start, end = sentence.span()
        words = _words(text, start, end, lexicon)
        found.append(Spoken(start, end, words, _groups_of(words)))
    return found


def _groups_of(words: Iterable[Word]) -> int:
    there = 0
    for word in words:
        there |= word[2]
    return there


def _words(text: str, start: int, end: int, lexicon: Lexicon) -> list[Word]:
    """The words of a stretch by place, longer ones first."""
    words: list[Word] = []
    heads, hidden_until = lexicon.words, start
    for found in lexicon.begins.finditer(text, start):
        at = found.start()
        if at >= end:
            break
        if at < hidden_until:
            continue
        for word, groups, latin in heads.get(text[at : at + 2]) or heads.get(text[at], ()):
            if text.startswith(word, at) and not (latin and _inside_word(text, at, word)):
                words.append((at, at + len(word), groups))
                if groups & 1:
                    hidden_until = at + len(word)
                    break
    return words


def _inside_word(text: str, at: int, word: str) -> bool:
    """Is it a piece of a longer Latin word?"""
    around = text[max(at - 1, 0) : at] + text[at + len(word) : at + len(word) + 1]
    return any(letter.isascii() and letter.isalpha() for letter in around)
