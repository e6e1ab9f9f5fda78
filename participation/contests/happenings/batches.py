"""What happens while a teacher brings works for her class; the subject is the batch.

Veiled: the works of the children come and go within the same minutes.
"""

from dataclasses import dataclass
from typing import ClassVar

from participation.kernel.happenings import Happening


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipsPrinted(Happening):
    """A teacher made the slips of her class for a call: for the children who have consent."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoMatched(Happening):
    """A photo became the draft of one child of the class: by its code, or by the teacher's hand."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoUnmatched(Happening):
    """A teacher took a photo off a child's row again; the draft is gone."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class WorksBrought(Happening):
    """A teacher handed in works of her class; each is told by `WorkHandedIn`, without her."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class LicenceSlipsPrinted(Happening):
    """A teacher printed the slips for the guardians of all the works that she handed in."""

    veiled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchEnded(Happening):
    """A batch is over, by its teacher or by the clock: nothing joins works to names any more."""

    veiled: ClassVar[bool] = True
