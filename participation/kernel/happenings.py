"""Past-tense facts: what a room tells the rest of the house after a deed."""

from dataclasses import dataclass
from typing import ClassVar

from participation.kernel.subjects import Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """The base of every fact. Fields are ids and plain values, never words a child wrote.

    `subject` is what it happened to; `by` is the id of the staff person who did it. A deed done
    under a pseudonym leaves `by` empty, so that no log can undo the pseudonym.
    """

    veiled: ClassVar[bool] = False
    """Done under a pseudonym: only the day of it may be kept, so that no clock can undo it."""

    recorded: ClassVar[bool] = True
    """Goes into the record of deeds; not what follows by itself from a deed that stands there."""

    subject: Subject
    by: int | None = None
