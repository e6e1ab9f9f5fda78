"""What moderation tells the house; the subject is always the thing whose text was looked at."""

from dataclasses import dataclass

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseOpened(Happening):
    """A text waits for a moderator; `turn` counts how often it came, from 1."""

    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClaimed(Happening):
    """A moderator took a case to read it."""

    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseDecided(Happening):
    """A moderator judged a text.

    `verdict` is approved, returned, refused or escalated; `reasons` are codes of `reasons.py`;
    `sentence` is what the child reads, empty on approval; `marks` are keys of the opener's choices.
    """

    case_id: int
    verdict: str
    reasons: tuple[str, ...] = ()
    sentence: str = ""
    marks: tuple[str, ...] = ()
