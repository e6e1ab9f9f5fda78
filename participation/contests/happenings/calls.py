"""What a secretary and the clock do with a call; a rehearsal of it has happenings of its own."""

from dataclasses import dataclass

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class CallDrafted(Happening):
    """A secretary began to write a call."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CallChanged(Happening):
    """A draft was changed, or the closing of a published call was put off."""

    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CallPublished(Happening):
    """A call was put to children; from now on its content stays as it is."""

    unit_id: int
    official_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CallClosed(Happening):
    """Its time is over; nobody can hand in any more. Never told of a rehearsal."""
