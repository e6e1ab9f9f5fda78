"""Finding the person behind a pseudonymous subject: for safeguarding alone, and only after two
officers agreed (`safeguarding.actions.identity`); a test holds that nobody else imports this."""

from collections.abc import Callable, Mapping

from participation.kernel.subjects import Subject

Finder = Callable[[Subject], int | None]
"""Takes a subject of its kind, gives the id of the person behind it, or None."""

_finders: Mapping[str, Finder] = {}


def follow(finders: Mapping[str, Finder]) -> None:
    """Set the table of finders for this process; `wiring` writes it down."""
    global _finders
    _finders = finders


def can_find(kind: str) -> bool:
    """Does a room say who stands behind subjects of this kind?"""
    return kind in _finders


def person_behind(subject: Subject) -> int | None:
    """The id of the person behind a subject; None where nobody is found or nobody can say."""
    finder = _finders.get(subject.kind)
    return finder(subject) if finder else None
