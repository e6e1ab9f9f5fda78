"""What moderation tells the house; the subject is always the thing whose text was looked at.

All of it is veiled. A text waits from the moment at which a child pressed the button, and on a
quiet day it is read and judged within the minute: the minute of a case would be the minute of her
opinion. Who looked and who judged is kept; the moment of a verdict stands in the verdict alone.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseOpened(Happening):
    """A text waits for a moderator; `turn` counts how often it came, from 1.

    Nobody does this: it follows from the deed that gave, changed or mended the text.
    """

    veiled: ClassVar[bool] = True
    recorded: ClassVar[bool] = False

    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClaimed(Happening):
    """A moderator took a case to read it: announced at every taking."""

    veiled: ClassVar[bool] = True

    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseReread(Happening):
    """A moderator opened once more what she had decided: announced at every opening."""

    veiled: ClassVar[bool] = True

    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseDecided(Happening):
    """A moderator judged a text.

    `verdict` is approved, returned, refused or escalated; `reasons` are codes of `reasons.py`;
    `sentence` is what the child reads, empty on approval; `marks` are keys of the opener's choices.
    The sentence is free text and may quote the child: no record keeps it.
    """

    veiled: ClassVar[bool] = True

    case_id: int
    verdict: str
    reasons: tuple[str, ...] = ()
    sentence: str = field(default="", metadata={"secret": True})
    marks: tuple[str, ...] = ()
