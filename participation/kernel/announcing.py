"""Telling the house that something happened; who listens is written down in `wiring` alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from participation.kernel.happenings import Happening

Listener = Callable[[Any], None]

_listeners: Mapping[type[Happening], Sequence[Listener]] = {}


def follow(listeners: Mapping[type[Happening], Sequence[Listener]]) -> None:
    """Set the table of listeners for this process."""
    global _listeners
    _listeners = listeners


def announce(happening: Happening) -> None:
    """Run every listener of this kind of happening, then those of the base class.

    They run now and in the same unit of work, so what they write is kept or dropped with the deed.
    Raises `LookupError` for a happening that the table does not know: nothing happens unheard.
    """
    kind = type(happening)
    if kind not in _listeners:
        raise LookupError(f"{kind.__name__} is not in wiring.LISTENERS")
    for listener in (*_listeners[kind], *_listeners.get(Happening, ())):
        listener(happening)
