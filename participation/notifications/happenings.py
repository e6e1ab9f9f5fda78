"""What notifications tells the house."""

from dataclasses import dataclass

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterSentAgain(Happening):
    """An administrator let a failed letter be tried once more."""
