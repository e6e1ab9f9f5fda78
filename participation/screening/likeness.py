"""How much a sentence is like those in which children told of harm: what no list foresaw.

Children say it in words of their own, so sentences stand as samples in lists/harm/samples.txt, told
apart by the characters, pairs of characters and groups of the lexicon in them (naive Bayes with
presences; Manning, Raghavan, Schütze 2008, ch. 13). To teach it, add a sentence under its head.
What is only like harm is a weak sign: it comes to the front of the queue and brings the child a
calm page; it seals nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import repeat
from math import log, sqrt
from operator import add
from typing import Final

from participation.screening.folding import fold
from participation.screening.lexicon import Lexicon, Spoken, sentences_of
from participation.screening.phrases import sections_of

HARMLESS: Final = "harmless"
LIMIT: Final = 3.3
"""Above it a sentence is like harm: of samples left out in turn, 56 in 100 of those that tell of
harm lie above it and 3 in 100 of the harmless ones."""
SHORTEST: Final = 4
_LINES: Final = frozenset({"_", "__"})
_OTHER: Final = re.compile(r"[\W\da-z]")
"""What is no character; Latin letters tell too little, English is left to phrases and words."""

Weights = Mapping[str, float]
Features = Set[str]
"""What stands in a sentence: characters, pairs of them, and groups of the lexicon (@kin)."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much each feature speaks for harm, and for each kind of it."""

    harm: Weights
    kinds: Mapping[str, Weights]


def likeness_of(lines: Iterable[str], lexicon: Lexicon) -> Likeness:
    """Learn from samples, each under the head of its kind."""
    samples: dict[str, list[Features]] = {}
    for section in sections_of(lines, ()):
        mine = samples.setdefault(section.what, [])
        mine += [_whole(fold(line).closed.text, lexicon) for line in section.lines]
    harmless = samples.pop(HARMLESS, [])
    harm = [one for mine in samples.values() for one in mine]
    if not harm or not harmless:
        raise ValueError("samples of harm and harmless ones are needed")
    kinds = {
        kind: _weights(mine, [one for other in samples if other != kind for one in samples[other]])
        for kind, mine in samples.items()
    }
    return Likeness(_weights(harm, harmless), kinds)


def _whole(text: str, lexicon: Lexicon) -> Features:
    """The features of a sample, which may be of several sentences."""
    every = (features_of(text, one, lexicon) for one in sentences_of(text, lexicon))
    return frozenset(feature for features in every for feature in features)


def _weights(mine: Sequence[Features], others: Sequence[Features]) -> dict[str, float]:
    """The logarithm of how much likelier a feature is in `mine`; of those seen more than once."""
    here, there = _counted(mine), _counted(others)
    base = log((len(others) + 1) / (len(mine) + 1))
    return {
        one: log((here[one] + 0.5) / (there[one] + 0.5)) + base
        for one in here.keys() | there.keys()
        if here[one] + there[one] > 1
    }


def _counted(sentences: Iterable[Features]) -> Counter[str]:
    return Counter(one for features in sentences for one in features)


def like_harm_in(
    text: str, sentences: Sequence[Spoken], lexicon: Lexicon, likeness: Likeness
) -> Iterator[tuple[str, int, int]]:
    """Sentences that are like harm: the kind, and the place that tells most."""
    for sentence in sentences:
        if sentence.end - sentence.start < SHORTEST:
            continue
        features = features_of(text, sentence, lexicon)
        if score(features, likeness.harm) > LIMIT:
            kinds = likeness.kinds
            kind = max(kinds, key=lambda one: score(features, kinds[one]))
            told = _most_telling(features, likeness.harm)
            at = text.index(told, sentence.start)
            yield kind, at, at + len(told) if told else sentence.end


def score(features: Features, weights: Weights) -> float:
    """The weights together, by the root of their number: a long sentence has more of them."""
    return sum(map(weights.get, features, repeat(0.0))) / sqrt(max(1, len(features)))


def _most_telling(features: Features, weights: Weights) -> str:
    """The character or pair that speaks most for harm; nothing where there are only groups."""
    return max(
        (one for one in features if one[0] not in "@_" and one[-1] != "_"),
        key=lambda one: (weights.get(one, 0.0), len(one), one),
        default="",
    )


def features_of(text: str, sentence: Spoken, lexicon: Lexicon) -> Features:
    """A line stands in place of what is no letter, and at both ends."""
    flat = _OTHER.sub("_", text[sentence.start : sentence.end])
    found = set(map(add, f"_{flat}", f"{flat}_"))
    found.update(flat)
    found -= _LINES
    for _start, _end, groups in sentence.words:
        found.update(lexicon.names[groups])
    return found
