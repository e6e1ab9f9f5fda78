"""The steps one after the other: fold, look for each kind of thing, keep what doesn't overlap."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from participation.screening.addresses import addresses_in
from participation.screening.birthdays import birthdays_in
from participation.screening.folding import Folded, fold
from participation.screening.harm import harm_in
from participation.screening.hints import Hint
from participation.screening.lists import OWN, Lists
from participation.screening.names import names_by_context
from participation.screening.noise import noise_in
from participation.screening.numbers import NUMERALS, numbers_in
from participation.screening.pasted import pasted_in
from participation.screening.roster import Roster, roster_names_in
from participation.screening.schools import schools_in, standing_in
from participation.screening.signs import signs_in
from participation.screening.usual_names import usual_names_in


def screen(text: str, *, roster: Roster | None = None, lists: Lists | None = None) -> list[Hint]:
    """Every place that a person should look at, by place and without overlaps.

    `roster` are the names of the child's school and its pupils, `lists` the words to look for (our
    own without). Nothing here decides anything (R63): the child is asked, a moderator reads.
    """
    return _apart(_found(fold(text), roster, OWN if lists is None else lists))


def _found(folded: Folded, roster: Roster | None, lists: Lists) -> Iterator[Hint]:
    """Every find; of two that overlap the earlier one is kept."""
    plain, closed = folded.plain, folded.closed
    digits = plain.text.translate(NUMERALS)
    yield from harm_in(closed, lists.harm)
    yield from numbers_in(plain, digits)
    yield from addresses_in(plain, digits)
    yield from signs_in(closed, digits if closed is plain else closed.text.translate(NUMERALS))
    yield from names_by_context(closed, folded.said)
    if roster is not None:
        yield from roster_names_in(closed, roster)
    yield from usual_names_in(closed)
    yield from schools_in(closed, roster.schools if roster is not None else frozenset())
    yield from birthdays_in(plain)
    yield from standing_in(closed)
    yield from lists.words_in(closed)
    yield from noise_in(plain)
    yield from pasted_in(plain)


def _apart(found: Iterable[Hint]) -> list[Hint]:
    """In order of place; of two that overlap the one that was found first."""
    kept: list[Hint] = []
    for hint in found:
        place = bisect_left(kept, hint["start"], key=_start)
        before_next = place == len(kept) or hint["end"] <= kept[place]["start"]
        if before_next and (not place or kept[place - 1]["end"] <= hint["start"]):
            kept.insert(place, hint)
    return kept


def _start(hint: Hint) -> int:
    return hint["start"]
