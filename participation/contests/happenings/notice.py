"""What happens to the outcome of a call: it goes up for notice, somebody objects, the call ends."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class CallNoticed(Happening):
    """The outcome of a call was put up for public notice, until the end of this day."""

    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectionMade(Happening):
    """Somebody objected to the outcome of a call; who it was is not known. Perhaps a child."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectionAnswered(Happening):
    """A secretary answered an objection to the outcome of a call."""

    objection_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkDisqualified(Happening):
    """After an objection a work was taken out of the outcome of its call, for this reason."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CallEnded(Happening):
    """The outcome of a call stands: it goes to the unit that decides what is done with it."""
