"""What words say about how soon an officer must come: the signs of harm in them. Pure."""

from dataclasses import dataclass
from typing import Final

from participation.safeguarding.clocks import UNREAD
from participation.screening import screen, urgency
from participation.screening.hints import HARM

AT_ONCE: Final = 2
"""With signs up to this urgency the numbers to call stand first and large on the page after."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs in one text. `soon`: 1 danger now, 2 urgent, 3 serious, 0 none; `kinds` of
    harm_self, harm_by_others, bullying, missing, danger."""

    soon: int
    kinds: tuple[str, ...]

    @property
    def level(self) -> int:
        """The level of a concern that is born of these words: 1 for danger now, otherwise that of
        what nobody has read yet. Words never make it less urgent: screening only hints (R63)."""
        return min(self.soon or UNREAD, UNREAD)

    @property
    def is_at_once(self) -> bool:
        """Is it so urgent that the writer had better call somebody than wait?"""
        return 0 < self.soon <= AT_ONCE


def signs_in(text: str) -> Signs:
    """The signs of harm in a text."""
    found = screen(text)
    kinds = {hint["what"] for hint in found}
    return Signs(urgency(found), tuple(kind for kind in HARM if kind in kinds))
