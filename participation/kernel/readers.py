"""Reading the words behind a subject, for a room that knows the subject and not its room."""

from collections.abc import Callable, Mapping

from participation.kernel.subjects import Subject

Reader = Callable[[str], str]

_readers: Mapping[str, Reader] = {}


def follow(readers: Mapping[str, Reader]) -> None:
    """Set the table of readers for this process; `wiring` writes it down."""
    global _readers
    _readers = readers


def words_of(subject: Subject) -> str:
    """The words behind a subject as they stand now; empty where they are gone."""
    return _readers[subject.kind](subject.id)
