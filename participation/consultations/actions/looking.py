"""Looking a child's words through before they are written: for her moderator, and for herself."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from participation.accounts.identity import Identity
from participation.consultations.queries.answers import own_in
from participation.consultations.topic import Said, Topic
from participation.moderation.queries import looking
from participation.screening import Hint, for_child, urgency
from participation.screening.asking import Ask, AskFirst, ask_about


@dataclass(frozen=True, slots=True)
class Written:
    """What a child wrote to one question, with the hints for its moderator."""

    text: str
    may_quote: bool
    hints: Sequence[Hint]


def written_down(said: Said, who: Identity) -> Written:
    """Look the text through, which takes longer than to write it: do it before you write.

    By the city's words and the names of her own school, kept ready; a light unit is enough.
    """
    return Written(said.text, said.may_quote, look_through(said.text, who) if said.text else ())


def look_through(text: str, who: Identity) -> list[Hint]:
    """The hints in a text by this child."""
    return looking.look_through(text, who.school_id)


def tells_of_harm(texts: Iterable[str], who: Identity) -> bool:
    """Does any of a child's texts bear a sign of harm, urgent or not (being teased)?"""
    return looking.tells_of_harm(texts, who.school_id)


def asks_about(words: Mapping[int, Written], sure: Container[str]) -> dict[int, Ask]:
    """What is to be asked about these words; nothing where any of them tells of harm.

    `sure` are the marks of texts that she wants to send as they are.
    """
    if any(urgency(one.hints) for one in words.values()):
        return {}
    found = {
        question_id: ask_about(one.text, places)
        for question_id, one in words.items()
        if one.hints and (places := for_child(one.hints))
    }
    return {question_id: ask for question_id, ask in found.items() if ask.mark not in sure}


def ask_first(
    who: Identity, topic: Topic, words: Mapping[int, Written], sure: Container[str]
) -> None:
    """Raise `AskFirst` where something is to be asked; not about words that she has sent before."""
    asks = asks_about(words, sure)
    if not asks:
        return
    before = own_in(who, topic).words
    new = {
        question_id: ask
        for question_id, ask in asks.items()
        if question_id not in before or before[question_id].text != words[question_id].text
    }
    if new:
        raise AskFirst(new)
