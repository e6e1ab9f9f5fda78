"""What moderation tells the house; the subject is always the thing whose text was looked at.

All that follows from a child's text is veiled. A text waits from the moment at which a child
pressed the button, and on a quiet day it is read and judged within the minute: the minute of a case
would be the minute of her opinion. Who looked and who judged is kept; the moment of a verdict
stands in the verdict alone.
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
class CaseSetAside(Happening):
    """A text with an urgent sign of harm left the desk before anybody read it there.

    `signs` are harm_self, harm_by_others, bullying (extortion, cruelty), missing or danger, `level`
    1 (danger now) or 2 (urgent); `band` and `about` are all that is known of its author; `sentence`
    is what she reads. Nobody does this and it decides nothing (R63): an officer reads it first, and
    gives it back to the desk if it was no concern. The record holds the concern born of it.
    """

    veiled: ClassVar[bool] = True
    recorded: ClassVar[bool] = False

    signs: tuple[str, ...]
    level: int
    band: str
    about: str
    sentence: str


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

    `kind` is text (a new one), report (one that was published already) or appeal (a verdict that
    its author asked to look at again); `band` and `about` are what is known of its author.
    `verdict` is approved, returned, refused or escalated; `reasons` are codes of `reasons.py`;
    `sentence` is what the child reads, empty where a new text is approved; `marks` are keys of the
    opener's choices. `text` is the text with `bars` places blacked out, empty where there are none.
    Sentence and text may quote the child: no record keeps them.
    """

    veiled: ClassVar[bool] = True

    case_id: int
    kind: str
    verdict: str
    band: str = field(default="", metadata={"secret": True})
    about: str = field(default="", metadata={"secret": True})
    reasons: tuple[str, ...] = ()
    sentence: str = field(default="", metadata={"secret": True})
    marks: tuple[str, ...] = ()
    bars: int = field(default=0, metadata={"secret": True})
    text: str = field(default="", metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseReopened(Happening):
    """A moderator took her verdict (`before`) back within minutes: the text waits again.

    `kind` is that of the case. `text` is the text as it was before places were blacked out, empty
    where none were. `earlier`, `reason` and `sentence` are verdict, first reason and words for the
    child of the case before it in its thread, which hold again; empty where there was none.
    """

    veiled: ClassVar[bool] = True

    case_id: int
    before: str
    kind: str = "text"
    text: str = field(default="", metadata={"secret": True})
    earlier: str = field(default="", metadata={"secret": True})
    reason: str = field(default="", metadata={"secret": True})
    sentence: str = field(default="", metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class AppealMade(Happening):
    """A child asked for another moderator to look at a verdict."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TextReported(Happening):
    """A reader said something against a published text; `reason` is a code of `reasons.REPORTS`.

    Where her note has a sign of harm, `level` is its urgency (1 danger now, 2 urgent, 3 serious),
    `signs` are what was found and `note` holds her words: the officers read them, and the desk does
    not. Otherwise `level` is 0 and the note is empty. `band` and `about` are of the published text.
    """

    veiled: ClassVar[bool] = True

    reason: str
    level: int = field(default=0, metadata={"secret": True})
    signs: tuple[str, ...] = field(default=(), metadata={"secret": True})
    note: str = field(default="", metadata={"secret": True})
    band: str = field(default="", metadata={"secret": True})
    about: str = field(default="", metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldJudged(Happening):
    """A moderator judged a known text (`subject` gold); `agreed` with what is known of it."""

    case_id: int
    verdict: str
    agreed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldAdded(Happening):
    """A known text was added."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GoldEnded(Happening):
    """A known text is not shown any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillSet(Happening):
    """An administrator set what a moderator (`subject`) takes and keeps away from."""

    queues: tuple[str, ...]
    english: bool
    avoids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthFrozen(Happening):
    """The figures of a month (`subject`) were counted for the last time.

    Nobody does this: it follows from the calendar.
    """
