"""Turns of speech kept as lists that a person can read: what a line may say, and how it is read.

A line is a phrase with a few signs of its own; whatever else stands in it is a regular expression:

    @kin        any word of that group (`@kin = 爸爸|妈妈` in groups.txt)
    …6  ……8     up to six characters of the same breath; up to eight, over a comma too
    (a|b) (a)?  one of them; or nothing
    !(a)  =(a)  where a does not follow; where it does (and !@kin)
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_GROUP: Final = re.compile(r"(!?)@([a-z_]+);?")
_OVER_COMMAS: Final = re.compile(r"……(\d+) ?")
_IN_A_BREATH: Final = re.compile(r"…(\d+) ?")
_OPENS: Final = re.compile(r"(?<!\\)([!=]?)\((?!\?)")
_AHEAD: Final = {"": "(?:", "!": "(?!", "=": "(?="}
_HEAD: Final = re.compile(r"\[(?P<what>[a-z_]+)(?: (?P<why>[a-z-]+))?\]")


@dataclass(slots=True)
class Section:
    """The lines under one head, and those that begin with a word and a colon, by that word."""

    what: str
    why: str
    lines: list[str] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)


def sections_of(lines: Iterable[str], words: Iterable[str]) -> Iterator[Section]:
    """The sections of a file; `words` are those that may stand before a colon."""
    begin = re.compile(rf"({'|'.join(words)}): *(.+)")
    now: Section | None = None
    for line in lines:
        if head := _HEAD.fullmatch(line):
            if now is not None:
                yield now
            now = Section(head["what"], head["why"] or "")
        elif now is None:
            raise ValueError(f"no head above: {line}")
        elif said := begin.fullmatch(line):
            now.said.setdefault(said[1], []).append(said[2])
        else:
            now.lines.append(line)
    if now is not None:
        yield now


def groups_of(lines: Iterable[str]) -> dict[str, str]:
    """The groups of a file as patterns; one may name those that stand before it."""
    groups: dict[str, str] = {}
    for line in lines:
        if line.startswith("@"):
            name, _is, words = line[1:].partition(" = ")
            groups[name] = f"(?:{_read(words, groups)})"
    return groups


def pattern_of(lines: Iterable[str], groups: Mapping[str, str]) -> re.Pattern[str] | None:
    """The lines as one pattern, in their order; none for no line."""
    whole = "|".join(_read(line, groups) for line in lines)
    return re.compile(whole) if whole else None


def _read(line: str, groups: Mapping[str, str]) -> str:
    line = _OVER_COMMAS.sub(r"[^.。!?]{0,\1}", line)
    line = _IN_A_BREATH.sub(r"[^,.。!?]{0,\1}", line)
    line = _OPENS.sub(lambda found: _AHEAD[found[1]], line)
    return _GROUP.sub(lambda found: _named(groups[found[2]], ahead=bool(found[1])), line)


def _named(group: str, *, ahead: bool) -> str:
    return f"(?!{group})" if ahead else group
