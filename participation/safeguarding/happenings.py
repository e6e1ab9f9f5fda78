"""What safeguarding tells the house; the subject is the concern, never the child or the words.

Asking, complaining and passing on are veiled: whoever wrote without giving a name must not be found
by the minute. When a message came stands in the concern, for those who answer it. What a text was
about is a secret too: the record of deeds is read by people who must not learn of it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Final

from participation.kernel.happenings import Happening

SECRET: Final[dict[str, Any]] = {"secret": True}


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpAsked(Happening):
    """Somebody wrote at the help door, or complained in words with a sign of harm."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintMade(Happening):
    """Somebody complained or reported something."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintTaken(Happening):
    """A secretary said "I am on it"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintHandedOver(Happening):
    """A secretary passed a complaint to the officers, for whom it is a concern from now on."""

    reason: str = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernNoted(Happening):
    """A moderator passed a text on, a reader reported one in words with a sign of harm, or a sign
    was found in one; `about` is its `kind:id`."""

    veiled: ClassVar[bool] = True

    about: str = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class DrillBegun(Happening):
    """An exercise began."""

    level: int = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernWaits(Happening):
    """A concern calls for an officer: `to` are the ids of those whom this step reaches.

    `step` is one of `clocks.STEPS` or `IDLE_STEPS`, `clock` names the run of the clock that calls.
    It follows by itself from the concern and the clock.
    """

    recorded: ClassVar[bool] = False

    level: int = field(metadata=SECRET)
    step: str
    clock: str
    drill: bool
    to: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernSeen(Happening):
    """Somebody read the words of a concern: announced at every reading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernTaken(Happening):
    """An officer said "I am on it"; nobody is called any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernTakenOver(Happening):
    """An officer took a concern out of another's hands; `before` is the other."""

    before: int
    drill: bool = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernLogged(Happening):
    """An officer wrote a note into the log."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelSet(Happening):
    """An officer changed the level, or a graver sign of the same words did."""

    level: int = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildAnswered(Happening):
    """An officer wrote an answer to the child."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswersRead(Happening):
    """The child said that she has read the answers; who it was is not said."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernReported(Happening):
    """An officer reported to police, civil affairs or education (未成年人保护法 art. 11)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportNumbered(Happening):
    """The reference number of a report came later and was put beside it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingAsked(Happening):
    """An officer asked that a concern be closed; `to` are the others, one of whom must agree."""

    to: tuple[int, ...] = field(metadata=SECRET)
    drill: bool = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingRefused(Happening):
    """A second officer did not agree; `to` is whoever had asked."""

    to: tuple[int, ...] = field(metadata=SECRET)
    drill: bool = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingWithdrawn(Happening):
    """Whoever had asked that a concern be closed took it back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernReopened(Happening):
    """A concern that was closed by mistake is open again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernDone(Happening):
    """A concern was closed: by two officers, a complaint by a secretary."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernReleased(Happening):
    """It was no concern: the words go back to where they came from.

    `about` is `kind:id` of their subject, `text` the words as they were sealed.
    """

    about: str = field(metadata=SECRET)
    text: str = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class ConcernRemoved(Happening):
    """A concern whose time was over was taken out of the files."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityAsked(Happening):
    """An officer asked who stands behind a pseudonym; `to` are the others, one of whom decides."""

    request_id: int
    to: tuple[int, ...] = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityDecided(Happening):
    """A second officer agreed, or did not; `to` is whoever had asked."""

    request_id: int
    approved: bool
    to: tuple[int, ...] = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentitySeen(Happening):
    """The asking officer saw, once, who it is."""

    request_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentitySeenAlone(Happening):
    """The officer on duty saw, without a second one, who it is; `to` hear of it at once.

    An emergency to protect a life (个人信息保护法 art. 13(4)); a head judges it afterwards.
    """

    emergency_id: int
    to: tuple[int, ...] = field(metadata=SECRET)


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyJudged(Happening):
    """A head wrote down what she thinks of it."""

    emergency_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DutySet(Happening):
    """A duty was entered into the rota."""

    officer_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyDropped(Happening):
    """A duty was taken out of the rota; `to` are those who stood in it, `begins` and `ends` its
    moments."""

    to: tuple[int, ...]
    begins: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadNamed(Happening):
    """An officer was made head; the subject is the person."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficerWaits(Happening):
    """An officer waits to be confirmed; `to` are the heads, one of whom decides.

    It follows by itself from her joining, or from a change of her role or address.
    """

    recorded: ClassVar[bool] = False

    to: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficerConfirmed(Happening):
    """A head confirmed an officer, or the shell did; the subject is the officer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficerRefused(Happening):
    """A head did not confirm an officer."""
