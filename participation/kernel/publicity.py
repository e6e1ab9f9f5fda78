"""Whether everybody may see what belongs to a subject, at this very moment.

The room of files gives out addresses that everybody may open; the room to which a subject belongs
says whether that still holds when one is opened. `wiring` writes the table down.
"""

from collections.abc import Callable, Mapping

from participation.kernel.subjects import Subject

Asked = Callable[[Subject], bool]

_asked: Mapping[str, Asked] = {}


def follow(table: Mapping[str, Asked]) -> None:
    """Set the table of this process: by the kind of a subject."""
    global _asked
    _asked = table


def is_public(subject: Subject) -> bool:
    """May everybody see it now? Of a kind that nobody answers for, what was given out holds."""
    ask = _asked.get(subject.kind)
    return ask is None or ask(subject)
