"""Full names of the pupils of a child's own school, found by looking up pieces of her text.

No pattern: pieces of two to four characters (longer names as they stand in the roster) are looked
up in a set, where a name begins with that character at all. A name that is also a word (高兴, 夏天)
needs a context that calls it a name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Self

from participation.screening.folding import PLAIN, View, lines_of
from participation.screening.hints import Hint, hint
from participation.screening.schools import forms_of

LONGEST: Final = 12
_COMMON: Final = frozenset(lines_of("common_names.txt"))
_JOINS: Final = frozenset(lines_of("joins.txt"))
_BEFORE: Final = re.compile(
    r"(?:我叫|名叫|名字叫做?|名字[是:]|姓名:?|同桌|班长|同学|[一二三四五六\d]班的?|朋友[是叫]?|我是"
    r"|落款:?|[弟妹哥姐]叫) ?$"
)
_AFTER: Final = re.compile(r" ?(?:同学|他说|她说)")


@dataclass(frozen=True, slots=True)
class Roster:
    """The names of a school's pupils, plain, with the characters they begin with; `schools` are
    the forms of the school's own name."""

    names: frozenset[str]
    lengths: dict[str, tuple[int, ...]] = field(compare=False)
    schools: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], schools: Iterable[str] = ()) -> Self:
        """The roster of these legal names; a name of one character can't be looked up."""
        plain = frozenset(one for one in map(_plain, names) if 2 <= len(one) <= LONGEST)
        lengths: dict[str, set[int]] = {}
        for name in plain:
            lengths.setdefault(name[0], set()).add(len(name))
        by_first = {one: tuple(sorted(found)[::-1]) for one, found in lengths.items()}
        return cls(plain, by_first, forms_of(schools))


def _plain(name: str) -> str:
    """A name as it stands in a plain view; the same object where it is plain already: a city has
    many names."""
    plain = name.translate(PLAIN).replace(" ", "").replace("·", "")
    return name if plain == name else plain


@lru_cache(maxsize=64)
def roster_of(names: frozenset[str], schools: frozenset[str] = frozenset()) -> Roster:
    """The roster of these names, made once as long as it is asked for."""
    return Roster.of(names, schools)


def roster_names_in(view: View, roster: Roster) -> Iterator[Hint]:
    """The places of names of the roster."""
    text, lengths, names = view.text, roster.lengths, roster.names
    until = 0
    for start, letter in enumerate(text):
        if letter not in lengths or start < until:
            continue
        for length in lengths[letter]:
            if text[start : start + length] in names and _stands(text, start, start + length):
                until = start + length
                yield hint("name", *view.place(start, until), "roster")
                break


def _stands(text: str, start: int, end: int) -> bool:
    """Is it a name there, and not a word or the seam of two words?"""
    name = text[start:end]
    if name not in _COMMON and (
        end - start > 2
        or not (text[end - 1 : end + 1] in _JOINS or text[max(start - 1, 0) : start + 1] in _JOINS)
    ):
        return not (name.isascii() and _inside_word(text, start, end))
    return bool(_BEFORE.search(text, max(0, start - 8), start) or _AFTER.match(text, end))


def _inside_word(text: str, start: int, end: int) -> bool:
    """Do Latin letters stand at one of its sides?"""
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(letter.isascii() and letter.isalnum() for letter in around)
