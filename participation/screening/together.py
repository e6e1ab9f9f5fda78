"""Signs by words that come together: a few plain words of the lexicon in one sentence make a sign.

A phrase must be foreseen; children say the same in a hundred ways. So the lexicon (words.txt) sorts
plain words into groups, and each line of together.txt names the groups that make a sign when they
meet: `drunk blow`, in any order, or `peers>take>mine`, one soon after the other. Words may overlap
(叫我去 is 叫, 我 and 叫我), but inside a word of the group `nothing` there is no other (打篮球 is
no blow), and a word that is denied (没有打, 不会打) does not count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_
from typing import Final

from participation.screening.lexicon import Spoken, Word, bits_of
from participation.screening.phrases import sections_of

GAP: Final = 9
"""Characters that may stand between two words of a chain."""
REACH: Final = 34
"""Characters within which all words of a sign stand."""
_DENIED: Final = re.compile(
    r"(?:没有?|没人|没有人|从来没有?|从没|从不|不会|不能|不要|不用|不可以|别|不|未)(?:再|被|去|人)?$"
)

Chain = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One line: groups that must be there (`chains`), and those that must not (`unless`).

    `needs` are the groups of which all must be there, put together for a quick look.
    """

    what: str
    why: str
    chains: tuple[Chain, ...]
    needs: int
    unless: int


class Meetings:
    """All lines in their order, and by the group of theirs that the fewest others need (0 where
    none is needed): most texts hold none of most of these."""

    def __init__(self, lines: Iterable[Meeting]) -> None:
        self.lines = tuple(lines)
        common = Counter(bit for line in self.lines for bit in bits_of(line.needs))
        self._by_rarest: dict[int, list[tuple[int, int, Meeting]]] = {}
        for place, line in enumerate(self.lines):
            rarest = min(bits_of(line.needs), key=lambda bit: (common[bit], bit), default=0)
            self._by_rarest.setdefault(rarest, []).append((line.needs, place, line))

    def possible(self, groups: int) -> list[Meeting]:
        """The lines whose groups are all there, in their order."""
        found = [
            (place, line)
            for bit in (0, *bits_of(groups))
            for needs, place, line in self._by_rarest.get(bit, ())
            if groups & needs == needs
        ]
        return [line for _place, line in sorted(found, key=itemgetter(0))]


def meetings_of(lines: Iterable[str], bits: Mapping[str, int]) -> Iterator[Meeting]:
    """The lines of together.txt, under their heads; a group that is not known is a mistake."""
    for section in sections_of(lines, ("unless",)):
        unless = _any_of(" ".join(section.said.get("unless", ())).split(), bits)
        for line in section.lines:
            here = [item for item in line.split() if not item.startswith("-")]
            away = [item[1:] for item in line.split() if item.startswith("-")]
            chains = tuple(
                tuple(_any_of(item.split("/"), bits) for item in chain.split(">")) for chain in here
            )
            away_too = unless | _any_of(away, bits)
            yield Meeting(section.what, section.why, chains, _all_of(chains), away_too)


def _all_of(chains: Iterable[Chain]) -> int:
    """The groups that a line can't do without: those that stand alone."""
    alone = 0
    for item in (item for chain in chains for item in chain):
        alone |= item if item.bit_count() == 1 else 0
    return alone


def _any_of(names: Iterable[str], bits: Mapping[str, int]) -> int:
    found = 0
    for name in names:
        if name not in bits:
            raise ValueError(f"no such group: {name}")
        found |= bits[name]
    return found


def met_in(
    text: str, sentences: Sequence[Spoken], meetings: Meetings
) -> Iterator[tuple[Meeting, int, int]]:
    """The signs of a text by its sentences, each with the stretch in which its words stand."""
    anywhere = reduce(or_, (one.groups for one in sentences), 0)
    possible = meetings.possible(anywhere)
    for sentence in sentences:
        there = sentence.groups
        for meeting in possible:
            needs = meeting.needs
            if there & needs == needs and not there & meeting.unless:
                place = _place(meeting, sentence.words, text)
                if place is not None:
                    yield meeting, *place


def _place(meeting: Meeting, words: Sequence[Word], text: str) -> tuple[int, int] | None:
    """The first stretch in which all chains stand together and no word of them is denied."""
    first, *others = meeting.chains
    for found in _links(first, words, text):
        spans = [(found[0], found[1])]
        for chain in others:
            near = (
                one
                for one in _links(chain, words, text)
                if max(one[1], found[1]) - min(one[0], found[0]) <= REACH
            )
            if (one := next(near, None)) is not None:
                spans.append(one)
        if len(spans) == len(meeting.chains):
            return min(start for start, _end in spans), max(end for _start, end in spans)
    return None


def _links(chain: Chain, words: Sequence[Word], text: str) -> Iterator[tuple[int, int]]:
    """Every place where the words of a chain follow one another."""
    for number, (start, end, groups) in enumerate(words):
        if groups & chain[0] and not _is_denied(text, start):
            last = _follow(chain[1:], words, number + 1, end, text)
            if last is not None:
                yield start, last


def _follow(chain: Chain, words: Sequence[Word], number: int, end: int, text: str) -> int | None:
    """The end of the rest of a chain that goes on after `end`, or none."""
    if not chain:
        return end
    for place in range(number, len(words)):
        start, last, groups = words[place]
        if start - end > GAP:
            return None
        if not groups & chain[0] or start < end:
            continue
        if start == end or not _is_denied(text, start):
            whole = _follow(chain[1:], words, place + 1, last, text)
            if whole is not None:
                return whole
    return None


def _is_denied(text: str, start: int) -> bool:
    return _DENIED.search(text, max(0, start - 6), start) is not None
