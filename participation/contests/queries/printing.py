"""Works for the sheets of an exhibition: what hangs and may be used so, some at a time."""

from dataclasses import dataclass
from typing import Final

from participation.contests.call import ShownCall
from participation.contests.drawn import Draw, Place
from participation.contests.queries.gallery import Looking, wall
from participation.contests.queries.hung import HungWork

AT_ONCE: Final = 12
"""Works in one paper: twelve print masters are some thirty megabytes."""
ORDER: Final = Draw(0)


@dataclass(frozen=True, slots=True)
class Part:
    """Some works for one paper; `after` leads to the next part, none at the end."""

    works: tuple[HungWork, ...]
    after: Place | None = None


def works_to_print(
    call: ShownCall, looking: Looking, *, use_id: int = 0, after: Place | None = None
) -> Part:
    """One part of what may be printed: for a use beyond the gallery those works alone of which
    every author and guardian allowed it (R66)."""
    page = wall(call, ORDER, looking, after=after, most=AT_ONCE)
    allowed = [work for work in page.works if not use_id or use_id in work.uses]
    return Part(tuple(allowed), page.after)
