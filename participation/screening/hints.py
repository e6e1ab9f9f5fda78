"""A hint: one place in a child's text, what may stand there, and the rule that says so."""

from collections.abc import Iterable, Sequence
from typing import Final, TypedDict


class Hint(TypedDict):
    """One place. `what` is one of `KINDS`, `why` the short code of the rule that found it.

    `text[hint["start"]:hint["end"]]` is the place as the child wrote it.
    """

    what: str
    start: int
    end: int
    why: str


PERSONAL: Final = (
    "phone",
    "id",
    "passport",
    "plate",
    "email",
    "link",
    "handle",
    "address",
    "name",
    "school",
    "birthday",
    "who",
)
WORDS: Final = ("forbidden", "suspect")
HARM: Final = ("harm_self", "harm_by_others", "bullying", "missing", "danger")
WHOLE: Final = ("pasted", "noise")
KINDS: Final = (*PERSONAL, *WORDS, *HARM, *WHOLE)

NOW: Final = "-now"
"""The end of a rule's code where the same breath says that it happens now."""
SOON: Final = "-soon"
"""The end of a code that can't wait, though its kind may (extortion among pupils)."""
MAYBE: Final = "-maybe"
"""The end of a code that may be a figure of speech, though its kind is urgent."""
SURE_NAMES: Final = ("called", "roster", "usual")
"""The rules for names that are sure enough to ask a child about."""
_ENDINGS: Final = {NOW: 1, SOON: 2, MAYBE: 3}
_URGENCY: Final = {"danger": 1, "harm_self": 2, "harm_by_others": 2, "missing": 2, "bullying": 3}


def hint(what: str, start: int, end: int, why: str) -> Hint:
    """One hint."""
    return Hint(what=what, start=start, end=end, why=why)


def personal(hints: Iterable[Hint]) -> list[Hint]:
    """Those that may tell who somebody is or how to reach her."""
    return [one for one in hints if one["what"] in PERSONAL]


def urgency(hints: Iterable[Hint]) -> int:
    """How soon a person must look: 1 danger now, 2 urgent, 3 serious, 0 no sign of harm at all."""
    return min((level(one) for one in hints if one["what"] in _URGENCY), default=0)


def level(one: Hint) -> int:
    """How soon a person must look at one sign: by the end of its code, otherwise by its kind."""
    for ending, soon in _ENDINGS.items():
        if one["why"].endswith(ending):
            return soon
    return _URGENCY[one["what"]]


def for_child(hints: Sequence[Hint]) -> list[Hint]:
    """Those sure enough to ask the child about before she sends: never harm, never words.

    Where there is any sign of harm nothing is asked at all: nothing may stand between her and the
    person who reads.
    """
    if urgency(hints):
        return []
    return [one for one in personal(hints) if one["what"] != "name" or one["why"] in SURE_NAMES]
