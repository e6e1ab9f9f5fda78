"""Sentences in children's manner, written before the rules; every third one is held out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from participation.screening import Roster

SAID: Final = Path(__file__).parent / "said"
HELD_OUT: Final = "held out"
SEEN: Final = "seen"


@dataclass(frozen=True)
class Sentence:
    """One line: `kind` (may be empty), the text, the place that must be found, its part."""

    kind: str
    text: str
    start: int
    end: int
    part: str


def lines(name: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of a file; a line break inside a sentence belongs to it."""
    text = (SAID / name).read_text()
    whole = re.sub(r"⟦[^⟧]*⟧", lambda found: found[0].replace("\n", "\x00"), text)
    kept = [line for line in whole.splitlines() if line and not line.startswith("#")]
    yield from enumerate(line.replace("\x00", "\n") for line in kept)


ROSTER: Final = Roster.of((line for _number, line in lines("names.txt")), ["青岚市第一小学"])
"""The pupils of a school with its name; a dozen of their names are words as well."""


def sentences(name: str, *, kinds: bool) -> list[Sentence]:
    """The sentences of a file, with their kinds where it has them."""
    found = []
    for number, line in lines(name):
        kind, _colon, marked = line.partition(": ") if kinds else ("", "", line)
        start, end = marked.find("⟦"), marked.find("⟧") - 1
        text = marked.replace("⟦", "").replace("⟧", "")
        part = HELD_OUT if number % 3 == 2 else SEEN
        found.append(Sentence(kind, text, max(start, 0), max(end, 0), part))
    return found


def big_roster() -> Roster:
    """Two thousand made-up names of usual surnames and given names, a tenth of them short."""
    surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
    first, second = "子梓雨欣思佳浩宇", "涵轩怡诺晨阳琪博"
    long = [a + b + c for a in surnames for b in first for c in second][:1800]
    return Roster.of([*long, *(a + b for a in surnames[:25] for b in "明宇佳欣浩晨琪静")])


BIG: Final = big_roster()
