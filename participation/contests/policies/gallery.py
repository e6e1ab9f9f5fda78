"""Who may look at the works of a call: everybody but those who still judge in it.

A juror knows a work by its code alone (R68). The wall shows titles and the names that children
chose, so it is closed to her until the outcome is public, and it says so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.contests.call import SEEN_STATES
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

JUDGED_IN: Final = ("published", "closed")
"""In these states of a ranked call a jury has not said its last word."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """The works of a call, and whether who asks is on one of its panels."""

    call: Any
    judges: bool = False


@fact(_l("没有找到这一页"))
def is_public(who: Any, gallery: Gallery, now: datetime) -> bool:
    return gallery.call.state in SEEN_STATES and not gallery.call.rehearsal


@fact(_l("你是这次的评委。评完以后，这里再给你看，这样评的时候不知道谁是谁。"))
def judges_no_more(who: Any, gallery: Gallery, now: datetime) -> bool:
    """Has the jury of this call said its last word, or is she not on it?"""
    waits = gallery.call.ranked and gallery.call.state in JUDGED_IN
    return not (gallery.judges and waits)


may_see_works = right("see_works", (is_public, judges_no_more))
