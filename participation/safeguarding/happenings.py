"""What safeguarding tells the house; the subject is the concern, never the child or the words.

Asking, complaining and passing on are veiled: whoever wrote without giving a name must not be found
by the minute. When a message came stands in the concern, for those who answer it.
"""

from dataclasses import dataclass
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpAsked(Happening):
    """Somebody wrote at the help door."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintMade(Happening):
    """Somebody complained or reported something."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernNoted(Happening):
    """A moderator passed a text on; `about` names its subject as `kind:id`."""

    veiled: ClassVar[bool] = True

    about: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernSeen(Happening):
    """Somebody read the words of a concern: announced at every reading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernDone(Happening):
    """A concern was dealt with."""
