"""What is done with a rehearsal: nothing outside the desks follows from any of it."""

from dataclasses import dataclass

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class RehearsalBegun(Happening):
    """A call was copied to be tried out; `of` is the id of the call."""

    of: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RehearsalChanged(Happening):
    """The dates of a rehearsal were set."""

    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RehearsalClosed(Happening):
    """A rehearsal takes no works any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RehearsalFilled(Happening):
    """Made-up works were put into a rehearsal."""

    works: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RehearsalShared(Happening):
    """A colleague may see a rehearsal, or no longer may."""

    person_id: int
    seen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RehearsalEnded(Happening):
    """A rehearsal and all that was in it are gone: by hand, or by itself after thirty days."""
