"""What happens to works; the subject is always the work.

All of it is veiled: a work comes when a child presses a button, and what follows comes right after.
"""

from dataclasses import dataclass
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkHandedIn(Happening):
    """A child handed a work in; `turn` counts how often, from 1. Who it was is not said."""

    veiled: ClassVar[bool] = True

    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkApproved(Happening):
    """A moderator let a work through: the jury may see it, and the gallery once guardians agree."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkReturned(Happening):
    """A work was given back to its authors with a reason to change it."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkRefused(Happening):
    """A work is not shown; its authors still see it (R57)."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkAsideSet(Happening):
    """A work went to a safeguarding officer; no word of it stays in this room."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkWaitsAgain(Happening):
    """A moderator took her verdict on this work back."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkWithdrawn(Happening):
    """A child took her work back: its words and files are gone."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkLeft(Happening):
    """One of several authors is none any more: she left, or was taken off before she had agreed."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LicenceDecided(Happening):
    """A guardian decided by a code on paper about what may be done with a work."""

    veiled: ClassVar[bool] = True

    decision: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LicenceEnded(Happening):
    """The use of a work is over: its time ran out, or its author ended it. It hangs no more."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreadWorksTakenBack(Happening):
    """Consent is gone, and what a child (the subject) had handed in that no moderator has let
    through went with it. Told whether or not there was anything."""

    veiled: ClassVar[bool] = True
