"""What happens after the outcome: certificates, and which work the city adopts."""

from dataclasses import dataclass
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateMade(Happening):
    """A child had a certificate made for a work (the subject); an earlier one of hers ended.

    Veiled: it is told without a minute, and never with her name.
    """

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptedNamed(Happening):
    """The secretary wrote down which work of a call (the subject) the city adopts, by its code."""

    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AdoptedTakenBack(Happening):
    """That was a mistake, and the work is a selected one again."""

    code: str
