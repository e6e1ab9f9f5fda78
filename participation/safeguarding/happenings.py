"""What safeguarding tells the house; the subject is the concern, never the child or the words."""

from dataclasses import dataclass

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpAsked(Happening):
    """Somebody wrote at the help door."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintMade(Happening):
    """Somebody complained or reported something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernNoted(Happening):
    """A moderator passed a text on; `about` names its subject as `kind:id`."""

    about: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernSeen(Happening):
    """Somebody read the words of a concern: announced at every reading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernDone(Happening):
    """A concern was dealt with."""
