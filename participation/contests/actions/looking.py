"""Looking a work's words through before it goes: for its moderator, and for the child herself."""

from collections.abc import Container
from typing import Any, Final

from participation.contests.composing import WorkWords, composed
from participation.moderation.queries.looking import look_through, tells_of_harm
from participation.screening import Hint, for_child, urgency
from participation.screening.asking import Ask, AskFirst, ask_about

FIELDS: Final = ("title", "words", "alt", "text")
"""The fields of a work in words; what is asked about one is numbered by its place here."""


def hints_in(words: WorkWords, school_id: int) -> list[Hint]:
    """The hints in the whole text, as a moderator reads it."""
    text = composed(words)
    return look_through(text, school_id) if text else []


def asks_in(words: WorkWords, school_id: int, sure: Container[str]) -> dict[int, Ask]:
    """What is to be asked about each field; nothing where any sign of harm stands in one of them.

    `sure` are the marks of texts that she wants to send as they are.
    """
    found = {
        place: look_through(text, school_id)
        for place, name in enumerate(FIELDS)
        if (text := getattr(words, name))
    }
    if any(urgency(hints) for hints in found.values()):
        return {}
    asks = {
        place: ask_about(getattr(words, FIELDS[place]), places)
        for place, hints in found.items()
        if (places := for_child(hints))
    }
    return {place: ask for place, ask in asks.items() if ask.mark not in sure}


def ask_first(words: WorkWords, who: Any, sure: Container[str]) -> None:
    """Raise `AskFirst` where something is to be asked before the work goes."""
    asks = asks_in(words, who.school_id, sure)
    if asks:
        raise AskFirst(asks)


def is_harmful(words: WorkWords, who: Any) -> bool:
    """Does any of her words bear a sign of harm? Then every page is calm and shows who helps."""
    return tells_of_harm((getattr(words, name) for name in FIELDS), who.school_id)
