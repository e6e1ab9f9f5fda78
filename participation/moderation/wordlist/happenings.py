"""What the room tells about its words; the word itself stays in its row."""

from dataclasses import dataclass

from participation.kernel.happenings import Happening
from participation.kernel.subjects import Subject


def about_word(word_id: int) -> Subject:
    """The subject of a listed word."""
    return Subject("moderation.word", str(word_id))


@dataclass(frozen=True, kw_only=True, slots=True)
class WordListed(Happening):
    """A word was put on a list: forbidden, suspect or allow."""

    list: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WordUnlisted(Happening):
    """A word was taken off its list."""

    list: str
