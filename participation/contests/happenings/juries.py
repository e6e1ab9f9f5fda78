"""What happens with juries; a juror's own deeds are veiled, so that no juror can be timed."""

from dataclasses import dataclass, field
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class JurorInvited(Happening):
    """Somebody was asked to sit on a panel; an adult gets a letter, unless it is a rehearsal."""

    panel: str
    juror_id: int
    rehearsal: bool
    person_id: int = field(metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class JurorAnswered(Happening):
    """Somebody said yes or no to sitting on a panel, or that she can't go on."""

    veiled: ClassVar[bool] = True

    panel: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JurorReplaced(Happening):
    """A juror was taken from a panel; `stand_in` tells whether another takes over her pack."""

    panel: str
    juror_id: int
    stand_in: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class JurorCapped(Happening):
    """It was set how many works a juror takes in a round at the most."""

    juror_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundPlanned(Happening):
    """A round was planned, with its rule."""

    round_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundChanged(Happening):
    """A round that has not opened was changed."""

    round_id: int
    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundDropped(Happening):
    """A round that had not opened was taken away."""

    panel: str
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundOpened(Happening):
    """A round opened: its rule and the commitment of its seed stand, works are being dealt."""

    round_id: int
    commitment: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundDealt(Happening):
    """The worker has dealt the works of a round; `first`: for the first time."""

    recorded: ClassVar[bool] = False

    round_id: int
    first: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class QuorumChanged(Happening):
    """The quorum of an open round was changed; finished judgements stay."""

    round_id: int
    quorum: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkJudged(Happening):
    """A juror finished her judgement of a work for the first time."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkRecused(Happening):
    """A juror gave a work away, because she knows who made it."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundClosed(Happening):
    """A round closed. `partial`: before every judgement came, with what that could change."""

    round_id: int
    panel: str
    stage: str
    partial: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortlistMade(Happening):
    """What became of every work of a call is written down: shown, shortlisted or selected."""

    shown: int = field(metadata={"secret": True})
    shortlisted: int = field(metadata={"secret": True})
    selected: int = field(metadata={"secret": True})
