"""What happens to consultations, and to what children say in them.

Veiled is what a child did, and what a moderator did with her words the minute after (see
`moderation.happenings`). Small numbers are told to listeners and kept out of the record, which
would otherwise say exactly what every published figure hides.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationDrafted(Happening):
    """A secretary began to write a consultation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationChanged(Happening):
    """A draft was changed, or the closing of a published one was put off."""

    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationPublished(Happening):
    """A consultation was put to children; from now on its content stays as it is."""

    unit_id: int
    official_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationClosed(Happening):
    """Its time is over; nobody can answer any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpinionGiven(Happening):
    """A child gave an opinion, or put a new one in its place; who it was is not said.

    `words` is how many texts of it now wait for a moderator.
    """

    veiled: ClassVar[bool] = True

    replaced: bool
    words: int = field(metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class OpinionWithdrawn(Happening):
    """A child took her opinion back; who it was is not said."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsMended(Happening):
    """A child changed returned words and sent them again."""

    veiled: ClassVar[bool] = True

    turn: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsPublished(Happening):
    """Words were approved; they may be shown where the child allowed it."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsReturned(Happening):
    """Words were given back to the child with a reason to mend them."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsRefused(Happening):
    """Words are not shown; the child still sees them."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsAsideSet(Happening):
    """Words went to a safeguarding officer; nothing of them stays in this room."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsWaitAgain(Happening):
    """A moderator took her verdict on these words back."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreadWordsTakenBack(Happening):
    """Consent is gone, and what the child had said that no moderator has let through went with it.

    The subject is the person, and it is told after every withdrawal, whether or not there were
    any words: so it says neither that she took part nor where.
    """

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultFrozen(Happening):
    """The tally was counted a last time and frozen; `sheets` is the exact number of answers."""

    sheets: int = field(metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class HearingGiven(Happening):
    """A child said whether the answer listened; who it was is not said."""

    veiled: ClassVar[bool] = True
