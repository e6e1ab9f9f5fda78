"""Blacking out places of a text instead of refusing it: pure, and never longer than needed.

The bar is always as long, so that it tells nothing of what stood there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

BAR: Final = "▇▇▇"
Span = tuple[int, int]


def spans_of(hints: Sequence[Mapping[str, Any]], chosen: Iterable[str]) -> list[Span]:
    """The places of the marks whose numbers (from 0, as text) were chosen; others are ignored."""
    numbers = {int(one) for one in chosen if one.isascii() and one.isdigit()}
    return [
        (int(hint["start"]), int(hint["end"]))
        for number, hint in enumerate(hints)
        if number in numbers
    ]


def spans_of_words(text: str, words: Iterable[str]) -> list[Span]:
    """Every place at which one of these words stands in the text."""
    found = []
    for word in filter(None, words):
        at = text.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    return found


def not_in(text: str, words: Iterable[str]) -> list[str]:
    """Those of the words that stand nowhere in the text: nothing of them would be hidden."""
    return [word for word in words if word and word not in text]


def chosen_again(
    text: str, hints: Sequence[Mapping[str, Any]], places: Iterable[Sequence[int]]
) -> tuple[list[str], list[str]]:
    """What was chosen to be hidden, for the form: numbers of marks, and words that stand alone."""
    numbers: list[str] = []
    words: list[str] = []
    for start, end in places:
        inside = [
            str(number)
            for number, hint in enumerate(hints)
            if start <= int(hint["start"]) and int(hint["end"]) <= end
        ]
        whole = [each for each in inside if spans_of(hints, [each]) == [(start, end)]]
        numbers += whole or inside
        words += [] if whole else text[start:end].split("\n")
    return numbers, list(dict.fromkeys(words))


def merged(spans: Iterable[Span], length: int) -> list[Span]:
    """The same places by order, those that touch or overlap as one; cut to the text's length."""
    kept: list[Span] = []
    for start, end in sorted((max(0, a), min(b, length)) for a, b in spans):
        if start >= end:
            continue
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def blacked_out(text: str, spans: Iterable[Span]) -> str:
    """The text with a bar in each of these places."""
    cut, out = 0, []
    for start, end in merged(spans, len(text)):
        out += [text[cut:start], BAR]
        cut = end
    return "".join((*out, text[cut:]))
